#include "features/office/pages/officer_pages.hpp"

#include "features/accounts/factors/passkey_limits.hpp"
#include "features/accounts/pages/passkey_parts.hpp"
#include "features/office/limits.hpp"
#include "features/office/pages/entry_pages.hpp"
#include "web/site.hpp"

namespace waymark::office::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using web::NoteKind;
using namespace web::literals;

std::string day_of(Exchange& exchange, Instant at) {
  return exchange.words().long_date(catalogue::day_in_zone(at, exchange.time_zone()));
}

web::Url address_of(const Officer& officer) {
  return web::Url("/office/officers/").part(std::to_string(officer.id.value));
}

web::Url below(const Officer& officer, std::string_view act) {
  return web::Url::local_or(address_of(officer).text() + std::string(act), "/office/officers");
}

Html state_tag(Exchange& exchange, OfficerState state) {
  const auto kind = state == OfficerState::active    ? NoteKind::done
                    : state == OfficerState::invited ? NoteKind::information
                                                     : NoteKind::stop;
  return web::tag(kind, exchange.words().text(fmt::format("office.state.{}", to_text(state))));
}

std::vector<web::Choice> role_choices(Exchange& exchange) {
  std::vector<web::Choice> choices;
  for (const auto role : web::kOfficeRoles) {
    choices.push_back(
        {.value = std::string(web::to_text(role)),
         .label = std::string(role_words(exchange, role)),
         .hint = std::string(exchange.words().text(fmt::format("office.role_hint.{}", web::to_text(role))))});
  }
  return choices;
}

Html seat_fields(Exchange& exchange, const FormState& form, std::string_view role, std::string_view unit) {
  const auto& words = exchange.words();
  return Html{}(
      web::radio_field(exchange, form, {.name = "role", .label = words.text("office.field.role"), .value = role},
                       role_choices(exchange)),
      web::text_field(exchange, form,
                      {.name = "unit",
                       .label = words.text("office.field.unit"),
                       .hint = words.text("office.field.unit_hint"),
                       .autocomplete = "off",
                       .size_max = static_cast<int>(kUnitLengthMax),
                       .value = unit}));
}

Html done_note(Exchange& exchange) {
  const auto done = exchange.query("done");
  if (done != "invited" && done != "changed" && done != "stopped") return {};
  return web::flash(NoteKind::done, exchange.words().text(fmt::format("office.officers.done_{}", done)));
}

}  // namespace

web::Response start_page(Exchange& exchange) {
  const auto& words = exchange.words();
  const auto& seat = *exchange.visitor.seat;
  const std::string title(words.text("office.start.title"));
  Html main;
  main(web::page_heading(
      title, words.text("office.start.lead",
                        {{"name", seat.name}, {"role", role_words(exchange, seat.role)}, {"unit", seat.unit}})));
  std::vector<web::StackedItem> items;
  for (const auto& link : exchange.site.parts().office_nav) {
    if (!link.roles.has(seat.role)) continue;
    items.push_back({.title = web::link(web::Url::local_or(link.path, "/office"), words.text(link.words)),
                     .detail = Html()(words.text(link.words + "_text"))});
  }
  main(web::stacked_list(items));
  return web::render_page(exchange, {.title = title, .active_nav = "office"}, main);
}

web::Response keys_page(Exchange& exchange, const FormState& form, const std::vector<OfficerPasskey>& keys) {
  const auto& words = exchange.words();
  const std::string title(words.text("office.keys.title"));
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(title, words.text("office.keys.lead")));
  std::vector<web::StackedItem> items;
  for (const auto& key : keys) {
    Html detail;
    detail(words.text("accounts.passkeys.added", {{"date", day_of(exchange, key.created_at)}}), " "_html,
           key.used_at ? words.text("accounts.passkeys.used", {{"date", day_of(exchange, *key.used_at)}})
                       : std::string(words.text("accounts.passkeys.never_used")));
    Html aside;
    if (key.switched_off_at) aside(web::tag(NoteKind::stop, words.text("accounts.passkeys.switched_off")));
    aside(web::post_form(exchange,
                         web::Url::local_or(fmt::format("/office/keys/{}/removal", key.id.value), "/office/keys"),
                         web::secondary_button(words.text("office.keys.remove"))));
    items.push_back({.title = web::isolated(key.name), .detail = std::move(detail), .aside = std::move(aside)});
  }
  main(web::section(words.text("office.keys.yours"), web::stacked_list(items), "yours"));
  Html inside;
  inside(web::text_field(exchange, form,
                         {.name = "name",
                          .label = words.text("accounts.passkeys.name"),
                          .hint = words.text("accounts.passkeys.name_hint"),
                          .autocomplete = "off",
                          .size_max = static_cast<int>(accounts::kPasskeyNameLengthMax),
                          .is_required = false}));
  main(web::section(words.text("office.keys.another"),
                    Html{}(web::paragraph(words.text("office.keys.another_text")),
                           accounts::pages::passkey_part(exchange, form,
                                                         {.action = "/office/keys",
                                                          .options = "/office/keys/options",
                                                          .button = "office.key.make_button",
                                                          .is_new = true},
                                                         inside)),
                    "another"));
  return web::render_page(exchange, {.title = title, .active_nav = "office_keys", .may_compress = false, .form = &form},
                          main);
}

