#include "web/marks.hpp"

#include "base/assert.hpp"

namespace waymark::web {

Markup brand_mark() {
  return "<svg class=\"brand__mark\" aria-hidden=\"true\" focusable=\"false\"><symbol id=\"cairn\" "
         "viewBox=\"1 1 22 22\"><path d=\"M2.5 20.2c-.3-3 4-5.1 9.8-5.1 5.6 0 9.6 1.9 9.3 4.8-.1 2-2 3.1-9.5 "
         "3.1s-9.4-.9-9.6-2.8z"
         "M5.6 11.9c-.1-2 2.8-3.6 6.8-3.5 4.1.1 6.6 1.6 6.4 3.6-.2 1.6-1.8 2.4-6.6 2.4-4.9 0-6.5-.9-6.6-2.5z"
         "M7.9 5.4c0-2 1.9-3.6 4.4-3.5 2.6.1 4.2 1.6 4 3.5-.1 1.6-1.3 2.2-4.2 2.2S8 7 7.9 5.4z\"/></symbol><use "
         "href=\"#cairn\"/></svg>"_html;
}

Markup cairn() {
  return "<svg class=\"cairn\" aria-hidden=\"true\" focusable=\"false\"><use "
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
