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
  std::string title;                 // before " – Northport Immigration Service"; "Error: " is put before it on 422
  std::string_view active_nav = {};  // "cases", "connect", "account"
  int status = 200;
  bool is_wide = false;      // dashboards; forms and texts keep 34em
  bool may_compress = true;  // false where the page repeats what was typed
  // Without scripts the page goes there by itself; none: to /session/ending where somebody is signed in.
  struct Refresh {
    std::chrono::seconds after;
    Url to;
  };
  std::optional<Refresh> refresh{};
  const FormState* form = nullptr;  // the form on this page: when it failed, 422, "Error: " and no compression
};

// The whole document: skip link, header with brand and language choice, main, footer. `main` begins with its own h1.
Response render_page(Exchange& exchange, const PageOptions& options, const Html& main);

// --- Parts of forms. Each field shows its message, keeps its value, and is tied to both by id and aria-describedby.
// ---

struct FieldOptions {
  std::string_view name;
  std::string_view label;  // already in the reader's language
  std::string_view hint = {};
  std::string_view type = "text";  // text | email | tel | password
  std::string_view autocomplete = {};
  std::string_view inputmode = {};
  int size_max = 0;             // maxlength; 0: none
  std::string_view width = {};  // "", "xs", "sm", "md", "lg": how long an answer is expected
  bool is_required = true;
  bool is_code = false;         // tabular digits, no spell checking, no capitals
  int group_size = 0;           // codes: with scripts, shown in groups of so many; the server drops blanks
  std::string_view value = {};  // what stands there at first; typed text wins; never in a password field
};
Html text_field(Exchange& exchange, const FormState& form, const FieldOptions& options);
// Several lines; `rows` high at first.
Html text_area_field(Exchange& exchange, const FormState& form, const FieldOptions& options, int rows = 6);
// A password with a "show" button (works only with scripts; without, the button is not shown). Never keeps its value.
Html password_field(Exchange& exchange, const FormState& form, const FieldOptions& options);
// Three fields NAME_day, NAME_month, NAME_year in a fieldset; the message for NAME stands on all three.
Html date_field(Exchange& exchange, const FormState& form, std::string_view name, std::string_view label,
                std::string_view hint, std::string_view autocomplete_prefix);
struct Choice {
  std::string value, label;
  std::string hint{};  // radio buttons only
};
Html select_field(Exchange& exchange, const FormState& form, const FieldOptions& options,
                  const std::vector<Choice>& choices);
Html radio_field(Exchange& exchange, const FormState& form, const FieldOptions& options,
                 const std::vector<Choice>& choices);
Html check_field(Exchange& exchange, const FormState& form, const FieldOptions& options);  // sends "yes", or nothing
// At the top of a form after a refusal: takes the focus, links to each field.
Html error_summary(Exchange& exchange, const FormState& form);
// <form method="post"> with the CSRF field; `inside` holds the fields and the button.
Html post_form(Exchange& exchange, const Url& action, const Html& inside, std::string_view class_name = "form");
Html primary_button(std::string_view label);
Html secondary_button(std::string_view label, std::string_view name = {}, std::string_view value = {});
Html link(const Url& to, std::string_view label);
// A link that looks like a button: for the one thing that a page leads to by GET.
Html button_link(const Url& to, std::string_view label, bool is_primary = true);
// Buttons and links side by side, stacked on phones; the first is the main one.
Html button_row(const Html& inside);

// --- Texts and boxes ---

// The page's h1 and, below it, what it is about in a sentence or two.
Html page_heading(std::string_view title, std::string_view lead = {});
// The h1 of one step of several: "Step 3 of 6" and the path above it.
Html step_heading(Exchange& exchange, int step, int steps, std::string_view title, std::string_view lead = {});
Html paragraph(std::string_view text);
Html quiet(std::string_view text);  // less important, smaller
// A receipt number or code within a text: fixed-width, never turned around on right-to-left pages, not translated.
Html code_text(std::string_view text);
// An address, a phone number, a person's name: keeps its own direction inside whatever stands around it.
Html isolated(std::string_view text);
// A section with an h2; `id` makes an anchor of it.
Html section(std::string_view heading, const Html& inside, std::string_view id = {});
// A section in a box of its own.
Html card(std::string_view heading, const Html& inside, std::string_view id = {});
// What is asked of the person: "Needs you" in words above the heading; `inside` holds the date and the way to do it.
Html needs_you_card(Exchange& exchange, std::string_view heading, const Html& inside);
// Two columns from 900 px on (in wide pages), one below the other on phones.
Html columns(const Html& main, const Html& aside);
// Nothing here yet: what would stand here, and the way to it.
Html empty_state(std::string_view heading, const Html& inside);
// Something was done: its heading (an h1), and a reference to keep when there is one.
Html confirm_panel(std::string_view heading, std::string_view reference_label, std::string_view reference,
                   const Html& inside);
// Behind a summary line that opens: "Why this date?"
Html explanation(std::string_view summary, const Html& inside);

// --- Lists ---

struct Fact {
  std::string label;
  Html value;
  Html action{};  // "Change", at the end of the row
};
Html fact_list(const std::vector<Fact>& facts);
struct StackedItem {
  Html title;     // usually a link
  Html detail{};  // below it
  Html aside{};   // at the end: a tag, a button
};
Html stacked_list(const std::vector<StackedItem>& items);
// Dated things, newest first.
struct TimelineEntry {
  std::string when;              // in words
  std::string machine_when;      // ISO 8601
  std::string title, text, who;  // text and who may be empty
};
Html timeline(const std::vector<TimelineEntry>& entries);
// The first column heads its row. On phones each row becomes a small list with the headings beside the cells.
Html table(std::string_view caption, const std::vector<std::string>& headings,
           const std::vector<std::vector<Html>>& rows);

// --- What scripts help with; each button is hidden where they don't run ---

// Copies the text of the element with this id.
Html copy_button(Exchange& exchange, std::string_view id);
Html print_button(Exchange& exchange);
// Codes in a grid to read, copy, print, and download from `download` (a text file that the feature serves).
Html backup_code_grid(Exchange& exchange, const std::vector<std::string>& codes, const Url& download);
// A secret or code to read and copy, in fixed-width letters.
Html copyable(Exchange& exchange, std::string_view id, std::string_view text);

// --- Other parts ---

enum class NoteKind { information, done, needs_you, stop };
// A box with a shape, a heading word and a text: colour never speaks alone.
Html note(NoteKind kind, std::string_view heading, const Html& inside);
// What was just done, at the top of the next page.
Html flash(NoteKind kind, std::string_view text);
// A word or two in a pill with a shape: a state.
Html tag(NoteKind kind, std::string_view words);

// The path: the product's one motif.
enum class MarkState { done, present, ahead, returned };  // returned: the case went back to it and stands there now
// Large: an ordered list, each mark with its title and explanation; aria-current="step" on the present one.
struct PathStep {
  std::string title, explanation, when;
  MarkState state = MarkState::ahead;
  std::string state_words;  // "Done", "Now", "Went back here on 3 March 2026"
};
Html path_large(Exchange& exchange, const std::vector<PathStep>& steps);

// Leaves at once for the brand's neutral page; with scripts this page is no longer behind "back", and pressing Escape
// three times does the same. For pages that somebody else in the room should not see.
Html quick_exit(Exchange& exchange);

// Brand texts (privacy, contact …): paragraphs parted by blank lines, "## " headings, "- " items; everything escaped.
Html prose(std::string_view text);

}  // namespace waymark::web
