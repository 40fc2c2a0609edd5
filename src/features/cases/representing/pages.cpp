#include "features/cases/representing/pages.hpp"

#include "features/cases/case_urls.hpp"
#include "web/row_form.hpp"

namespace waymark::cases::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using web::NoteKind;
using web::Url;
using namespace web::literals;

Url below(const VisibleCase& visible, std::string_view page) {
  return Url::local_or(representative_url(visible.receipt_number).text() + std::string(page), "/cases");
}

std::string day_of(Exchange& exchange, Instant at) {
  return exchange.words().long_date(catalogue::day_in_zone(at, exchange.time_zone()));
}

Html receipt_line(Exchange& exchange, std::string_view receipt_number) {
  return Html{}("<p>"_html, exchange.words().text("cases.field.receipt_number"), " "_html,
                web::code_text(receipt_number), "</p>"_html);
}

Html flash_of(Exchange& exchange, std::string_view done, std::string_view key) {
  return exchange.query("done") == done ? web::flash(NoteKind::done, exchange.words().text(key)) : Html{};
}

Html what_is_shared(Exchange& exchange) {
  const auto& words = exchange.words();
  return web::explanation(words.text("cases.representative.sees_title"),
                          web::paragraph(words.text("cases.representative.sees_text")));
}

Html passcode_field(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  return web::text_field(exchange, form,
                         {.name = "passcode",
                          .label = words.text("cases.field.passcode"),
                          .hint = words.text("cases.field.passcode_hint"),
                          .autocomplete = "off",
                          .size_max = 30,
                          .width = "md",
                          .is_code = true});
}

Html receipt_field(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  return web::text_field(exchange, form,
                         {.name = "receipt_number",
                          .label = words.text("cases.field.receipt_number"),
                          .hint = words.text("cases.field.clients_receipt_hint"),
                          .autocomplete = "off",
                          .size_max = 20,
                          .width = "md",
                          .is_code = true});
}

Html facts_of(Exchange& exchange, std::string_view name, const Representative& who) {
  const auto& words = exchange.words();
  return web::fact_list({{std::string(words.text("cases.field.name")), web::isolated(name)},
                         {std::string(words.text("cases.field.representative_kind")),
                          Html()(words.text(fmt::format("cases.representative_kind.{}", to_text(who.kind))))},
                         {std::string(words.text("cases.field.organisation")), web::isolated(who.organisation)},
                         {std::string(words.text("cases.field.licence")), web::code_text(who.licence)}});
}

Html end_button(Exchange& exchange, const Url& action, const Representation& one, std::string_view key,
                std::string_view name) {
  return web::row_form(exchange, action, "representation", one.id.value, exchange.words().text(key), name);
}

Html standing_section(Exchange& exchange, const VisibleCase& visible, const ShownRepresentation& one) {
  const auto& words = exchange.words();
  Html inside;
  if (one.who) inside(facts_of(exchange, one.name, *one.who));
  inside("<p>"_html, words.text("cases.representative.since", {{"date", day_of(exchange, *one.of.began_at)}}),
         "</p>"_html, end_button(exchange, below(visible, "/end"), one.of, "cases.representative.end", one.name));
  return web::card(words.text("cases.representative.now"), inside, "now");
}

Html waiting_section(Exchange& exchange, const VisibleCase& visible, const ShownRepresentation& one) {
  const auto& words = exchange.words();
  return web::note(NoteKind::information, words.text("cases.representative.waiting"),
                   Html{}(web::paragraph(words.text("cases.representative.waiting_text",
                                                    {{"date", day_of(exchange, one.of.code_ends_at)}})),
                          end_button(exchange, below(visible, "/end"), one.of, "cases.representative.cancel",
                                     visible.receipt_number)));
}

