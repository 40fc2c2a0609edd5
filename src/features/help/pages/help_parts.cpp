#include "features/help/pages/help_parts.hpp"

#include "features/help/guides.hpp"
#include "features/help/help_search.hpp"
#include "features/help/types.hpp"

namespace waymark::help::pages {

using web::Exchange;
using web::Html;
using namespace web::literals;

Html search_box(Exchange& exchange, std::string_view query) {
  const auto& words = exchange.words();
  Html html;
  html("<form class=\"search\" role=\"search\" method=\"get\" action=\"/help/search\"><label for=\"q\">"_html,
       words.text("help.search.label"),
       "</label><div class=\"search__row\"><input class=\"input\" id=\"q\" name=\"q\" type=\"search\" "
       "autocomplete=\"off\" maxlength=\""_html,
       kQueryLengthMax, "\" value=\""_html, query, "\">"_html, web::primary_button(words.text("help.search.button")),
       "</div></form>"_html);
  return html;
}

Html other_help(Exchange& exchange) {
  const auto& words = exchange.words();
  return web::section(words.text("help.other.title"),
                      Html{}("<ul><li>"_html, web::link("/help/ask", words.text("help.other.ask")), "</li><li>"_html,
                             web::link("/contact/call-back", words.text("help.other.call_back")), "</li><li>"_html,
                             web::link("/contact", words.text("help.other.contact")), "</li></ul>"_html));
}

Html problem_links(Exchange& exchange) {
  Html list;
  list("<ul class=\"ways\">"_html);
  for (const auto problem : kProblems) {
    const auto* start = find_guide_step(problem, "start");
    list("<li>"_html,
         web::link(web::Url::local_or(guide_path(problem, start->name), "/help"),
                   exchange.words().text(guide_key(*start, "problem"))),
         "</li>"_html);
  }
  list("</ul>"_html);
  return list;
}

web::Url article_url(std::string_view name) { return web::Url("/help/").part(name); }

namespace {

void add_line(Html& html, const catalogue::HelpLine& line) {
  for (const auto& span : line) {
    if (!span.link.empty()) {
      html(web::link(web::Url::local_or(span.link, "/help"), span.text));
    } else if (span.is_strong) {
      html("<strong>"_html, span.text, "</strong>"_html);
    } else {
      html(std::string_view(span.text));
    }
  }
}

void add_items(Html& html, const catalogue::HelpBlock& block) {
  for (const auto& line : block.lines) {
    html("<li>"_html);
    add_line(html, line);
    html("</li>"_html);
  }
}

}  // namespace

Html article_body(const catalogue::HelpText& text) {
  using Kind = catalogue::HelpBlock::Kind;
  Html html;
  html("<div class=\"prose\">"_html);
  for (const auto& block : text.blocks) {
    switch (block.kind) {
      case Kind::heading:
        html("<h2>"_html);
        add_line(html, block.lines.front());
        html("</h2>"_html);
        break;
      case Kind::paragraph:
        html("<p>"_html);
        add_line(html, block.lines.front());
        html("</p>"_html);
        break;
      case Kind::bullets:
        html("<ul>"_html);
        add_items(html, block);
        html("</ul>"_html);
        break;
      case Kind::steps:
        html("<ol>"_html);
        add_items(html, block);
        html("</ol>"_html);
        break;
    }
  }
  html("</div>"_html);
  return html;
}

std::string topic_words(const Exchange& exchange, std::string_view topic) {
  return std::string(exchange.words().text(fmt::format("help.about.{}", topic)));
}

Html topic_field(Exchange& exchange, const web::FormState& form) {
  std::vector<web::Choice> choices{{"", std::string(exchange.words().text("help.field.topic_choose"))}};
  for (const auto topic : kRequestTopics) choices.push_back({std::string(topic), topic_words(exchange, topic)});
  return web::select_field(exchange, form, {.name = "topic", .label = exchange.words().text("help.field.topic")},
                           choices);
}

web::Response sent_page(Exchange& exchange, std::string_view title_key, std::string_view reference,
                        const Html& inside) {
  const auto& words = exchange.words();
  const auto title = words.text(title_key);
  Html main;
  main(web::confirm_panel(title, words.text("help.sent.reference"), reference,
                          Html{}(web::paragraph(words.text("help.sent.keep")))),
       inside);
  return web::render_page(exchange, {.title = std::string(title)}, main);
}

}  // namespace waymark::help::pages
