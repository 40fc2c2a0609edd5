// The page that is drawn from words alone, when there is no request, no visitor, or no way to draw a whole page.
#include "web/assets.hpp"
#include "web/failure_page.hpp"
#include "web/security_headers.hpp"
#include "web/site.hpp"
#include "web/status_words.hpp"

namespace waymark::web {
namespace {

Html draw_plainly(const Site& site, const catalogue::Locale& words, int status, std::string_view request_id) {
  const Problem problem = make_problem(words, status);
  const auto& brand = site.parts().catalogue.brand();
  Html html(2048);
  html("<!doctype html>\n<html lang=\""_html, words.tag(), "\" dir=\""_html, words.direction(),
       "\"><head><meta charset=\"utf-8\"><title>"_html, problem.title,
       "</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
       "<meta name=\"color-scheme\" content=\"light dark\"><link rel=\"stylesheet\" href=\""_html,
       asset_url("app.css"), "\"></head><body><main id=\"main\" class=\"main\"><p>"_html, brand.agency_name,
       "</p><h1>"_html, problem.title, "</h1>"_html);
  for (const std::string& sentence : sentences_of(problem, words)) html("<p>"_html, sentence, "</p>"_html);
  // The one way on that is right whatever name or page was asked for.
  const Url origin = Url::from_configuration(site.parts().origin);
  html("<p><a href=\""_html, origin, "\">"_html, site.parts().origin, "</a></p><p>"_html, help_sentence(brand, words),
       "</p>"_html);
  if (!request_id.empty()) html("<p>"_html, words.text("web.status.request_id", {{"id", request_id}}), "</p>"_html);
  html("</main></body></html>\n"_html);
  return html;
}

}  // namespace

Response plain_status_page(const Site& site, const catalogue::Locale& words, int status, std::string_view request_id) {
  try {
    return Response::page(draw_plainly(site, words, status, request_id), status);
  } catch (const std::exception&) {
    // Not even the words can be had: the number says it.
    return Response::text(std::to_string(status) + " " + std::string(request_id) + "\n", status);
  }
}

}  // namespace waymark::web