web::Response officers_page(Exchange& exchange, const std::vector<Officer>& officers) {
  const auto& words = exchange.words();
  const std::string title(words.text("office.officers.title"));
  std::vector<std::vector<Html>> rows;
  for (const auto& officer : officers) {
    Html signed_in;
    signed_in(officer.signed_in_at ? day_of(exchange, *officer.signed_in_at)
                                   : std::string(words.text("office.officers.never")));
    rows.push_back({web::link(address_of(officer), officer.name), Html()(role_words(exchange, officer.role)),
                    Html()(officer.unit), state_tag(exchange, officer.state), std::move(signed_in)});
  }
  Html main;
  main(done_note(exchange), web::page_heading(title, words.text("office.officers.lead")),
       web::button_link("/office/officers/new", words.text("office.officers.new")),
       web::table(title,
                  {std::string(words.text("office.field.name")), std::string(words.text("office.field.role")),
                   std::string(words.text("office.field.unit")), std::string(words.text("office.field.state")),
                   std::string(words.text("office.field.signed_in"))},
                  rows));
  return web::render_page(exchange, {.title = title, .active_nav = "office_officers", .is_wide = true}, main);
}

web::Response new_officer_page(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  const std::string title(words.text("office.officers.new"));
  Html fields;
  fields(web::text_field(exchange, form,
                         {.name = "name",
                          .label = words.text("office.field.name"),
                          .autocomplete = "off",
                          .size_max = static_cast<int>(kOfficerNameLengthMax)}),
         web::text_field(exchange, form,
                         {.name = "email",
                          .label = words.text("office.field.email"),
                          .hint = words.text("office.field.email_hint"),
                          .type = "email",
                          .autocomplete = "off",
                          .inputmode = "email",
                          .size_max = 254}),
         seat_fields(exchange, form, "", ""), web::primary_button(words.text("office.officers.invite")));
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(title, words.text("office.officers.new_lead")),
       web::post_form(exchange, "/office/officers/new", fields));
  return web::render_page(
      exchange, {.title = title, .active_nav = "office_officers", .may_compress = false, .form = &form}, main);
}

web::Response officer_page(Exchange& exchange, const FormState& form, const Officer& officer) {
  const auto& words = exchange.words();
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(officer.name), "<p>"_html,
       state_tag(exchange, officer.state), " "_html, web::isolated(officer.email.address), "</p>"_html);
  if (officer.state != OfficerState::stopped) {
    main(web::section(words.text("office.officers.seat"),
                      web::post_form(exchange, address_of(officer),
                                     Html{}(seat_fields(exchange, form, web::to_text(officer.role), officer.unit),
                                            web::primary_button(words.text("office.officers.save")))),
                      "seat"),
         web::section(words.text("office.officers.again"),
                      Html{}(web::paragraph(words.text("office.officers.again_text")),
                             web::post_form(exchange, below(officer, "/invitation"),
                                            web::secondary_button(words.text("office.officers.again_button")))),
                      "again"),
         web::section(words.text("office.officers.stop"),
                      Html{}(web::paragraph(words.text("office.officers.stop_text")),
                             web::post_form(exchange, below(officer, "/stop"),
                                            web::secondary_button(words.text("office.officers.stop_button")))),
                      "stop"));
  }
  main("<p>"_html, web::link("/office/officers", words.text("office.officers.back")), "</p>"_html);
  return web::render_page(
      exchange, {.title = officer.name, .active_nav = "office_officers", .may_compress = false, .form = &form}, main);
}

}  // namespace waymark::office::pages
