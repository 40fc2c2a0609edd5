#include "platform/log.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cmath>

#include "platform/clock.hpp"

namespace waymark {
namespace {

std::string_view level_name(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      return "error";
  }
  return "error";
}

spdlog::level::level_enum to_spdlog(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warning:
      return spdlog::level::warn;
    case LogLevel::error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

// Whatever could end a line, drive a terminal or turn the reading order round.
bool must_be_escaped(UChar32 c) {
  return c < 0x20 || c == 0x7F ||
         (U_MASK(u_charType(c)) & (U_GC_CC_MASK | U_GC_CF_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK)) != 0;
}

void append_escape(std::string& out, UChar32 c) {
  if (c <= 0xFFFF) {
    out += fmt::format("\\u{:04x}", c);
  } else {
    out += fmt::format("\\u{:04x}\\u{:04x}", static_cast<unsigned>(U16_LEAD(c)), static_cast<unsigned>(U16_TRAIL(c)));
  }
}

void append_quoted(std::string& out, std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  out += '"';
  for (std::int64_t at = 0; at < size;) {
    const auto start = static_cast<std::size_t>(at);
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c < 0) {
      out += "\\ufffd";
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (must_be_escaped(c)) {
      append_escape(out, c);
    } else {
      out += text.substr(start, static_cast<std::size_t>(at) - start);
    }
  }
  out += '"';
}

struct ValueWriter {
  std::string& out;
  void operator()(std::string_view text) const { append_quoted(out, text); }
  void operator()(std::int64_t number) const { out += fmt::to_string(number); }
  void operator()(double number) const { out += std::isfinite(number) ? fmt::format("{}", number) : "null"; }
  void operator()(bool truth) const { out += truth ? "true" : "false"; }
};

spdlog::logger& logger() {
  static const auto instance = [] {
    auto made = std::make_shared<spdlog::logger>("waymark", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%v");
    made->set_level(spdlog::level::info);
    made->flush_on(spdlog::level::trace);
    return made;
  }();
  return *instance;
}

}  // namespace

std::string to_log_line(Instant at, LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  std::string line = R"({"time":)";
  append_quoted(line, to_iso(at));
  line += R"(,"level":)";
  append_quoted(line, level_name(level));
  line += R"(,"event":)";
  append_quoted(line, event);
  for (const auto& field : fields) {
    line += ',';
    append_quoted(line, field.name);
    line += ':';
    std::visit(ValueWriter{line}, field.value);
  }
  return line + "}";
}

void set_log_level(LogLevel level) { logger().set_level(to_spdlog(level)); }

void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  auto& out = logger();
  if (!out.should_log(to_spdlog(level))) return;
  const auto line = to_log_line(SystemClock{}.now(), level, event, fields);
  out.log(to_spdlog(level), spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace waymark
