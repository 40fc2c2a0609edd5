// What scripts help with: copying and printing. Without scripts the buttons stay hidden and the text can be selected.
#include "web/page.hpp"

namespace waymark::web {

Html copy_button(Exchange& exchange, std::string_view id) {
  const auto& words = exchange.words();
  return Html{}("<button class=\"button button--secondary\" type=\"button\" hidden data-copy=\""_html, id,
                "\" data-copied=\""_html, words.text("web.copy.copied"), "\">"_html, words.text("web.copy.copy"),
                "</button>"_html);
}

Html print_button(Exchange& exchange) {
  return Html{}("<button class=\"button button--secondary\" type=\"button\" hidden data-print>"_html,
                exchange.words().text("web.copy.print"), "</button>"_html);
}

Html backup_code_grid(Exchange& exchange, const std::vector<std::string>& codes, const Url& download) {
  Html html;
  html("<div class=\"codes\"><ol id=\"backup-codes\" dir=\"ltr\" translate=\"no\">"_html);
  for (const auto& code : codes) html("<li class=\"code\">"_html, code, "</li>"_html);
  html("</ol><div class=\"button-row\"><a class=\"button button--secondary\" download href=\""_html, download,
       "\">"_html, exchange.words().text("web.copy.download"), "</a>"_html, copy_button(exchange, "backup-codes"),
       print_button(exchange), "</div></div>"_html);
  return html;
}

Html copyable(Exchange& exchange, std::string_view id, std::string_view text) {
  return Html{}("<div class=\"copyable\"><code class=\"code\" id=\""_html, id, "\" dir=\"ltr\" translate=\"no\">"_html,
                text, "</code>"_html, copy_button(exchange, id), "</div>"_html);
}

}  // namespace waymark::web
