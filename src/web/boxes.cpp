// Headings, texts, notes and boxes.
#include "web/marks.hpp"
#include "web/page.hpp"

namespace waymark::web {
namespace {

std::string_view name_of(NoteKind kind) {
  switch (kind) {
    case NoteKind::information:
      return "information";
    case NoteKind::done:
      return "done";
    case NoteKind::needs_you:
      return "needs-you";
    case NoteKind::stop:
      return "stop";
  }
  return {};
}

void open_section(Html& html, Markup class_name, std::string_view heading, std::string_view id) {
  html("<section class=\""_html, class_name, "\""_html);
  if (!id.empty()) html(" id=\""_html, id, "\""_html);
  html("><h2>"_html, heading, "</h2>"_html);
}

}  // namespace

Html page_heading(std::string_view title, std::string_view lead) {
  Html html;
  html("<h1>"_html, title, "</h1>"_html);
  if (!lead.empty()) html("<p class=\"lead\">"_html, lead, "</p>"_html);
  return html;
}

Html paragraph(std::string_view text) { return Html{}("<p>"_html, text, "</p>"_html); }

Html quiet(std::string_view text) { return Html{}("<p class=\"quiet\">"_html, text, "</p>"_html); }

Html code_text(std::string_view text) {
  return Html{}("<span class=\"code\" dir=\"ltr\" translate=\"no\">"_html, text, "</span>"_html);
}

Html isolated(std::string_view text) { return Html{}("<bdi>"_html, text, "</bdi>"_html); }

Html section(std::string_view heading, const Html& inside, std::string_view id) {
  Html html;
  open_section(html, "section"_html, heading, id);
  html(inside, "</section>"_html);
  return html;
}

Html card(std::string_view heading, const Html& inside, std::string_view id) {
  Html html;
  open_section(html, "card"_html, heading, id);
  html(inside, "</section>"_html);
  return html;
}

Html needs_you_card(Exchange& exchange, std::string_view heading, const Html& inside) {
  Html html;
  html("<section class=\"card card--needs-you\"><p class=\"card__kind\">"_html, note_shape(NoteKind::needs_you),
       exchange.words().text("web.card.needs_you"), "</p><h2>"_html, heading, "</h2>"_html, inside, "</section>"_html);
  return html;
}

Html columns(const Html& main, const Html& aside) {
  return Html{}("<div class=\"columns\"><div>"_html, main, "</div><div>"_html, aside, "</div></div>"_html);
}

Html empty_state(std::string_view heading, const Html& inside) {
  Html html;
  html("<section class=\"empty\"><span class=\"marks\" aria-hidden=\"true\"><i class=\"at\">"_html, cairn(),
       "</i><i class=\"to\"></i><i class=\"to\"></i><i class=\"to\"></i></span><h2>"_html, heading, "</h2>"_html,
       inside, "</section>"_html);
  return html;
}

Html confirm_panel(std::string_view heading, std::string_view reference_label, std::string_view reference,
                   const Html& inside) {
  Html html;
  html("<div class=\"confirm\">"_html, note_shape(NoteKind::done), "<h1>"_html, heading, "</h1>"_html);
  if (!reference.empty()) {
    html("<p>"_html, reference_label, "<br><strong>"_html, code_text(reference), "</strong></p>"_html);
  }
  html(inside, "</div>"_html);
  return html;
}

Html explanation(std::string_view summary, const Html& inside) {
  return Html{}("<details class=\"explanation\"><summary>"_html, summary, "</summary><div>"_html, inside,
                "</div></details>"_html);
}

Html note(NoteKind kind, std::string_view heading, const Html& inside) {
  Html html;
  html("<div class=\"note note--"_html, name_of(kind), "\">"_html, note_shape(kind),
       "<div><p class=\"note__heading\">"_html, heading, "</p>"_html, inside, "</div></div>"_html);
  return html;
}

Html flash(NoteKind kind, std::string_view text) {
  Html html;
  html("<div class=\"note note--"_html, name_of(kind), " flash\" role=\"status\">"_html, note_shape(kind),
       "<div><p class=\"note__heading\">"_html, text, "</p></div></div>"_html);
  return html;
}

Html tag(NoteKind kind, std::string_view words) {
  return Html{}("<span class=\"tag tag--"_html, name_of(kind), "\">"_html, note_shape(kind), words, "</span>"_html);
}

}  // namespace waymark::web
