// One JSON object a line on standard error. Values are escaped, so that a line stays a line; nothing personal may be
// logged: routes as patterns, ids as numbers, never addresses, names, codes, tokens or paths.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "base/time.hpp"

namespace waymark {

enum class LogLevel { debug, info, warning, error };

struct LogField {
  std::string_view name;
  std::variant<std::string_view, std::int64_t, double, bool> value;
};

// The line as it is written, without its line feed; control characters, invisible ones and broken UTF-8 are escaped.
std::string to_log_line(Instant at, LogLevel level, std::string_view event, std::initializer_list<LogField> fields);

void set_log_level(LogLevel level);
// `event` is a constant such as "web.started". Safe from several threads.
void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

}  // namespace waymark
