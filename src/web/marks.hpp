// The drawings that pages carry in themselves: the product's mark and the small shapes that stand beside words.
#pragma once

#include "web/html.hpp"
#include "web/page.hpp"

namespace waymark::web {

// The mark of the header; it also defines the shape "#cairn", which the paths on the page use.
Markup brand_mark();
// The present mark of a path; only on pages made by render_page, which defines the shape.
Markup cairn();
// A shape for each kind of note, so that colour never speaks alone.
Markup note_shape(NoteKind kind);
// A loop back: the case returned to this step.
Markup returned_shape();

}  // namespace waymark::web
