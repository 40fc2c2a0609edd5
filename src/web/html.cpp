#include "web/html.hpp"

#include "base/markup.hpp"

namespace waymark::web {

void Html::add_escaped(std::string_view text) { append_escaped(out_, text); }

}  // namespace waymark::web
