// Headings, texts, notes and boxes.
#include "web/marks.hpp"
#include "web/page.hpp"
#include "web/page_writing.hpp"

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

}  // namespace

void begin_section(Html& page, Markup class_name, std::string_view heading, std::string_view id) {
  page("<section class=\""_html, class_name, "\""_html);
  if (!id.empty()) page(" id=\""_html, id, "\""_html);
  page("><h2>"_html, heading, "</h2>"_html);
}

void begin_needs_you_card(Exchange& exchange, Html& page, std::string_view heading) {
  page("<section class=\"card card--needs-you\"><p class=\"card__kind\">"_html, note_shape(NoteKind::needs_you),
       exchange.words().text("web.card.needs_you"), "</p><h2>"_html, heading, "</h2>"_html);
}

Html page_heading(std::string_view title, std::string_view lead) {
  Html html;
  html("<h1>"_html, title, "</h1>"_html);
  if (!lead.empty()) html("<p class=\"lead\">"_html, lead, "</p>"_html);
  return html;
}

Html paragraph(std::string_view text) { return Html{}("<p>"_html, text, "</p>"_html); }

Html quiet(std::string_view text) { return Html{}("<p class=\"quiet\">"_html, text, "</p>"_html); }

void add_code_text(Html& page, std::string_view text) {
  page("<span class=\"code\" dir=\"ltr\" translate=\"no\">"_html, text, "</span>"_html);
}

Html code_text(std::string_view text) {
  Html html;
  add_code_text(html, text);
  return html;
}

Html isolated(std::string_view text) { return Html{}("<bdi>"_html, text, "</bdi>"_html); }

Html section(std::string_view heading, const Html& inside, std::string_view id) {
  Html html;
  add_section(html, heading, id, [&] { html(inside); });
  return html;
}

Html card(std::string_view heading, const Html& inside, std::string_view id) {
  Html html;
  add_card(html, heading, id, [&] { html(inside); });
  return html;
}

Html needs_you_card(Exchange& exchange, std::string_view heading, const Html& inside) {
  Html html;
  add_needs_you_card(exchange, html, heading, [&] { html(inside); });
  return html;
}

Html columns(const Html& main, const Html& aside) {
  Html html;
  add_columns(html, [&] { html(main); }, [&] { html(aside); });
  return html;
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
  Html html;
  add_explanation(html, summary, [&] { html(inside); });
  return html;
}

void begin_note(Html& page, NoteKind kind, std::string_view heading) {
  page("<div class=\"note note--"_html, name_of(kind), "\">"_html, note_shape(kind),
       "<div><p class=\"note__heading\">"_html, heading, "</p>"_html);
}

Html note(NoteKind kind, std::string_view heading, const Html& inside) {
  Html html;
  add_note(html, kind, heading, [&] { html(inside); });
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
