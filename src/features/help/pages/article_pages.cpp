#include "features/help/pages/article_pages.hpp"

#include "base/text.hpp"
#include "features/help/pages/help_parts.hpp"

namespace waymark::help::pages {
namespace {

using web::Exchange;
using web::Html;
using namespace web::literals;

Html list_topic(Exchange& exchange, const Help& help, std::string_view topic, std::string_view but = {}) {
  std::vector<web::StackedItem> items;
  for (const auto& article : help.parts.catalogue.help_articles()) {
    if (article.topic != topic || article.name == but) continue;
    const auto& text = article.in(exchange.words().tag());
    items.push_back({.title = web::link(article_url(article.name), text.title), .detail = web::quiet(text.summary)});
  }
  return items.empty() ? Html{} : web::stacked_list(items);
}

Html list_topics(Exchange& exchange, const Help& help) {
  Html html;
  for (const auto topic : catalogue::kHelpTopics) {
    const auto list = list_topic(exchange, help, topic);
    if (!list.empty()) html(web::section(exchange.words().text(fmt::format("help.topic.{}", topic)), list));
  }
  return html;
}

Html useful_part(Exchange& exchange, std::string_view article) {
  const auto& words = exchange.words();
  const auto said = exchange.query("useful");
  if (said == "yes") return web::flash(web::NoteKind::done, words.text("help.useful.thanks"));
  if (said == "no") {
    return web::note(web::NoteKind::information, words.text("help.useful.thanks"),
                     Html{}("<p>"_html, words.text("help.useful.still"), " "_html,
                            web::link("/help/ask", words.text("help.other.ask")), "</p>"_html));
  }
  return web::section(
      words.text("help.useful.title"),
      web::post_form(exchange, web::Url::local_or(fmt::format("/help/{}/useful", article), "/help"),
                     web::button_row(Html{}(web::secondary_button(words.text("help.useful.yes"), "useful", "yes"),
                                            web::secondary_button(words.text("help.useful.no"), "useful", "no")))),
      "useful");
}

Html search_results(Exchange& exchange, const std::vector<HelpHit>& hits) {
  std::vector<web::StackedItem> items;
  for (const auto& hit : hits) {
    items.push_back({.title = web::link(article_url(hit.article->name), hit.article->in(exchange.words().tag()).title),
                     .detail = web::quiet(hit.context)});
  }
  return web::stacked_list(items);
}

}  // namespace

web::Response help_page(Exchange& exchange, const Help& help) {
  const auto& words = exchange.words();
  const auto title = words.text("help.home.title");
  Html main;
  main(web::page_heading(title, words.text("help.home.lead")), search_box(exchange, {}),
       web::card(words.text("help.home.problems_title"), problem_links(exchange)), list_topics(exchange, help),
       other_help(exchange));
  return web::render_page(exchange, {.title = std::string(title)}, main);
}

web::Response article_page(Exchange& exchange, const Help& help, const catalogue::HelpArticle& article) {
  const auto& words = exchange.words();
  const auto& text = article.in(words.tag());
  Html main;
  main("<p>"_html, web::link("/help", words.text("help.home.back")), "</p>"_html, web::page_heading(text.title),
       article_body(text), useful_part(exchange, article.name));
  if (const auto others = list_topic(exchange, help, article.topic, article.name); !others.empty()) {
    main(web::section(words.text("help.article.others"), others));
  }
  main(other_help(exchange));
  return web::render_page(exchange, {.title = text.title}, main);
}

web::Response search_page(Exchange& exchange, const Help& help, std::string_view query) {
  const auto& words = exchange.words();
  const auto title = words.text("help.search.title");
  const bool is_long = count_code_points(query) > kQueryLengthMax;
  Html main;
  main("<p>"_html, web::link("/help", words.text("help.home.back")), "</p>"_html, web::page_heading(title),
       search_box(exchange, is_long ? std::string_view{} : query));
  const auto hits = is_long ? std::vector<HelpHit>{} : help.search.find(words.tag(), query);
  if (!hits.empty()) {
    const auto count = std::ssize(hits);
    main(web::section(words.text("help.search.found", {{"count", std::int64_t{count}}}),
                      search_results(exchange, hits)));
  } else if (is_long) {
    main(web::note(web::NoteKind::needs_you, words.text("help.search.long_title"),
                   web::paragraph(words.text("help.search.long_text"))));
  } else if (!trim(query).empty()) {
    main(web::note(web::NoteKind::information, words.text("help.search.none_title"),
                   web::paragraph(words.text("help.search.none_text"))));
  }
  if (hits.empty()) {
    main(web::card(words.text("help.home.problems_title"), problem_links(exchange)), list_topics(exchange, help));
  }
  main(other_help(exchange));
  // What was typed stands on it beside the token.
  return web::render_page(exchange, {.title = std::string(title), .may_compress = false}, main);
}

}  // namespace waymark::help::pages
