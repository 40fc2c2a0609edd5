// The table of settings: each declared once, read by config.cpp.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <variant>
#include <vector>

#include "app/config.hpp"

namespace waymark::app {

using Member =
    std::variant<std::string Config::*, std::int64_t Config::*, bool Config::*, std::vector<std::string> Config::*>;

struct Setting {
  std::string_view name;  // "server.port"
  Member member;
  std::string_view unit;
  std::string_view meaning;
  std::int64_t minimum = 0;
  std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
  bool is_secret = false;
};

// In the order of `waymark config --explain`.
const std::vector<Setting>& settings();

}  // namespace waymark::app
