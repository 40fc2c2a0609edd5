#include "features/office/pages/person_pages.hpp"

namespace waymark::office::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using web::NoteKind;
using namespace web::literals;

web::Url address_of(const HelpedPerson& person) {
  return web::Url("/office/people/").part(std::to_string(person.account.value));
}

web::Url below(const HelpedPerson& person, std::string_view act) {
  return web::Url::local_or(address_of(person).text() + std::string(act), "/office");
}

std::string_view stands(Exchange& exchange, const HelpedPerson& person) {
  return exchange.words().text(person.did_asker_vouch   ? "office.recovery.yours_given"
                               : person.is_vouched_once ? "office.recovery.second_needed"
                                                        : "office.recovery.two_needed");
}

Html vouch_section(Exchange& exchange, const FormState& form, const HelpedPerson& person) {
  const auto& words = exchange.words();
  if (!person.requested_at) return web::paragraph(words.text("office.recovery.nothing"));
  Html html;
  html(web::paragraph(words.text("office.recovery.asked_at",
                                 {{"date", words.long_date_time(*person.requested_at, exchange.time_zone())}})),
       web::note(NoteKind::needs_you, stands(exchange, person), web::paragraph(words.text("office.recovery.how"))));
  if (person.did_asker_vouch) return html;
  std::vector<web::Choice> documents;
  for (const auto document : kDocuments) {
    documents.push_back({std::string(document), std::string(words.text(fmt::format("office.document.{}", document)))});
  }
  html(web::post_form(
      exchange, below(person, "/vouching"),
      Html{}(web::radio_field(exchange, form, {.name = "document", .label = words.text("office.recovery.document")},
                              documents),
             web::primary_button(words.text("office.recovery.vouch")))));
  return html;
}

}  // namespace

web::Response recoveries_page(Exchange& exchange, const std::vector<HelpedPerson>& people) {
  const auto& words = exchange.words();
  const std::string title(words.text("office.recoveries.title"));
  Html main;
  main(web::page_heading(title, words.text("office.recoveries.lead")));
  std::vector<std::vector<Html>> rows;
  for (const auto& person : people) {
    rows.push_back({Html()("<a data-row-link href=\""_html, address_of(person), "\">"_html, person.name, "</a>"_html),
                    Html()(words.long_date_time(*person.requested_at, exchange.time_zone())),
                    Html()(stands(exchange, person))});
  }
  main(rows.empty()
           ? web::empty_state(words.text("office.recoveries.none"), Html{})
           : web::table(title,
                        {std::string(words.text("office.field.person")), std::string(words.text("office.field.since")),
                         std::string(words.text("office.field.stands"))},
                        rows));
  return web::render_page(exchange, {.title = title, .active_nav = "office_recoveries", .is_wide = true}, main);
}

web::Response person_page(Exchange& exchange, const FormState& form, const HelpedPerson& person) {
  const auto& words = exchange.words();
  Html main;
  const auto done = exchange.query("done");
  if (done == "tries" || done == "first" || done == "wait")
    main(web::flash(NoteKind::done, words.text(fmt::format("office.recovery.done_{}", done))));
  main(web::error_summary(exchange, form), web::page_heading(person.name), "<p>"_html, web::isolated(person.email),
       "</p>"_html);
  if (person.state == accounts::AccountState::locked)
    main(web::note(NoteKind::stop, words.text("office.people.locked"), Html{}));
  main(web::section(words.text("office.recovery.title"), vouch_section(exchange, form, person), "recovery"),
       web::section(words.text("office.recovery.tries"),
                    Html{}(web::paragraph(words.text("office.recovery.tries_text")),
                           web::post_form(exchange, below(person, "/tries"),
                                          web::secondary_button(words.text("office.recovery.tries_button")))),
                    "tries"));
  return web::render_page(
      exchange, {.title = person.name, .active_nav = "office_recoveries", .may_compress = false, .form = &form}, main);
}

}  // namespace waymark::office::pages
