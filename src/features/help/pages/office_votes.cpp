#include "features/help/pages/help_parts.hpp"
#include "features/help/pages/office_pages.hpp"
#include "features/help/pages/office_parts.hpp"

namespace waymark::help::pages {

using web::Exchange;
using web::Html;

web::Response votes_page(Exchange& exchange, const Help& help, const std::vector<VoteSum>& votes) {
  const auto& words = exchange.words();
  const auto title = words.text("help.office.votes_title");
  Html main;
  main(web::page_heading(title, words.text("help.office.votes_lead")));
  std::vector<std::vector<Html>> rows;
  for (const auto& one : votes) {
    // An article may have been taken out since.
    const auto* article = help.parts.catalogue.find_help_article(one.article);
    rows.push_back({article == nullptr ? web::isolated(one.article)
                                       : web::link(article_url(one.article), article->in(words.tag()).title),
                    Html{}(language_words(exchange, one.language)), Html{}(words.number(one.useful)),
                    Html{}(words.number(one.not_useful))});
  }
  if (rows.empty()) {
    main(web::empty_state(words.text("help.office.votes_none"), {}));
  } else {
    main(web::table(words.text("help.office.votes_caption"),
                    {std::string(words.text("help.office.article")), std::string(words.text("help.callback.language")),
                     std::string(words.text("help.useful.yes")), std::string(words.text("help.useful.no"))},
                    rows));
  }
  return web::render_page(exchange, {.title = std::string(title), .active_nav = "help", .is_wide = true}, main);
}

}  // namespace waymark::help::pages
