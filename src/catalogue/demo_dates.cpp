#include "catalogue/demo_dates.hpp"

#include <optional>

#include "base/text.hpp"
#include "catalogue/words.hpp"

namespace waymark::catalogue {
namespace {

constexpr std::string_view kMark = "\"today";
constexpr std::int64_t kDaysMax = 36'500;

// "09:40" as hour and minute.
std::optional<std::pair<int, int>> parse_time(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = parse_integer(text.substr(0, 2));
  const auto minute = parse_integer(text.substr(3));
  if (!hour || !minute || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59) return std::nullopt;
  return std::pair(static_cast<int>(*hour), static_cast<int>(*minute));
}

// What follows "today" inside the quotes: "", "-30", "+15T09:40".
std::optional<std::string> substitute(std::string_view offset, Date today, std::string_view zone) {
  const std::size_t time_at = offset.find('T');
  std::string_view days = offset.substr(0, time_at);
  std::int64_t count = 0;
  if (!days.empty()) {
    if (days[0] != '+' && days[0] != '-') return std::nullopt;
    const auto parsed = parse_integer(days.substr(1));
    if (!parsed || *parsed < 0 || *parsed > kDaysMax) return std::nullopt;
    count = days[0] == '-' ? -*parsed : *parsed;
  }
  const Date day = to_date(to_days(today) + std::chrono::days{count});
  if (time_at == std::string_view::npos) return to_iso(day);
  const auto time = parse_time(offset.substr(time_at + 1));
  if (!time) return std::nullopt;
  return to_iso(instant_in_zone(day, time->first, time->second, zone));
}

}  // namespace

std::string with_demo_dates(std::string_view text, Date today, std::string_view zone) {
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0;
  while (true) {
    const std::size_t mark = text.find(kMark, at);
    if (mark == std::string_view::npos) break;
    const std::size_t begin = mark + kMark.size();
    const std::size_t end = text.find('"', begin);
    const std::string_view offset = text.substr(begin, end == std::string_view::npos ? 0 : end - begin);
    // "today is a good day" is a sentence, not an offset.
    const bool is_offset =
        end != std::string_view::npos && (offset.empty() || offset[0] == '+' || offset[0] == '-' || offset[0] == 'T');
    if (!is_offset) {
      out += text.substr(at, begin - at);
      at = begin;
      continue;
    }
    const auto made = substitute(offset, today, zone);
    if (!made) {
      const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(mark), '\n');
      throw DemoDateProblem("line " + std::to_string(line) + ": \"today" + std::string(offset) +
                            "\" is no day or moment");
    }
    out += text.substr(at, mark + 1 - at);
    out += *made;
    at = end;
  }
  return out += text.substr(at);
}

}  // namespace waymark::catalogue
