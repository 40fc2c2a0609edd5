// The pages of who is represented.
#include "features/cases/case_urls.hpp"
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

Url below(const VisibleCase& visible, std::string_view page) {
  return Url::local_or(representative_url(visible.receipt_number).text() + std::string(page), "/cases");
}

Html what_is_shared(Exchange& exchange) {
  const auto& words = exchange.words();
  return web::explanation(words.text("cases.representative.sees_title"),
                          web::paragraph(words.text("cases.representative.sees_text")));
}

Html facts_of(Exchange& exchange, std::string_view name, const Representative& who) {
  const auto& words = exchange.words();
  return web::fact_list({{std::string(words.text("cases.field.name")), web::isolated(name)},
                         {std::string(words.text("cases.field.representative_kind")),
                          Html()(words.text(fmt::format("cases.representative_kind.{}", to_text(who.kind))))},
                         {std::string(words.text("cases.field.organisation")), web::isolated(who.organisation)},
                         {std::string(words.text("cases.field.licence")), web::code_text(who.licence)}});
}

Html firm_of(Exchange& exchange, const ShownRepresentation& one) {
  const auto& words = exchange.words();
  if (one.firm_members.empty())
    return web::paragraph(words.text("cases.representative.firm_alone", {{"firm", one.firm}}));
  Html names;
  for (const auto& name : one.firm_members) names("<li>"_html, web::isolated(name), "</li>"_html);
  return Html{}(web::paragraph(words.text("cases.representative.firm", {{"firm", one.firm}})), "<ul>"_html, names,
                "</ul>"_html);
}

Html standing_section(Exchange& exchange, const VisibleCase& visible, const ShownRepresentation& one) {
  const auto& words = exchange.words();
  Html inside;
  if (one.who) inside(facts_of(exchange, one.name, *one.who));
  if (!one.firm.empty()) inside(firm_of(exchange, one));
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
  return web::table(words.text("cases.representative.past"),
                    {std::string(words.text("cases.field.name")), std::string(words.text("cases.representative.from")),
                     std::string(words.text("cases.representative.until"))},
                    rows);
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

}  // namespace waymark::cases::pages
