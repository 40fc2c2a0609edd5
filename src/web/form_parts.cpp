// What stands around the fields of a form: the date's three fields, the error summary, the form, its buttons.
#include "web/page.hpp"
#include "web/page_writing.hpp"
#include "web/site.hpp"

namespace waymark::web {
namespace {

struct DatePart {
  std::string_view suffix;     // "day"
  std::string_view label_key;  // "web.date.day"
  int digits;
};
// In the order in which every page writes dates.
constexpr std::array<DatePart, 3> kDateParts{
    {{"day", "web.date.day", 2}, {"month", "web.date.month", 2}, {"year", "web.date.year", 4}}};

}  // namespace

Html date_field(Exchange& exchange, const FormState& form, std::string_view name, std::string_view label,
                std::string_view hint, std::string_view autocomplete_prefix) {
  const auto& words = exchange.words();
  const Message* error = form.error_at(name);
  for (const auto& part : kDateParts) {
    if (error == nullptr) error = form.error_at(fmt::format("{}_{}", name, part.suffix));
  }

  Html html;
  html(error != nullptr ? "<div class=\"field field--error\">"_html : "<div class=\"field\">"_html,
       "<fieldset role=\"group\""_html);
  if (!hint.empty() || error != nullptr) {
    html(" aria-describedby=\""_html);
    if (!hint.empty()) html(name, "-hint "_html);
    if (error != nullptr) html(name, "-error"_html);
    html("\""_html);
  }
  html("><legend>"_html, label, "</legend>"_html);
  if (!hint.empty()) html("<div class=\"hint\" id=\""_html, name, "-hint\">"_html, hint, "</div>"_html);
  if (error != nullptr) {
    html("<p class=\"error\" id=\""_html, name, "-error\"><span class=\"sr\">"_html,
         words.text("web.field.error_prefix"), "</span> "_html, words.text(*error), "</p>"_html);
  }
  html("<div class=\"date\">"_html);
  for (const auto& part : kDateParts) {
    const std::string field = fmt::format("{}_{}", name, part.suffix);
    // The first one bears the date's own name as its id, so that the error summary leads there.
    const std::string id = &part == &kDateParts[0] ? std::string(name) : field;
    html("<div><label for=\""_html, id, "\">"_html, words.text(part.label_key),
         "</label><input class=\"input\" id=\""_html, id, "\" name=\""_html, field,
         "\" type=\"text\" inputmode=\"numeric\" size=\""_html, part.digits, "\" maxlength=\""_html, part.digits,
         "\" value=\""_html, form.value(field), "\" required"_html);
    if (!autocomplete_prefix.empty()) {
      html(" autocomplete=\""_html, autocomplete_prefix, "-"_html, part.suffix, "\""_html);
    }
    if (error != nullptr) html(" aria-invalid=\"true\" aria-describedby=\""_html, name, "-error\""_html);
    html("></div>"_html);
  }
  html("</div></fieldset></div>"_html);
  return html;
}

Html error_summary(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  if (form.is_draft) {
    return note(NoteKind::information, words.text("web.draft.title"), paragraph(words.text("web.draft.text")));
  }
  Html html;
  if (!form.failed()) return html;
  html("<div class=\"error-summary\" id=\"error-summary\" role=\"alert\" tabindex=\"-1\" autofocus><h2>"_html,
       words.text("web.error.summary_title"), "</h2>"_html);
  if (!form.failure->message.key.empty()) html("<p>"_html, words.text(form.failure->message), "</p>"_html);
  if (!form.failure->fields.empty()) {
    html("<ul>"_html);
    for (const auto& field : form.failure->fields) {
      html("<li><a href=\"#"_html, field.field, "\">"_html, words.text(field.message), "</a></li>"_html);
    }
    html("</ul>"_html);
  }
  html("</div>"_html);
  return html;
}

void open_post_form(Html& page, const Url& action, std::string_view class_name) {
  // Our own messages are in the reader's language and stand at the field; the browser's would not.
  page("<form class=\""_html, class_name, "\" method=\"post\" action=\""_html, action, "\" novalidate"_html);
}

void begin_post_form(Exchange& exchange, Html& page, const Url& action, std::string_view class_name) {
  open_post_form(page, action, class_name);
  const Route* route = exchange.site.router().find_route(Method::post, action.text());
  if (route != nullptr && !route->drafted_fields.empty()) page(" data-drafted"_html);
  page(">"_html, exchange.csrf_field());
}

Html post_form(Exchange& exchange, const Url& action, const Html& inside, std::string_view class_name) {
  Html html;
  add_post_form(exchange, html, action, class_name, [&] { html(inside); });
  return html;
}

Html primary_button(std::string_view label) {
  return Html{}("<button class=\"button\" type=\"submit\">"_html, label, "</button>"_html);
}

Html secondary_button(std::string_view label, std::string_view name, std::string_view value) {
  Html html;
  html("<button class=\"button button--secondary\" type=\"submit\""_html);
  if (!name.empty()) html(" name=\""_html, name, "\" value=\""_html, value, "\""_html);
  html(">"_html, label, "</button>"_html);
  return html;
}

Html link(const Url& to, std::string_view label) {
  return Html{}("<a href=\""_html, to, "\">"_html, label, "</a>"_html);
}

void add_button_link(Html& page, const Url& to, std::string_view label, bool is_primary) {
  page(is_primary ? "<a class=\"button\" href=\""_html : "<a class=\"button button--secondary\" href=\""_html, to,
       "\">"_html, label, "</a>"_html);
}

Html button_link(const Url& to, std::string_view label, bool is_primary) {
  Html html;
  add_button_link(html, to, label, is_primary);
  return html;
}

Html button_row(const Html& inside) { return Html{}("<div class=\"button-row\">"_html, inside, "</div>"_html); }

}  // namespace waymark::web
