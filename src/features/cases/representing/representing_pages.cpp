// The pages of who represents.
#include "features/cases/limits.hpp"
#include "features/cases/representing/page_parts.hpp"
#include "features/cases/representing/pages.hpp"

namespace waymark::cases::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using web::NoteKind;
using web::Url;
using namespace web::literals;

Html receipt_field(Exchange& exchange, const FormState& form) {
  return code_field(exchange, form, "receipt_number", "cases.field.receipt_number", "cases.field.clients_receipt_hint",
                    20);
}

Html own_state(Exchange& exchange, const std::optional<Representative>& own) {
  const auto& words = exchange.words();
  const auto ask = web::button_row(web::button_link("/representing/request", words.text("cases.representing.ask")));
  if (!own) {
    return web::empty_state(words.text("cases.representing.unknown"),
                            Html{}(web::paragraph(words.text("cases.representing.unknown_text")), ask));
  }
  const auto state = to_text(own->state);
  Html inside;
  inside(web::paragraph(words.text(fmt::format("cases.representing.{}_text", state))));
  const bool is_stop = own->state != RepresentativeState::waiting;
  if (is_stop) inside(ask);
  return web::note(is_stop ? NoteKind::stop : NoteKind::information,
                   words.text(fmt::format("cases.representing.{}", state)), inside);
}

web::StackedItem client_item(Exchange& exchange, const Client& client) {
  const auto& words = exchange.words();
  const auto& of = client.of;
  web::StackedItem item;
  if (of.began_at) {
    item.title(web::link(Url("/representing/").part(of.receipt_number), of.receipt_number));
    item.detail(web::quiet(words.text("cases.helping.for", {{"name", client.name}})),
                web::quiet(words.text("cases.representative.since", {{"date", day_of(exchange, *of.began_at)}})));
    if (of.firm) {
      item.detail("<p>"_html, web::tag(NoteKind::information, words.text("cases.representing.is_shared")), "</p>"_html);
      item.aside(end_button(exchange, "/representing/keep", of, "cases.representing.keep", of.receipt_number));
    } else if (client.may_share) {
      item.aside("<p>"_html,
                 web::link(Url("/representing/share").with("client", fmt::to_string(of.id.value)),
                           words.text("cases.representing.share")),
                 "</p>"_html);
    }
    item.aside(end_button(exchange, "/representing/end", of, "cases.representing.stop", of.receipt_number));
  } else {
    item.title(web::code_text(of.receipt_number));
    item.detail(
        web::quiet(words.text("cases.representative.waiting_text", {{"date", day_of(exchange, of.code_ends_at)}})));
    item.aside(end_button(exchange, "/representing/end", of, "cases.representative.cancel", of.receipt_number));
  }
  return item;
}

}  // namespace

web::Response representing_page(Exchange& exchange, const std::optional<Representative>& own,
                                const std::vector<Client>& clients, std::optional<RepresentationId> last) {
  const auto& words = exchange.words();
  const std::string title(words.text("cases.representing.title"));
  Html main;
  main(flash_of(exchange, "asked", "cases.representing.done_asked"),
       flash_of(exchange, "ended", "cases.representing.done_ended"),
       flash_of(exchange, "shared", "cases.representing.done_shared"),
       flash_of(exchange, "kept", "cases.representing.done_kept"),
       web::page_heading(title, words.text("cases.representing.lead")));
  if (!own || own->state != RepresentativeState::verified) {
    main(own_state(exchange, own));
  } else {
    std::vector<web::StackedItem> items;
    for (const auto& client : clients) items.push_back(client_item(exchange, client));
    main(items.empty() ? web::empty_state(words.text("cases.representing.none"),
                                          web::paragraph(words.text("cases.representing.none_text")))
                       : web::stacked_list(items),
         older_link(exchange, "/representing", last),
         web::button_row(
             Html{}(web::button_link("/representing/add", words.text("cases.representing.add")),
                    web::button_link("/representing/passcode", words.text("cases.representing.give"), false))),
         web::explanation(words.text("cases.representing.rules_title"),
                          web::paragraph(words.text("cases.representing.rules_text"))));
  }
  main(back_link(exchange, "/account", "cases.helping.back"));
  return web::render_page(exchange, {.title = title, .active_nav = "account"}, main);
}

Html older_link(Exchange& exchange, const Url& page, std::optional<RepresentationId> last) {
  if (!last) return {};
  return Html{}(
      "<p>"_html,
      web::link(page.with("before", fmt::to_string(last->value)), exchange.words().text("cases.representing.older")),
      "</p>"_html);
}

web::Response ask_to_represent_page(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  std::vector<web::Choice> kinds;
  for (const auto kind : kRepresentativeKinds) {
    kinds.push_back({std::string(to_text(kind)),
                     std::string(words.text(fmt::format("cases.representative_kind.{}", to_text(kind))))});
  }
  Html fields;
  fields(
      web::radio_field(exchange, form, {.name = "kind", .label = words.text("cases.field.representative_kind")}, kinds),
      web::text_field(exchange, form,
                      {.name = "organisation",
                       .label = words.text("cases.field.organisation"),
                       .hint = words.text("cases.field.organisation_hint"),
                       .autocomplete = "organization",
                       .size_max = static_cast<int>(kOrganisationMax)}),
      web::text_field(exchange, form,
                      {.name = "licence",
                       .label = words.text("cases.field.licence"),
                       .hint = words.text("cases.field.licence_hint"),
                       .autocomplete = "off",
                       .size_max = static_cast<int>(kLicenceMax),
                       .width = "md"}),
      web::primary_button(words.text("cases.representing.send")));
  return form_page(exchange, form, "cases.representing.ask", "cases.representing.ask_lead", "/representing/request",
                   fields, back_link(exchange, "/representing", "cases.representing.back"), "account");
}

web::Response add_client_page(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  return form_page(exchange, form, "cases.representing.add", "cases.add_client.lead", "/representing/add",
                   Html{}(receipt_field(exchange, form), passcode_field(exchange, form),
                          web::paragraph(words.text("cases.add_client.shared")),
                          web::primary_button(words.text("cases.add_client.button"))),
                   back_link(exchange, "/representing", "cases.representing.back"), "account");
}

web::Response representatives_passcode_page(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  return form_page(exchange, form, "cases.representing.give", "cases.give_passcode.lead", "/representing/passcode",
                   Html{}(receipt_field(exchange, form), web::paragraph(words.text("cases.add_client.shared")),
                          web::primary_button(words.text("cases.make_passcode.button"))),
                   back_link(exchange, "/representing", "cases.representing.back"), "account");
}

}  // namespace waymark::cases::pages
