#include "features/cases/sharing/pages.hpp"

#include "features/cases/case_urls.hpp"
#include "features/cases/pages/page_parts.hpp"
#include "web/row_form.hpp"

namespace waymark::cases::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using web::NoteKind;
using web::Url;
using namespace web::literals;

Html row_form(Exchange& exchange, const Url& action, HelpingId helping, std::string_view label, std::string_view name) {
  return web::row_form(exchange, action, "helping", helping.value, label, name);
}

// The last day, in the agency's zone, as it was typed.
std::string last_day(Exchange& exchange, const Helping& helping) {
  const auto last = helping.ends_at - std::chrono::seconds{1};
  return exchange.words().long_date(catalogue::day_in_zone(last, exchange.brand().time_zone));
}

std::string_view what_they_may(const catalogue::Locale& words, const Helping& helping) {
  return words.text(helping.may_act ? "cases.helpers.may_act" : "cases.helpers.may_look");
}

std::string what_and_until(Exchange& exchange, const Helping& helping) {
  const auto& words = exchange.words();
  return words.text("cases.helpers.until",
                    {{"may", what_they_may(words, helping)}, {"date", last_day(exchange, helping)}});
}

web::StackedItem helper_item(Exchange& exchange, const VisibleCase& visible, const Helper& helper) {
  const auto& words = exchange.words();
  const auto name = helper.address.empty() ? std::string(words.text("cases.helpers.address_erased")) : helper.address;
  web::StackedItem item;
  item.title(web::isolated(name));
  item.detail(web::quiet(what_and_until(exchange, helper.helping)));
  if (helper.helping.accepted_at) {
    const auto since = catalogue::day_in_zone(*helper.helping.accepted_at, exchange.time_zone());
    item.detail(web::quiet(words.text("cases.helpers.since", {{"date", words.long_date(since)}})));
  } else {
    item.detail("<p>"_html, web::tag(NoteKind::information, words.text("cases.helpers.waiting")), "</p>"_html);
  }
  const auto end = Url::local_or(helpers_url(visible.receipt_number).text() + "/end", "/cases");
  item.aside(row_form(exchange, end, helper.helping.id, words.text("cases.helpers.end"), name));
  return item;
}

web::StackedItem helped_item(Exchange& exchange, const Helped& helped, bool is_offer) {
  const auto& words = exchange.words();
  web::StackedItem item;
  const auto& receipt = helped.helping.receipt_number;
  if (is_offer) {
    item.title(words.text("cases.helping.offer", {{"name", helped.name}}));
  } else {
    item.title(web::link(Url("/helping/").part(receipt), receipt));
    item.detail(web::quiet(words.text("cases.helping.for", {{"name", helped.name}})));
  }
  item.detail(web::quiet(what_and_until(exchange, helped.helping)));
  if (is_offer) {
    item.aside(
        row_form(exchange, "/helping/accept", helped.helping.id, words.text("cases.helping.accept"), helped.name),
        row_form(exchange, "/helping/leave", helped.helping.id, words.text("cases.helping.decline"), helped.name));
  } else {
    item.aside(row_form(exchange, "/helping/leave", helped.helping.id, words.text("cases.helping.stop"), receipt));
  }
  return item;
}

Html helped_section(Exchange& exchange, const std::vector<Helped>& all, bool is_offer, std::string_view title_key,
                    std::string_view id) {
  if (all.empty()) return {};
  std::vector<web::StackedItem> items;
  for (const auto& one : all) items.push_back(helped_item(exchange, one, is_offer));
  return web::section(exchange.words().text(title_key), web::stacked_list(items), id);
}

}  // namespace

web::Response helpers_page(Exchange& exchange, const VisibleCase& visible, const std::vector<Helper>& helpers) {
  const auto& words = exchange.words();
  const auto title = words.text("cases.helpers.title");
  const auto ask = Url::local_or(helpers_url(visible.receipt_number).text() + "/ask", "/cases");
  Html main;
  main(flash_of(exchange, "asked", "cases.helpers.done_asked"), flash_of(exchange, "ended", "cases.helpers.done_ended"),
       web::page_heading(title, words.text("cases.helpers.lead")), receipt_line(exchange, visible.receipt_number));
  if (helpers.empty()) {
    main(web::empty_state(words.text("cases.helpers.none"), web::paragraph(words.text("cases.helpers.none_text"))));
  } else {
    std::vector<web::StackedItem> items;
    for (const auto& one : helpers) items.push_back(helper_item(exchange, visible, one));
    main(web::stacked_list(items));
  }
  main(web::button_row(web::button_link(ask, words.text("cases.helpers.ask"))),
       web::explanation(words.text("cases.helpers.sees_title"), web::paragraph(words.text("cases.helpers.sees_text"))),
       back_link(exchange, case_url(visible.receipt_number), "cases.looks.back"));
  return web::render_page(exchange, {.title = std::string(title), .active_nav = "cases"}, main);
}

web::Response ask_helper_page(Exchange& exchange, const FormState& form, const VisibleCase& visible) {
  const auto& words = exchange.words();
  const auto title = words.text("cases.helpers.ask");
  const auto page = helpers_url(visible.receipt_number);
  Html fields;
  fields(web::text_field(exchange, form,
                         {.name = "email",
                          .label = words.text("cases.ask_helper.email"),
                          .hint = words.text("cases.ask_helper.email_hint"),
                          .type = "email",
                          .autocomplete = "off",
                          .size_max = 254}),
         web::radio_field(exchange, form, {.name = "may", .label = words.text("cases.ask_helper.may"), .value = "look"},
                          {{.value = "look",
                            .label = std::string(words.text("cases.helpers.may_look")),
                            .hint = std::string(words.text("cases.ask_helper.look_hint"))},
                           {.value = "act",
                            .label = std::string(words.text("cases.helpers.may_act")),
                            .hint = std::string(words.text("cases.ask_helper.act_hint"))}}),
         web::date_field(exchange, form, "until", words.text("cases.ask_helper.until"),
                         words.text("cases.ask_helper.until_hint"), ""),
         web::primary_button(words.text("cases.ask_helper.button")));
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(title, words.text("cases.ask_helper.lead")),
       receipt_line(exchange, visible.receipt_number),
       web::post_form(exchange, Url::local_or(page.text() + "/ask", "/cases"), fields),
       back_link(exchange, page, "cases.ask_helper.back"));
  return web::render_page(
      exchange, {.title = std::string(title), .active_nav = "cases", .may_compress = false, .form = &form}, main);
}

web::Response helping_page(Exchange& exchange, const std::vector<Helped>& offers, const std::vector<Helped>& taken) {
  const auto& words = exchange.words();
  const auto title = words.text("cases.helping.title");
  Html main;
  main(flash_of(exchange, "left", "cases.helping.done_left"),
       web::page_heading(title, words.text("cases.helping.lead")),
       helped_section(exchange, offers, true, "cases.helping.offers", "offers"),
       helped_section(exchange, taken, false, "cases.helping.taken", "taken"));
  if (offers.empty() && taken.empty())
    main(web::empty_state(words.text("cases.helping.none"), web::paragraph(words.text("cases.helping.none_text"))));
  if (!offers.empty())
    main(web::explanation(words.text("cases.helping.why_title"), web::paragraph(words.text("cases.helping.why_text"))));
  main("<p>"_html, web::link("/account", words.text("cases.helping.back")), "</p>"_html);
  return web::render_page(exchange, {.title = std::string(title), .active_nav = "account"}, main);
}

}  // namespace waymark::cases::pages
