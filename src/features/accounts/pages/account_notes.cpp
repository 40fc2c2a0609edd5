#include "features/accounts/pages/account_notes.hpp"

#include "web/site.hpp"

namespace waymark::accounts::pages {

using web::Exchange;
using web::Html;
using namespace web::literals;

web::Html urging_note(Exchange& exchange, const WaysIn& ways, std::string_view back) {
  if (!is_to_be_urged(ways, exchange.now)) return {};
  const auto& words = exchange.words();
  Html buttons;
  if (exchange.site.router().find_route(web::Method::get, "/account/passkeys") != nullptr) {
    buttons(web::button_link("/account/passkeys", words.text("accounts.urging.passkey"), false));
  }
  buttons(web::button_link("/account/authenticators", words.text("accounts.urging.app"), false));
  Html later;
  later("<input type=\"hidden\" name=\"return_to\" value=\""_html, back, "\">"_html,
        web::secondary_button(words.text("accounts.urging.later")));
  Html inside;
  inside(web::paragraph(words.text(ways.has_strong_one() ? "accounts.urging.text" : "accounts.urging.text_weak")),
         web::button_row(buttons), web::post_form(exchange, "/account/urging/later", later, "form form--inline"));
  return web::note(web::NoteKind::information, words.text("accounts.urging.title"), inside);
}

web::Html few_codes_note(Exchange& exchange, const WaysIn& ways) {
  if (ways.backup_codes_left >= kBackupCodesFew) return {};
  const auto& words = exchange.words();
  return web::note(
      web::NoteKind::needs_you, words.text("accounts.account.few_codes_title"),
      Html{}(web::paragraph(
                 words.text("accounts.account.few_codes_left", {{"count", std::int64_t{ways.backup_codes_left}}})),
             "<p>"_html, web::link("/account/backup-codes", words.text("accounts.backup_codes.new_button")),
             "</p>"_html));
}

web::Html account_notes(Exchange& exchange, const WaysIn& ways) {
  return Html{}(few_codes_note(exchange, ways), urging_note(exchange, ways, "/cases"));
}

}  // namespace waymark::accounts::pages
