#include "features/accounts/pages/phrase_page.hpp"

#include "features/accounts/limits.hpp"

namespace waymark::accounts::pages {
namespace {

using web::Html;
using namespace web::literals;

Html done_flash(web::Exchange& exchange) {
  const auto done = exchange.query("done");
  const auto& words = exchange.words();
  if (done == "saved") return web::flash(web::NoteKind::done, words.text("accounts.phrase.saved"));
  if (done == "removed") return web::flash(web::NoteKind::done, words.text("accounts.phrase.removed"));
  return {};
}

}  // namespace

web::Response phrase_page(web::Exchange& exchange, const web::FormState& form, std::string_view phrase) {
  const auto& words = exchange.words();
  const auto title = words.text("accounts.phrase.title");
  Html fields;
  fields(web::text_field(exchange, form,
                         {.name = "phrase",
                          .label = words.text("accounts.phrase.label"),
                          .hint = words.text("accounts.phrase.hint"),
                          .autocomplete = "off",
                          .size_max = static_cast<int>(kPhraseLengthMax),
                          .value = phrase}),
         web::primary_button(words.text("accounts.phrase.button")));
  Html main;
  main(done_flash(exchange), web::error_summary(exchange, form),
       web::page_heading(title, words.text("accounts.phrase.lead")),
       web::post_form(exchange, "/account/phrase", fields),
       web::section(words.text("accounts.phrase.how_title"),
                    Html{}("<ul><li>"_html, words.text("accounts.phrase.how_every"), "</li><li>"_html,
                           words.text("accounts.phrase.how_without"), "</li><li>"_html,
                           words.text("accounts.phrase.how_secret"), "</li></ul>"_html)));
  if (!phrase.empty()) {
    main(web::section(words.text("accounts.phrase.remove_title"),
                      Html{}(web::paragraph(words.text("accounts.phrase.remove_text")),
                             web::post_form(exchange, "/account/phrase/removal",
                                            web::secondary_button(words.text("accounts.phrase.remove_button"))))));
  }
  return web::render_page(
      exchange, {.title = std::string(title), .active_nav = "account", .may_compress = false, .form = &form}, main);
}

}  // namespace waymark::accounts::pages
