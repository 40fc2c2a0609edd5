#include "features/accounts/pages/passkey_pages.hpp"

#include "features/accounts/pages/passkey_parts.hpp"

namespace waymark::accounts::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

std::string date_of(Exchange& exchange, Instant at) {
  return exchange.words().long_date(catalogue::day_in_zone(at, exchange.time_zone()));
}

Html history(Exchange& exchange, const Passkey& passkey) {
  const auto& words = exchange.words();
  Html html;
  html(words.text("accounts.passkeys.added", {{"date", date_of(exchange, passkey.created_at)}}), " "_html);
  if (passkey.used_at) {
    html(words.text("accounts.passkeys.used", {{"date", date_of(exchange, *passkey.used_at)}}));
  } else {
    html(words.text("accounts.passkeys.never_used"));
  }
  return html;
}

Html state_tag(Exchange& exchange, const Passkey& passkey) {
  const auto& words = exchange.words();
  if (passkey.switched_off_at) return web::tag(web::NoteKind::stop, words.text("accounts.passkeys.switched_off"));
  return web::tag(web::NoteKind::information,
                  words.text(passkey.is_backed_up ? "accounts.passkeys.synced" : "accounts.passkeys.one_device"));
}

web::Url address_of(const Passkey& passkey) {
  return web::Url("/account/passkeys/").part(std::to_string(passkey.id.value));
}

Html new_passkey_section(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  Html inside;
  inside(web::text_field(exchange, form,
                         {.name = "name",
                          .label = words.text("accounts.passkeys.name"),
                          .hint = words.text("accounts.passkeys.name_hint"),
                          .autocomplete = "off",
                          .size_max = static_cast<int>(kPasskeyNameLengthMax),
                          .is_required = false}));
  Html section;
  section(web::paragraph(words.text("accounts.passkeys.new_text")),
          passkey_part(exchange, form,
                       {.action = "/account/passkeys",
                        .options = "/account/passkeys/options",
                        .button = "accounts.passkeys.new_button",
                        .is_new = true},
                       inside),
          "<div data-passkey-without>"_html,
          web::note(web::NoteKind::information, words.text("accounts.passkeys.without_title"),
                    web::paragraph(words.text("accounts.passkeys.without_text"))),
          "</div>"_html);
  return web::section(words.text("accounts.passkeys.new_title"), section, "new");
}

}  // namespace

web::Response passkeys_page(Exchange& exchange, const FormState& form, const std::vector<Passkey>& passkeys) {
  const auto& words = exchange.words();
  Html main;
  main(web::error_summary(exchange, form),
       web::page_heading(words.text("accounts.passkeys.title"), words.text("accounts.passkeys.lead")));
  if (!passkeys.empty()) {
    std::vector<web::StackedItem> items;
    for (const auto& passkey : passkeys) {
      items.push_back({.title = web::link(address_of(passkey), passkey.name),
                       .detail = history(exchange, passkey),
                       .aside = state_tag(exchange, passkey)});
    }
    main(web::section(words.text("accounts.passkeys.yours_title"), web::stacked_list(items), "yours"));
  }
  main(new_passkey_section(exchange, form),
       web::explanation(words.text("accounts.passkeys.what_title"),
                        Html{}(web::paragraph(words.text("accounts.passkeys.what_text")),
                               web::paragraph(words.text("accounts.passkeys.what_synced")))),
       "<p>"_html, web::link("/account", words.text("accounts.passkeys.back_to_account")), "</p>"_html);
  return web::render_page(exchange,
                          {.title = std::string(words.text("accounts.passkeys.title")),
                           .active_nav = "account",
                           .may_compress = false,
                           .form = &form},
                          main);
}

web::Response passkey_page(Exchange& exchange, const FormState& form, const Passkey& passkey) {
  const auto& words = exchange.words();
  Html fields;
  fields(web::text_field(exchange, form,
                         {.name = "name",
                          .label = words.text("accounts.passkeys.name"),
                          .hint = words.text("accounts.passkeys.name_hint"),
                          .autocomplete = "off",
                          .size_max = static_cast<int>(kPasskeyNameLengthMax),
                          .value = passkey.name}),
         web::primary_button(words.text("accounts.passkeys.save_name")));
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(words.text("accounts.passkeys.one_title")), "<p>"_html,
       web::isolated(passkey.name), ". "_html, history(exchange, passkey), " "_html, state_tag(exchange, passkey),
       "</p>"_html);
  if (passkey.switched_off_at) {
    main(web::note(web::NoteKind::stop, words.text("accounts.passkeys.off_title"),
                   web::paragraph(words.text("accounts.passkeys.off_text"))));
  }
  main(web::section(words.text("accounts.passkeys.rename_title"), web::post_form(exchange, address_of(passkey), fields),
                    "rename"),
       web::section(
           words.text("accounts.passkeys.remove_title"),
           Html{}(web::paragraph(words.text("accounts.passkeys.remove_text")),
                  web::post_form(exchange,
                                 web::Url::local_or(address_of(passkey).text() + "/removal", "/account/passkeys"),
                                 web::secondary_button(words.text("accounts.passkeys.remove_button")))),
           "remove"),
       "<p>"_html, web::link("/account/passkeys", words.text("accounts.passkeys.back")), "</p>"_html);
  return web::render_page(exchange,
                          {.title = std::string(words.text("accounts.passkeys.one_title")),
                           .active_nav = "account",
                           .may_compress = false,
                           .form = &form},
                          main);
}

}  // namespace waymark::accounts::pages
