// Some of the parts of pages (web/page.hpp), written straight into the page around what `inside` writes there: for
// pages that are long or asked for often. A part made by itself is copied once more at each level.
#pragma once

#include <string_view>

#include "web/exchange.hpp"
#include "web/html.hpp"
#include "web/page.hpp"

namespace waymark::web {

void begin_section(Html& page, Markup class_name, std::string_view heading, std::string_view id);
void begin_needs_you_card(Exchange& exchange, Html& page, std::string_view heading);

template <typename Inside>
void add_section_like(Markup class_name, Html& page, std::string_view heading, std::string_view id, Inside&& inside) {
  begin_section(page, class_name, heading, id);
  inside();
  page("</section>"_html);
}

template <typename Inside>
void add_section(Html& page, std::string_view heading, std::string_view id, Inside&& inside) {
  add_section_like("section"_html, page, heading, id, inside);
}

template <typename Inside>
void add_card(Html& page, std::string_view heading, std::string_view id, Inside&& inside) {
  add_section_like("card"_html, page, heading, id, inside);
}

template <typename Inside>
void add_needs_you_card(Exchange& exchange, Html& page, std::string_view heading, Inside&& inside) {
  begin_needs_you_card(exchange, page, heading);
  inside();
  page("</section>"_html);
}

template <typename Main, typename Aside>
void add_columns(Html& page, Main&& main, Aside&& aside) {
  page("<div class=\"columns\"><div>"_html);
  main();
  page("</div><div>"_html);
  aside();
  page("</div></div>"_html);
}

template <typename Inside>
void add_explanation(Html& page, std::string_view summary, Inside&& inside) {
  page("<details class=\"explanation\"><summary>"_html, summary, "</summary><div>"_html);
  inside();
  page("</div></details>"_html);
}

// A stacked list, from the first row to the end of this object's life.
class StackedRows {
 public:
  explicit StackedRows(Html& page) : page_(page) { page_("<ul class=\"stacked\">"_html); }
  ~StackedRows() { page_("</ul>"_html); }
  StackedRows(const StackedRows&) = delete;
  StackedRows& operator=(const StackedRows&) = delete;

  template <typename Title, typename Detail>
  void add(Title&& title, Detail&& detail) {
    begin(title, detail);
    page_("</li>"_html);
  }
  template <typename Title, typename Detail, typename Aside>
  void add(Title&& title, Detail&& detail, Aside&& aside) {
    begin(title, detail);
    page_("<div class=\"stacked__aside\">"_html);
    aside();
    page_("</div></li>"_html);
  }

 private:
  template <typename Title, typename Detail>
  void begin(Title&& title, Detail&& detail) {
    page_("<li><div class=\"stacked__text\"><div class=\"stacked__title\">"_html);
    title();
    page_("</div>"_html);
    detail();
    page_("</div>"_html);
  }

  Html& page_;
};

void begin_note(Html& page, NoteKind kind, std::string_view heading);
template <typename Inside>
void add_note(Html& page, NoteKind kind, std::string_view heading, Inside&& inside) {
  begin_note(page, kind, heading);
  inside();
  page("</div></div>"_html);
}

// `<form …`, for who has more to say before its ">".
void open_post_form(Html& page, const Url& action, std::string_view class_name);
// With the CSRF field; `inside` writes the fields and the button.
void begin_post_form(Exchange& exchange, Html& page, const Url& action, std::string_view class_name);
template <typename Inside>
void add_post_form(Exchange& exchange, Html& page, const Url& action, std::string_view class_name, Inside&& inside) {
  begin_post_form(exchange, page, action, class_name);
  inside();
  page("</form>"_html);
}

void add_button_link(Html& page, const Url& to, std::string_view label, bool is_primary = true);
void add_code_text(Html& page, std::string_view text);
// The path small: a row of marks with one sentence ("Step 3 of 8 · We asked for evidence"), for cards.
void add_path_small(Html& page, int step, int steps, std::string_view sentence);

}  // namespace waymark::web
