// The path with its waymarks: the product's one motif.
#include "web/marks.hpp"
#include "web/page.hpp"
#include "web/page_writing.hpp"

namespace waymark::web {
namespace {

void add_marks(Html& html, int step, int steps) {
  html("<span class=\"marks\" aria-hidden=\"true\">"_html);
  for (int number = 1; number <= steps; ++number) {
    if (number < step) {
      html("<i></i>"_html);
    } else if (number == step) {
      html("<i class=\"at\">"_html, cairn(), "</i>"_html);
    } else {
      html("<i class=\"to\"></i>"_html);
    }
  }
  html("</span>"_html);
}

Markup class_of(MarkState state) {
  switch (state) {
    case MarkState::done:
      return "<li class=\"path__step path__step--done\">"_html;
    case MarkState::present:
      return "<li class=\"path__step path__step--present\" aria-current=\"step\">"_html;
    case MarkState::returned:
      return "<li class=\"path__step path__step--returned\" aria-current=\"step\">"_html;
    case MarkState::ahead:
      break;
  }
  return "<li class=\"path__step path__step--ahead\">"_html;
}

}  // namespace

void add_path_small(Html& page, int step, int steps, std::string_view sentence) {
  page("<div class=\"path-small\">"_html);
  add_marks(page, step, steps);
  page("<p>"_html, sentence, "</p></div>"_html);
}

Html path_large(Exchange&, const std::vector<PathStep>& steps) {
  // With nothing done yet it explains a way, and nothing on it stands back.
  const bool is_outline = std::ranges::all_of(steps, [](auto& step) { return step.state == MarkState::ahead; });
  Html html;
  html(is_outline ? "<ol class=\"path path--outline\">"_html : "<ol class=\"path\">"_html);
  for (const auto& step : steps) {
    html(class_of(step.state), "<span class=\"path__mark\">"_html);
    if (step.state == MarkState::present) html(cairn());
    if (step.state == MarkState::returned) html(returned_shape());
    html("</span><div class=\"path__text\"><p class=\"path__title\">"_html, step.title, "</p>"_html);
    if (!step.state_words.empty() || !step.when.empty()) {
      html("<p class=\"path__state\">"_html);
      if (!step.state_words.empty()) html("<strong>"_html, step.state_words, "</strong>"_html);
      if (!step.state_words.empty() && !step.when.empty()) html(" · "_html);
      html(step.when, "</p>"_html);
    }
    if (!step.explanation.empty()) html("<p>"_html, step.explanation, "</p>"_html);
    html("</div></li>"_html);
  }
  html("</ol>"_html);
  return html;
}

Html step_heading(Exchange& exchange, int step, int steps, std::string_view title, std::string_view lead) {
  Html html;
  html("<div class=\"step-heading\"><p class=\"step-heading__place\">"_html);
  add_marks(html, step, steps);
  html("<span>"_html,
       exchange.words().text("web.step.place", {{"step", std::int64_t{step}}, {"steps", std::int64_t{steps}}}),
       "</span></p><h1>"_html, title, "</h1>"_html);
  if (!lead.empty()) html("<p class=\"lead\">"_html, lead, "</p>"_html);
  html("</div>"_html);
  return html;
}

}  // namespace waymark::web
