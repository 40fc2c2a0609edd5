#include "web/marks.hpp"

#include "base/assert.hpp"

namespace waymark::web {

Markup brand_mark() {
  return "<svg class=\"brand__mark\" viewBox=\"0 0 40 40\" width=\"40\" height=\"40\" aria-hidden=\"true\" "
         "focusable=\"false\"><symbol id=\"cairn\" viewBox=\"0 0 24 24\"><ellipse cx=\"12\" cy=\"19\" rx=\"9.5\" "
         "ry=\"4\"/><ellipse cx=\"12.6\" cy=\"11.6\" rx=\"6.4\" ry=\"3\"/><ellipse cx=\"11.6\" cy=\"5.4\" rx=\"3.9\" "
         "ry=\"2.5\"/></symbol><path d=\"M1 34.5h38\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" "
         "stroke-linecap=\"round\"/><use href=\"#cairn\" x=\"6\" y=\"4\" width=\"28\" height=\"28\"/></svg>"_html;
}

Markup cairn() {
  return "<svg class=\"cairn\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\"><use "
         "href=\"#cairn\"/></svg>"_html;
}

Markup returned_shape() {
  return "<svg class=\"cairn\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\"><path d=\"M6 5v5h5M6.5 "
         "10a7 7 0 1 1-1 6\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2.5\" stroke-linecap=\"round\" "
         "stroke-linejoin=\"round\"/></svg>"_html;
}

Markup note_shape(NoteKind kind) {
  switch (kind) {
    case NoteKind::information:
      return "<svg class=\"shape\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\"><circle cx=\"12\" "
             "cy=\"12\" r=\"9.5\"/><path d=\"M12 11v6M12 7.2v.1\"/></svg>"_html;
    case NoteKind::done:
      return "<svg class=\"shape\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\"><circle cx=\"12\" "
             "cy=\"12\" r=\"9.5\"/><path d=\"m7.5 12.4 3.2 3.2 5.8-6.6\"/></svg>"_html;
    case NoteKind::needs_you:
      return "<svg class=\"shape\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\"><path "
             "d=\"M6 22V3h12.5l-3 4.5 3 4.5H6\"/></svg>"_html;
    case NoteKind::stop:
      return "<svg class=\"shape\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\"><path "
             "d=\"M8 2.5h8L21.5 8v8L16 21.5H8L2.5 16V8zM12 7v6M12 16.8v.1\"/></svg>"_html;
  }
  WAYMARK_ASSERT(false);
}

}  // namespace waymark::web
