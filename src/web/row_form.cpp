#include "web/row_form.hpp"

namespace waymark::web {

using namespace literals;

Html row_form(Exchange& exchange, const Url& action, std::string_view field, std::int64_t id, std::string_view label,
              std::string_view name) {
  Html inside;
  inside("<input type=\"hidden\" name=\""_html, field, "\" value=\""_html, id,
         "\"><button class=\"button button--secondary\" type=\"submit\">"_html, label, "<span class=\"sr\">: "_html,
         name, "</span></button>"_html);
  return post_form(exchange, action, inside);
}

}  // namespace waymark::web
