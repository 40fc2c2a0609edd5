// The button that leaves a page at once.
#include "web/page.hpp"

namespace waymark::web {

Html quick_exit(Exchange& exchange) {
  const auto& words = exchange.words();
  return Html{}("<div class=\"quick-exit\"><a class=\"button button--secondary\" href=\""_html,
                Url::from_configuration(exchange.brand().quick_exit), "\" rel=\"noreferrer\" data-quick-exit>"_html,
                words.text("web.quick_exit.button"), "</a><p class=\"quiet\">"_html, words.text("web.quick_exit.hint"),
                "</p></div>"_html);
}

}  // namespace waymark::web