// Those whose part has ended, as a client remembers them.
Html past_section(Exchange& exchange, const std::vector<ShownRepresentation>& all) {
  const auto& words = exchange.words();
  std::vector<std::vector<Html>> rows;
  for (const auto& one : all) {
    if (!one.of.began_at || one.of.stands()) continue;
    rows.push_back({one.name.empty() ? Html()(words.text("cases.helpers.address_erased")) : web::isolated(one.name),
                    Html()(day_of(exchange, *one.of.began_at)),
                    one.of.ended_at ? Html()(day_of(exchange, *one.of.ended_at)) : Html()(std::string_view("–"))});
  }
  if (rows.empty()) return {};
  const auto title = words.text("cases.representative.past");
  return web::section(
      title,
      web::table(title,
                 {std::string(words.text("cases.field.name")), std::string(words.text("cases.representative.from")),
                  std::string(words.text("cases.representative.until"))},
                 rows),
      "past");
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
  if (own->state != RepresentativeState::waiting) inside(ask);
  const bool is_stop = own->state != RepresentativeState::waiting;
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
    item.aside(end_button(exchange, "/representing/end", of, "cases.representing.stop", of.receipt_number));
  } else {
    item.title(web::code_text(of.receipt_number));
    item.detail(
        web::quiet(words.text("cases.representative.waiting_text", {{"date", day_of(exchange, of.code_ends_at)}})));
    item.aside(end_button(exchange, "/representing/end", of, "cases.representative.cancel", of.receipt_number));
  }
  return item;
}

web::Response form_page(Exchange& exchange, const FormState& form, std::string_view title_key,
                        std::string_view lead_key, const Url& action, const Html& fields, const Html& after,
                        std::string_view nav) {
  const auto& words = exchange.words();
  const std::string title(words.text(title_key));
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(title, words.text(lead_key)),
       web::post_form(exchange, action, fields), after);
  return web::render_page(exchange,
                          {.title = title, .active_nav = std::string(nav), .may_compress = false, .form = &form}, main);
}

Html back_link(Exchange& exchange, const Url& to, std::string_view key) {
  return Html{}("<p>"_html, web::link(to, exchange.words().text(key)), "</p>"_html);
}

}  // namespace

web::Response representative_page(Exchange& exchange, const VisibleCase& visible,
                                  const std::vector<ShownRepresentation>& all) {
  const auto& words = exchange.words();
  const std::string title(words.text("cases.representative.title"));
  Html main;
  main(flash_of(exchange, "began", "cases.representative.done_began"),
       flash_of(exchange, "ended", "cases.representative.done_ended"),
       web::page_heading(title, words.text("cases.representative.lead")),
       receipt_line(exchange, visible.receipt_number));
  bool is_any = false;
  for (const auto& one : all) {
    if (one.of.stands()) main(standing_section(exchange, visible, one));
    if (one.of.waits(exchange.now)) main(waiting_section(exchange, visible, one));
    is_any = is_any || one.of.stands() || one.of.waits(exchange.now);
  }
  if (!is_any) {
    main(web::empty_state(words.text("cases.representative.none"),
                          web::paragraph(words.text("cases.representative.none_text"))));
  }
  main(web::button_row(
           Html{}(web::button_link(below(visible, "/passcode"), words.text("cases.representative.make")),
                  web::button_link(below(visible, "/accept"), words.text("cases.representative.have"), false))),
       what_is_shared(exchange), past_section(exchange, all),
       back_link(exchange, case_url(visible.receipt_number), "cases.looks.back"));
  return web::render_page(exchange, {.title = title, .active_nav = "cases"}, main);
}

web::Response make_passcode_page(Exchange& exchange, const VisibleCase& visible) {
  const auto& words = exchange.words();
  return form_page(exchange, {}, "cases.representative.make", "cases.make_passcode.lead", below(visible, "/passcode"),
                   Html{}(receipt_line(exchange, visible.receipt_number),
                          web::paragraph(words.text("cases.representative.sees_text")),
                          web::primary_button(words.text("cases.make_passcode.button"))),
                   back_link(exchange, representative_url(visible.receipt_number), "cases.representative.back"),
                   "cases");
}

