// A button of its own for one row of several, as a list of sessions or helpers has them.
#pragma once

#include <cstdint>
#include <string_view>

#include "web/page.hpp"

namespace waymark::web {

// Posts FIELD=ID to `action`. `name` is the row's, for whoever hears the button alone.
Html row_form(Exchange& exchange, const Url& action, std::string_view field, std::int64_t id, std::string_view label,
              std::string_view name);

}  // namespace waymark::web
