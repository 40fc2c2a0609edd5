#include "features/accounts/pages/account_notes.hpp"

#include "web/page_writing.hpp"
#include "web/site.hpp"

namespace waymark::accounts::pages {

using web::Exchange;
using web::Html;
using namespace web::literals;

void add_urging_note(Exchange& exchange, Html& page, const WaysIn& ways, std::string_view back) {
  if (!is_to_be_urged(ways, exchange.now)) return;
  const auto& words = exchange.words();
  web::add_note(page, web::NoteKind::information, words.text("accounts.urging.title"), [&] {
    page("<p>"_html, words.text(ways.has_strong_one() ? "accounts.urging.text" : "accounts.urging.text_weak"),
         "</p><div class=\"button-row\">"_html);
    if (exchange.site.router().find_route(web::Method::get, "/account/passkeys") != nullptr) {
      web::add_button_link(page, "/account/passkeys", words.text("accounts.urging.passkey"), false);
    }
    web::add_button_link(page, "/account/authenticators", words.text("accounts.urging.app"), false);
    page("</div>"_html);
    web::add_post_form(exchange, page, "/account/urging/later", "form form--inline", [&] {
      page("<input type=\"hidden\" name=\"return_to\" value=\""_html, back, "\">"_html,
           web::secondary_button(words.text("accounts.urging.later")));
    });
  });
}

void add_few_codes_note(Exchange& exchange, Html& page, const WaysIn& ways) {
  if (ways.backup_codes_left >= kBackupCodesFew) return;
  const auto& words = exchange.words();
  web::add_note(page, web::NoteKind::needs_you, words.text("accounts.account.few_codes_title"), [&] {
    page("<p>"_html, words.text("accounts.account.few_codes_left", {{"count", std::int64_t{ways.backup_codes_left}}}),
         "</p><p><a href=\"/account/backup-codes\">"_html, words.text("accounts.backup_codes.new_button"),
         "</a></p>"_html);
  });
}

void add_account_notes(Exchange& exchange, Html& page, const WaysIn& ways) {
  add_few_codes_note(exchange, page, ways);
  add_urging_note(exchange, page, ways, "/cases");
}

}  // namespace waymark::accounts::pages
