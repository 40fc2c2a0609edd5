// A JSON object that names a field twice says two things: the parser would keep the last in silence, so it is refused.
#pragma once

#include <string_view>

namespace waymark::feed {

// The line is JSON already parsed once. Throws FieldProblem (bad_value) at the doubled field.
void refuse_doubled_fields(std::string_view json);

}  // namespace waymark::feed
