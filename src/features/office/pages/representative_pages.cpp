#include "features/office/pages/representative_pages.hpp"

namespace waymark::office::pages {
namespace {

using cases::RepresentativeState;
using web::Exchange;
using web::FormState;
using web::Html;
using web::NoteKind;
using namespace web::literals;

web::Url address_of(const CheckedRepresentative& person) {
  return web::Url("/office/representatives/").part(std::to_string(person.of.account.value));
}

std::string_view kind_of(Exchange& exchange, const CheckedRepresentative& person) {
  return exchange.words().text(fmt::format("cases.representative_kind.{}", cases::to_text(person.of.kind)));
}

Html list_section(Exchange& exchange, const std::vector<CheckedRepresentative>& people, std::string_view title_key,
                  std::string_view id) {
  const auto& words = exchange.words();
  std::vector<std::vector<Html>> rows;
  for (const auto& person : people) {
    rows.push_back({Html()("<a data-row-link href=\""_html, address_of(person), "\">"_html, person.name, "</a>"_html),
                    Html()(kind_of(exchange, person)), web::isolated(person.of.organisation),
                    Html()(words.long_date_time(person.of.asked_at, exchange.time_zone()))});
  }
  const auto title = words.text(title_key);
  if (rows.empty()) return web::section(title, web::paragraph(words.text("office.representatives.none")), id);
  return web::table(
      title,
      {std::string(words.text("office.field.person")), std::string(words.text("cases.field.representative_kind")),
       std::string(words.text("cases.field.organisation")), std::string(words.text("office.field.since"))},
      rows);
}

// The form says what was on the page, so that a later request is not decided unseen.
Html decision_form(Exchange& exchange, const CheckedRepresentative& person, std::string_view decision,
                   std::string_view label_key, bool is_primary) {
  const auto label = exchange.words().text(label_key);
  const auto action = web::Url::local_or(address_of(person).text() + "/decision", "/office");
  return web::post_form(
      exchange, action,
      Html{}("<input type=\"hidden\" name=\"asked_at\" value=\""_html,
             std::int64_t{
                 std::chrono::duration_cast<std::chrono::milliseconds>(person.of.asked_at.time_since_epoch()).count()},
             "\"><input type=\"hidden\" name=\"decision\" value=\""_html, decision, "\">"_html,
             is_primary ? web::primary_button(label) : web::secondary_button(label)));
}

}  // namespace

web::Response representatives_page(Exchange& exchange, const std::vector<CheckedRepresentative>& waiting,
                                   const std::vector<CheckedRepresentative>& verified) {
  const auto& words = exchange.words();
  const std::string title(words.text("office.representatives.title"));
  Html main;
  const auto done = exchange.query("done");
  if (done == "verified" || done == "refused" || done == "withdrawn")
    main(web::flash(NoteKind::done, words.text(fmt::format("office.representatives.done_{}", done))));
  main(web::page_heading(title, words.text("office.representatives.lead")),
       list_section(exchange, waiting, "office.representatives.waiting", "waiting"),
       list_section(exchange, verified, "office.representatives.verified", "verified"));
  return web::render_page(exchange, {.title = title, .active_nav = "office_representatives", .is_wide = true}, main);
}

web::Response representative_page(Exchange& exchange, const FormState& form, const CheckedRepresentative& person) {
  const auto& words = exchange.words();
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(person.name),
       web::fact_list({{std::string(words.text("office.field.email")), web::isolated(person.email)},
                       {std::string(words.text("cases.field.representative_kind")), Html()(kind_of(exchange, person))},
                       {std::string(words.text("cases.field.organisation")), web::isolated(person.of.organisation)},
                       {std::string(words.text("cases.field.licence")), web::code_text(person.of.licence)},
                       {std::string(words.text("office.field.since")),
                        Html()(words.long_date_time(person.of.asked_at, exchange.time_zone()))}}));
  switch (person.of.state) {
    case RepresentativeState::waiting:
      main(web::paragraph(words.text("office.representatives.how")),
           decision_form(exchange, person, "verified", "office.representatives.verify", true),
           decision_form(exchange, person, "refused", "office.representatives.refuse", false));
      break;
    case RepresentativeState::verified:
      main(web::paragraph(words.text("office.representatives.withdraw_text")),
           decision_form(exchange, person, "withdrawn", "office.representatives.withdraw", false));
      break;
    case RepresentativeState::refused:
    case RepresentativeState::withdrawn:
      main(web::paragraph(words.text("office.representatives.over")));
      break;
  }
  main("<p>"_html, web::link("/office/representatives", words.text("office.representatives.back")), "</p>"_html);
  return web::render_page(
      exchange, {.title = person.name, .active_nav = "office_representatives", .may_compress = false, .form = &form},
      main);
}

}  // namespace waymark::office::pages
