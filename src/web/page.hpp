// The frame of every page, and the parts that pages share. Components are functions that write into an Html.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/exchange.hpp"
#include "web/html.hpp"

namespace waymark::web {

struct PageOptions {
  std::string title;                       // before " – Northport Immigration Service"; "Error: " is put before it on 422
  std::string_view active_nav = {};        // "cases", "connect", "account"
  int status = 200;
  bool is_wide = false;                    // dashboards; forms and texts keep 34em
  bool may_compress = true;                // false where the page repeats what was typed
};

// The whole document: skip link, header with brand and language choice, main, footer. `main` begins with its own h1.
Response render_page(Exchange& exchange, const PageOptions& options, const Html& main);

// --- Parts of forms. Each field shows its message, keeps its value, and is tied to both by id and aria-describedby. ---

struct FieldOptions {
  std::string_view name;
  std::string_view label;                  // already in the reader's language
  std::string_view hint = {};
  std::string_view type = "text";          // text | email | tel | password
  std::string_view autocomplete = {};
  std::string_view inputmode = {};
  int size_max = 0;                        // maxlength; 0: none
  std::string_view width = {};             // "", "xs", "sm", "md", "lg": how long an answer is expected
  bool is_required = true;
  bool is_code = false;                    // tabular digits, no spell checking, no capitals
};
Html text_field(Exchange& exchange, const FormState& form, const FieldOptions& options);
// A password with a "show" button (works only with scripts; without, the button is not shown). Never keeps its value.
Html password_field(Exchange& exchange, const FormState& form, const FieldOptions& options);
// Three fields NAME_day, NAME_month, NAME_year in a fieldset; the message for NAME stands on all three.
Html date_field(Exchange& exchange, const FormState& form, std::string_view name, std::string_view label,
                std::string_view hint, std::string_view autocomplete_prefix);
struct Choice {
  std::string value, label;
};
Html select_field(Exchange& exchange, const FormState& form, const FieldOptions& options, const std::vector<Choice>& choices);
Html radio_field(Exchange& exchange, const FormState& form, const FieldOptions& options, const std::vector<Choice>& choices);
Html check_field(Exchange& exchange, const FormState& form, const FieldOptions& options);
// At the top of a form after a refusal: takes the focus, links to each field.
Html error_summary(Exchange& exchange, const FormState& form);
// <form method="post"> with the CSRF field; `inside` holds the fields and the button.
Html post_form(Exchange& exchange, const Url& action, const Html& inside, std::string_view class_name = "form");
Html primary_button(std::string_view label);
Html secondary_button(std::string_view label, std::string_view name = {}, std::string_view value = {});
Html link(const Url& to, std::string_view label);

// --- Other parts ---

enum class NoteKind { information, done, needs_you, stop };
// A box with a shape, a heading word and a text: colour never speaks alone.
Html note(NoteKind kind, std::string_view heading, const Html& inside);

// The path: the product's one motif.
enum class MarkState { done, present, ahead, returned };  // returned: the case went back to it
struct PathMark {
  std::string label;
  MarkState state = MarkState::ahead;
};
// Small: a row of marks with one sentence ("Step 3 of 8 · We asked for evidence"), for cards and sign-up.
Html path_small(Exchange& exchange, int step, int steps, std::string_view sentence);
// Large: an ordered list, each mark with its title and explanation; aria-current="step" on the present one.
struct PathStep {
  std::string title, explanation, when;
  MarkState state = MarkState::ahead;
  std::string state_words;  // "Done", "Now", "Went back here on 3 March 2026"
};
Html path_large(Exchange& exchange, const std::vector<PathStep>& steps);

// Brand texts (privacy, contact …): paragraphs parted by blank lines, "## " headings, "- " items; everything escaped.
Html prose(std::string_view text);

}  // namespace waymark::web