web::Response accept_passcode_page(Exchange& exchange, const FormState& form, const VisibleCase& visible) {
  const auto& words = exchange.words();
  return form_page(exchange, form, "cases.representative.have", "cases.accept_passcode.lead", below(visible, "/accept"),
                   Html{}(receipt_line(exchange, visible.receipt_number), passcode_field(exchange, form),
                          web::primary_button(words.text("cases.accept_passcode.button"))),
                   back_link(exchange, representative_url(visible.receipt_number), "cases.representative.back"),
                   "cases");
}

web::Response confirm_representative_page(Exchange& exchange, const VisibleCase& visible,
                                          const ShownRepresentative& who, std::string_view passcode) {
  const auto& words = exchange.words();
  return form_page(
      exchange, {}, "cases.confirm_representative.title", "cases.confirm_representative.lead",
      below(visible, "/accept"),
      Html{}(
          receipt_line(exchange, visible.receipt_number), facts_of(exchange, who.name, who.of),
          web::paragraph(words.text("cases.representative.sees_text")),
          web::paragraph(words.text("cases.confirm_representative.replaces")),
          "<input type=\"hidden\" name=\"confirmed\" value=\"yes\"><input type=\"hidden\" name=\"passcode\" value=\""_html,
          passcode, "\">"_html, web::primary_button(words.text("cases.confirm_representative.button"))),
      back_link(exchange, representative_url(visible.receipt_number), "cases.confirm_representative.no"), "cases");
}

web::Response representing_page(Exchange& exchange, const std::optional<Representative>& own,
                                const std::vector<Client>& clients) {
  const auto& words = exchange.words();
  const std::string title(words.text("cases.representing.title"));
  Html main;
  main(flash_of(exchange, "asked", "cases.representing.done_asked"),
       flash_of(exchange, "ended", "cases.representing.done_ended"),
       web::page_heading(title, words.text("cases.representing.lead")));
  if (!own || own->state != RepresentativeState::verified) {
    main(own_state(exchange, own));
  } else {
    std::vector<web::StackedItem> items;
    for (const auto& client : clients) items.push_back(client_item(exchange, client));
    main(items.empty() ? web::empty_state(words.text("cases.representing.none"),
                                          web::paragraph(words.text("cases.representing.none_text")))
                       : web::stacked_list(items),
         web::button_row(
             Html{}(web::button_link("/representing/add", words.text("cases.representing.add")),
                    web::button_link("/representing/passcode", words.text("cases.representing.give"), false))),
         web::explanation(words.text("cases.representing.rules_title"),
                          web::paragraph(words.text("cases.representing.rules_text"))));
  }
  main(back_link(exchange, "/account", "cases.helping.back"));
  return web::render_page(exchange, {.title = title, .active_nav = "account"}, main);
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
                       .size_max = 120}),
      web::text_field(exchange, form,
                      {.name = "licence",
                       .label = words.text("cases.field.licence"),
                       .hint = words.text("cases.field.licence_hint"),
                       .autocomplete = "off",
                       .size_max = 40,
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

web::Response passcode_page(Exchange& exchange, std::string_view passcode, std::string_view receipt_number,
                            std::string_view text_key, const Url& back, std::string_view nav) {
  const auto& words = exchange.words();
  const std::string title(words.text("cases.passcode.title"));
  Html main;
  main(web::page_heading(title, words.text(text_key)), receipt_line(exchange, receipt_number),
       web::copyable(exchange, "passcode", passcode),
       web::note(NoteKind::needs_you, words.text("cases.passcode.once"),
                 web::paragraph(words.text("cases.passcode.once_text"))),
       back_link(exchange, back, "cases.passcode.back"));
  return web::render_page(exchange, {.title = title, .active_nav = std::string(nav), .may_compress = false}, main);
}

}  // namespace waymark::cases::pages
