#include "features/help/pages/help_parts.hpp"
#include "features/help/pages/office_pages.hpp"
#include "features/help/pages/office_parts.hpp"
#include "features/help/pages/opening_parts.hpp"

namespace waymark::help::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

constexpr std::string_view kNav = "callbacks";

std::string wanted_words(const Exchange& exchange, const Callback& callback) {
  const auto& words = exchange.words();
  if (!callback.wanted_from || !callback.wanted_until) return std::string(words.text("help.callback.any_time"));
  return time_span(words, *callback.wanted_from, *callback.wanted_until, exchange.brand().phone_hours_zone);
}

std::string spoken_words(const Exchange& exchange, const Callback& callback) {
  return callback.other_language.empty() ? language_words(exchange, callback.language) : callback.other_language;
}

Html outcome_form(Exchange& exchange, const FormState& form, const Callback& callback) {
  const auto& words = exchange.words();
  std::vector<web::Choice> outcomes;
  for (const auto outcome : kCallbackOutcomes) {
    outcomes.push_back(
        {std::string(to_text(outcome)), std::string(words.text(fmt::format("help.outcome.{}", to_text(outcome))))});
  }
  return web::post_form(
      exchange, work_url(callback.id, "closure"),
      Html{}(
          web::radio_field(exchange, form, {.name = "outcome", .label = words.text("help.office.outcome")}, outcomes),
          web::primary_button(words.text("help.office.close_call"))));
}

Html work_part(Exchange& exchange, const FormState& form, const Callback& callback) {
  const auto& words = exchange.words();
  if (callback.state == RequestState::closed) return {};
  if (callback.state == RequestState::taken && is_mine(exchange, callback.officer)) {
    return outcome_form(exchange, form, callback);
  }
  Html html;
  if (callback.state == RequestState::taken) html(taken_note(exchange, callback.taken_at));
  if (may_take(exchange, callback.state, callback.officer, callback.taken_at)) {
    html(web::paragraph(words.text("help.office.take_call_text")),
         web::post_form(exchange, work_url(callback.id, "taking"),
                        web::primary_button(words.text("help.office.take_call"))));
  }
  return html;
}

}  // namespace

web::Response callbacks_page(Exchange& exchange, const std::vector<Callback>& waiting) {
  const auto& words = exchange.words();
  const auto title = words.text("help.office.callbacks_title");
  Html main;
  main(web::page_heading(title, words.text("help.office.callbacks_lead")));
  if (waiting.empty()) {
    main(web::empty_state(words.text("help.office.callbacks_none"), {}));
  } else {
    std::vector<std::vector<Html>> rows;
    for (const auto& one : waiting) {
      rows.push_back({reference_link(work_url(one.id), one.reference), Html{}(waiting_words(exchange, one.asked_at)),
                      Html{}(wanted_words(exchange, one)), Html{}(topic_words(exchange, one.topic)),
                      Html{}(language_words(exchange, one.language)), state_tag(exchange, one.state)});
    }
    main(web::table(words.text("help.office.queue"),
                    {std::string(words.text("help.office.reference")), std::string(words.text("help.office.waiting")),
                     std::string(words.text("help.office.wanted")), std::string(words.text("help.office.about")),
                     std::string(words.text("help.callback.language")), std::string(words.text("help.office.state"))},
                    rows));
  }
  return web::render_page(exchange, {.title = std::string(title), .active_nav = kNav, .is_wide = true}, main);
}

web::Response callback_work_page(Exchange& exchange, const FormState& form, const Callback& callback) {
  const auto& words = exchange.words();
  const auto title = words.text("help.office.callback_title", {{"reference", callback.reference}});
  std::vector<web::Fact> facts;
  if (!callback.phone.empty()) {
    facts.push_back({std::string(words.text("help.office.name")), web::isolated(callback.name)});
    facts.push_back({std::string(words.text("help.contact.phone")),
                     web::link(web::Url::from_configuration("tel:" + callback.phone), callback.phone)});
  }
  facts.push_back({std::string(words.text("help.office.wanted")), Html{}(wanted_words(exchange, callback))});
  facts.push_back({std::string(words.text("help.callback.language")), web::isolated(spoken_words(exchange, callback))});
  facts.push_back({std::string(words.text("help.office.about")), Html{}(topic_words(exchange, callback.topic))});
  facts.push_back({std::string(words.text("help.office.waiting")), Html{}(waiting_words(exchange, callback.asked_at))});
  Html state;
  state(state_tag(exchange, callback.state));
  if (callback.outcome) state(" "_html, words.text(fmt::format("help.outcome.{}", to_text(*callback.outcome))));
  facts.push_back({std::string(words.text("help.office.state")), state});
  Html main;
  main(web::error_summary(exchange, form), "<p>"_html,
       web::link("/office/callbacks", words.text("help.office.callbacks_back")), "</p>"_html, web::page_heading(title),
       web::fact_list(facts));
  if (!callback.phone.empty()) {
    main(web::note(web::NoteKind::information, words.text("help.office.say_title"),
                   web::paragraph(words.text("help.office.say_text", {{"reference", callback.reference}}))));
  }
  main(work_part(exchange, form, callback));
  return web::render_page(exchange, {.title = title, .active_nav = kNav, .may_compress = false, .form = &form}, main);
}

}  // namespace waymark::help::pages
