// The parts of forms.
#include "web/page.hpp"

namespace waymark::web {
namespace {

std::string_view value_of(const FormState& form, const FieldOptions& options) {
  // A code that was typed never goes back into a page: it may be good still.
  if (options.autocomplete == "one-time-code") return {};
  return form.typed.has(options.name) ? form.value(options.name) : options.value;
}

void add_hint(Html& html, std::string_view name, std::string_view hint) {
  if (!hint.empty()) html("<div class=\"hint\" id=\""_html, name, "-hint\">"_html, hint, "</div>"_html);
}

void add_error(Html& html, Exchange& exchange, std::string_view name, const Message* error) {
  if (error == nullptr) return;
  html("<p class=\"error\" id=\""_html, name, "-error\"><span class=\"sr\">"_html,
       exchange.words().text("web.field.error_prefix"), "</span> "_html, exchange.words().text(*error), "</p>"_html);
}

void add_descriptions(Html& html, std::string_view name, std::string_view hint, const Message* error) {
  if (error != nullptr) html(" aria-invalid=\"true\""_html);
  if (hint.empty() && error == nullptr) return;
  html(" aria-describedby=\""_html);
  if (!hint.empty()) html(name, "-hint"_html);
  if (!hint.empty() && error != nullptr) html(" "_html);
  if (error != nullptr) html(name, "-error"_html);
  html("\""_html);
}

void open_field(Html& html, const Message* error) {
  if (error != nullptr) {
    html("<div class=\"field field--error\">"_html);
  } else {
    html("<div class=\"field\">"_html);
  }
}

void add_optional(Html& html, Exchange& exchange, bool is_required) {
  if (!is_required)
    html(" <span class=\"optional\">"_html, exchange.words().text("web.field.optional"), "</span>"_html);
}

void add_label(Html& html, Exchange& exchange, const FieldOptions& options) {
  html("<label for=\""_html, options.name, "\">"_html, options.label);
  add_optional(html, exchange, options.is_required);
  html("</label>"_html);
}

void add_attribute(Html& html, Markup name, std::string_view value) {
  if (!value.empty()) html(" "_html, name, "=\""_html, value, "\""_html);
}

void add_common_attributes(Html& html, const FieldOptions& options, const Message* error) {
  add_attribute(html, "autocomplete"_html, options.autocomplete);
  add_attribute(html, "inputmode"_html, options.inputmode);
  if (options.size_max > 0) html(" maxlength=\""_html, options.size_max, "\""_html);
  if (options.is_required) html(" required"_html);
  add_descriptions(html, options.name, options.hint, error);
}

void add_width(Html& html, const FieldOptions& options) {
  html(" class=\"input"_html);
  if (!options.width.empty()) html(" input--"_html, options.width);
  if (options.is_code) html(" input--code"_html);
  html("\""_html);
}

}  // namespace

Html text_field(Exchange& exchange, const FormState& form, const FieldOptions& options) {
  const Message* error = form.error_at(options.name);
  Html html;
  open_field(html, error);
  add_label(html, exchange, options);
  add_hint(html, options.name, options.hint);
  add_error(html, exchange, options.name, error);
  html("<input"_html);
  add_width(html, options);
  html(" id=\""_html, options.name, "\" name=\""_html, options.name, "\" type=\""_html, options.type, "\""_html);
  add_attribute(html, "value"_html, value_of(form, options));
  add_common_attributes(html, options, error);
  if (options.is_code || options.type == "email") {
    html(" spellcheck=\"false\" autocapitalize=\"none\" autocorrect=\"off\""_html);
  }
  if (options.is_code) html(" data-code=\""_html, options.group_size, "\" dir=\"ltr\""_html);
  html("></div>"_html);
  return html;
}

Html text_area_field(Exchange& exchange, const FormState& form, const FieldOptions& options, int rows) {
  const Message* error = form.error_at(options.name);
  Html html;
  open_field(html, error);
  add_label(html, exchange, options);
  add_hint(html, options.name, options.hint);
  add_error(html, exchange, options.name, error);
  html("<textarea"_html);
  add_width(html, options);
  html(" id=\""_html, options.name, "\" name=\""_html, options.name, "\" rows=\""_html, rows, "\""_html);
  add_common_attributes(html, options, error);
  // The parser drops one line end after the tag, which is not the text's own.
  html(">\n"_html, value_of(form, options), "</textarea></div>"_html);
  return html;
}

Html password_field(Exchange& exchange, const FormState& form, const FieldOptions& options) {
  const auto& words = exchange.words();
  const Message* error = form.error_at(options.name);
  Html html;
  open_field(html, error);
  add_label(html, exchange, options);
  add_hint(html, options.name, options.hint);
  add_error(html, exchange, options.name, error);
  html("<div class=\"password\"><input class=\"input\" id=\""_html, options.name, "\" name=\""_html, options.name,
       "\" type=\"password\""_html);
  add_common_attributes(html, options, error);
  html(
      " spellcheck=\"false\" autocapitalize=\"none\" autocorrect=\"off\"><button class=\"password__show\" "
      "type=\"button\" hidden data-show=\""_html,
      options.name, "\" aria-label=\""_html, words.text("web.field.show_password"), "\" data-other-label=\""_html,
      words.text("web.field.hide_password"), "\" data-other=\""_html, words.text("web.field.hide"), "\">"_html,
      words.text("web.field.show"), "</button></div></div>"_html);
  return html;
}

Html select_field(Exchange& exchange, const FormState& form, const FieldOptions& options,
                  const std::vector<Choice>& choices) {
  const Message* error = form.error_at(options.name);
  const std::string_view value = value_of(form, options);
  Html html;
  open_field(html, error);
  add_label(html, exchange, options);
  add_hint(html, options.name, options.hint);
  add_error(html, exchange, options.name, error);
  html("<select"_html);
  add_width(html, options);
  html(" id=\""_html, options.name, "\" name=\""_html, options.name, "\""_html);
  add_common_attributes(html, options, error);
  html(">"_html);
  for (const auto& choice : choices) {
    html("<option value=\""_html, choice.value, "\""_html);
    if (choice.value == value) html(" selected"_html);
    html(">"_html, choice.label, "</option>"_html);
  }
  html("</select></div>"_html);
  return html;
}

Html radio_field(Exchange& exchange, const FormState& form, const FieldOptions& options,
                 const std::vector<Choice>& choices) {
  const Message* error = form.error_at(options.name);
  const std::string_view value = value_of(form, options);
  Html html;
  open_field(html, error);
  html("<fieldset"_html);
  add_descriptions(html, options.name, options.hint, error);
  html("><legend>"_html, options.label);
  add_optional(html, exchange, options.is_required);
  html("</legend>"_html);
  add_hint(html, options.name, options.hint);
  add_error(html, exchange, options.name, error);
  int number = 0;
  for (const auto& choice : choices) {
    // The first one bears the field's own name as its id, so that the error summary leads there.
    std::string id(options.name);
    if (++number > 1) id += fmt::format("-{}", number);
    html("<div class=\"choice\"><input type=\"radio\" id=\""_html, id, "\" name=\""_html, options.name,
         "\" value=\""_html, choice.value, "\""_html);
    if (choice.value == value) html(" checked"_html);
    if (options.is_required) html(" required"_html);
    if (!choice.hint.empty()) html(" aria-describedby=\""_html, id, "-hint-own\""_html);
    html("><label for=\""_html, id, "\">"_html, choice.label, "</label>"_html);
    if (!choice.hint.empty()) {
      html("<div class=\"hint\" id=\""_html, id, "-hint-own\">"_html, choice.hint, "</div>"_html);
    }
    html("</div>"_html);
  }
  html("</fieldset></div>"_html);
  return html;
}

Html check_field(Exchange& exchange, const FormState& form, const FieldOptions& options) {
  const Message* error = form.error_at(options.name);
  Html html;
  open_field(html, error);
  add_error(html, exchange, options.name, error);
  html("<div class=\"choice\"><input type=\"checkbox\" id=\""_html, options.name, "\" name=\""_html, options.name,
       "\" value=\"yes\""_html);
  if (value_of(form, options) == "yes") html(" checked"_html);
  if (options.is_required) html(" required"_html);
  add_descriptions(html, options.name, options.hint, error);
  html("><label for=\""_html, options.name, "\">"_html, options.label, "</label>"_html);
  add_hint(html, options.name, options.hint);
  html("</div></div>"_html);
  return html;
}

}  // namespace waymark::web
