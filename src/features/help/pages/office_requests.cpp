#include "base/text.hpp"
#include "features/help/limits.hpp"
#include "features/help/pages/help_parts.hpp"
#include "features/help/pages/office_pages.hpp"
#include "features/help/pages/office_parts.hpp"

namespace waymark::help::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

constexpr std::string_view kNav = "help_requests";

// What was typed, in its lines and paragraphs; nothing in it is markup.
Html typed_text(std::string_view text) {
  Html html;
  html("<div class=\"prose\" dir=\"auto\"><p>"_html);
  bool is_first = true;
  for (const auto line : split(text, '\n')) {
    if (line.empty()) {
      html("</p><p>"_html);
      is_first = true;
      continue;
    }
    if (!is_first) html("<br>"_html);
    html(line);
    is_first = false;
  }
  html("</p></div>"_html);
  return html;
}

Html close_form(Exchange& exchange, const HelpRequest& request, bool is_main) {
  const auto words = exchange.words().text("help.office.close_request");
  return web::post_form(exchange, work_url(request.id, "closure"),
                        is_main ? web::primary_button(words) : web::secondary_button(words));
}

Html reply_form(Exchange& exchange, const FormState& form, const HelpRequest& request) {
  const auto& words = exchange.words();
  const auto language = language_words(exchange, request.language);
  return Html{}(
      web::post_form(exchange, work_url(request.id, "reply"),
                     Html{}(web::text_area_field(exchange, form,
                                                 {.name = "reply",
                                                  .label = words.text("help.office.reply"),
                                                  .hint = words.text("help.office.reply_hint",
                                                                     {{"language", std::string_view(language)}}),
                                                  .size_max = static_cast<int>(kReplyLengthMax)},
                                                 10),
                            web::primary_button(words.text("help.office.reply_button")))),
      web::explanation(
          words.text("help.office.close_summary"),
          Html{}(web::paragraph(words.text("help.office.close_text")), close_form(exchange, request, false))));
}

Html work_part(Exchange& exchange, const FormState& form, const HelpRequest& request) {
  const auto& words = exchange.words();
  const bool is_this_officers = is_mine(exchange, request.officer);
  Html html;
  if (request.state == RequestState::taken && is_this_officers) return reply_form(exchange, form, request);
  if (!request.reply.empty()) html(web::section(words.text("help.office.reply_sent"), typed_text(request.reply)));
  if (request.state == RequestState::answered && is_this_officers) html(close_form(exchange, request, true));
  if (request.state == RequestState::taken) html(taken_note(exchange, request.taken_at));
  if (may_take(exchange, request.state, request.officer, request.taken_at)) {
    html(web::post_form(exchange, work_url(request.id, "taking"),
                        web::primary_button(words.text("help.office.take_request"))));
  }
  return html;
}

}  // namespace

web::Response help_requests_page(Exchange& exchange, const std::vector<HelpRequest>& waiting) {
  const auto& words = exchange.words();
  const auto title = words.text("help.office.requests_title");
  Html main;
  main(web::page_heading(title, words.text("help.office.requests_lead")));
  if (waiting.empty()) {
    main(web::empty_state(words.text("help.office.requests_none"), {}));
  } else {
    std::vector<std::vector<Html>> rows;
    for (const auto& one : waiting) {
      rows.push_back({reference_link(work_url(one.id), one.reference), Html{}(waiting_words(exchange, one.asked_at)),
                      Html{}(topic_words(exchange, one.topic)), Html{}(language_words(exchange, one.language)),
                      state_tag(exchange, one.state)});
    }
    main(web::table(words.text("help.office.queue"),
                    {std::string(words.text("help.office.reference")), std::string(words.text("help.office.waiting")),
                     std::string(words.text("help.office.about")), std::string(words.text("help.callback.language")),
                     std::string(words.text("help.office.state"))},
                    rows));
  }
  return web::render_page(exchange, {.title = std::string(title), .active_nav = kNav, .is_wide = true}, main);
}

web::Response help_request_page(Exchange& exchange, const FormState& form, const HelpRequest& request) {
  const auto& words = exchange.words();
  const auto title = words.text("help.office.request_title", {{"reference", request.reference}});
  std::vector<web::Fact> facts{
      {std::string(words.text("help.contact.email")), web::isolated(request.email)},
      {std::string(words.text("help.office.about")), Html{}(topic_words(exchange, request.topic))},
      {std::string(words.text("help.callback.language")), Html{}(language_words(exchange, request.language))}};
  if (!request.receipt_number.empty()) {
    facts.push_back({std::string(words.text("cases.field.receipt_number")), web::code_text(request.receipt_number)});
  }
  facts.push_back({std::string(words.text("help.office.waiting")), Html{}(waiting_words(exchange, request.asked_at))});
  facts.push_back({std::string(words.text("help.office.state")), state_tag(exchange, request.state)});
  Html main;
  main(web::error_summary(exchange, form), "<p>"_html,
       web::link("/office/help-requests", words.text("help.office.requests_back")), "</p>"_html,
       web::page_heading(title), web::fact_list(facts),
       web::section(words.text("help.office.question"), typed_text(request.text)),
       web::quiet(words.text("help.office.proved")), work_part(exchange, form, request));
  return web::render_page(exchange, {.title = title, .active_nav = kNav, .may_compress = false, .form = &form}, main);
}

}  // namespace waymark::help::pages
