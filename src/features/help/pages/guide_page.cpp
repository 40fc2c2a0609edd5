#include "features/help/pages/guide_page.hpp"

#include "features/help/pages/help_parts.hpp"

namespace waymark::help::pages {
namespace {

using web::Exchange;
using web::Html;
using namespace web::literals;

web::Url url_of(const GuideStep& step, const GuideAnswer& answer) {
  return web::Url::local_or(guide_path(step.problem, answer.to), "/help");
}

Html list_answers(Exchange& exchange, const GuideStep& step) {
  Html list;
  list("<ul class=\"ways\">"_html);
  for (const auto& answer : step.answers) {
    list("<li>"_html, web::link(url_of(step, answer), exchange.words().text(guide_key(step, answer.name))),
         "</li>"_html);
  }
  list("</ul>"_html);
  return list;
}

// The main way as a button, the others as links beside it.
Html ways_on(Exchange& exchange, const GuideStep& step) {
  Html row;
  for (const auto& answer : step.answers) {
    const auto words = exchange.words().text(guide_key(step, answer.name));
    if (&answer == &step.answers.front()) {
      row(web::button_link(url_of(step, answer), words));
    } else {
      row(web::link(url_of(step, answer), words));
    }
  }
  return web::button_row(row);
}

}  // namespace

web::Response guide_page(Exchange& exchange, const GuideStep& step) {
  const auto& words = exchange.words();
  const auto* start = find_guide_step(step.problem, "start");
  const bool is_start = step.name == "start";
  const auto title = words.text(guide_key(step, "title"));
  Html main;
  main("<p>"_html,
       is_start ? web::link("/help", words.text("help.home.back"))
                : web::link(web::Url::local_or(guide_path(step.problem, "start"), "/help"),
                            words.text("help.guide.start_over")),
       "</p>"_html, web::quiet(words.text(guide_key(*start, "problem"))), web::page_heading(title));
  if (step.is_question) {
    main(list_answers(exchange, step));
  } else {
    main(web::prose(words.text(guide_key(step, "text"))), ways_on(exchange, step));
  }
  main(other_help(exchange));
  return web::render_page(exchange, {.title = std::string(title)}, main);
}

}  // namespace waymark::help::pages
