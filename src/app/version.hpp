#pragma once

#include <string_view>

namespace waymark::app {

// The version that CMake's project() names.
inline constexpr std::string_view kVersion = WAYMARK_VERSION;

}  // namespace waymark::app
