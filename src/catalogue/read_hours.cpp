#include "catalogue/read_hours.hpp"

#include "base/text.hpp"

namespace waymark::catalogue {
namespace {

// "08:30" as minutes after midnight; "24:00" is the day's end.
std::optional<int> read_minutes(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!std::ranges::all_of(text.substr(0, 2), is_digit) || !std::ranges::all_of(text.substr(3), is_digit)) {
    return std::nullopt;
  }
  const auto hour = *parse_integer(text.substr(0, 2));
  const auto minute = *parse_integer(text.substr(3));
  if (minute > 59 || hour > 24 || (hour == 24 && minute > 0)) return std::nullopt;
  return static_cast<int>(hour * 60 + minute);
}

std::optional<OpenSpan> read_span(std::string_view text) {
  const auto parts = split(text, '-');
  if (parts.size() != 2) return std::nullopt;
  const auto opens = read_minutes(parts[0]);
  const auto closes = read_minutes(parts[1]);
  if (!opens || !closes || *opens >= *closes) return std::nullopt;
  return OpenSpan{*opens, *closes};
}

void read_weekdays(JsonObject& brand, OpeningHours& hours) {
  for (const auto& [name, text] : brand.text_map_or_none("opening_hours")) {
    const auto* weekday = std::ranges::find(kWeekdays, name);
    const auto pointer = "opening_hours/" + name;
    if (weekday == std::end(kWeekdays)) {
      brand.problem(pointer, "is no weekday");
    } else if (const auto span = read_span(text)) {
      hours.by_weekday[static_cast<std::size_t>(weekday - std::begin(kWeekdays))] = *span;
    } else {
      brand.problem(pointer, "is not of the form \"08:00-18:00\"");
    }
  }
}

void read_holidays(JsonObject& brand, OpeningHours& hours) {
  if (!brand.has("holidays")) return;
  for (auto& object : brand.objects("holidays")) {
    const auto text = object.text("date");
    const auto day = parse_iso_date(text);
    Holiday holiday{.day = day.value_or(Date{}), .name = object.translated("name")};
    object.refuse_unknown();
    if (!day) {
      object.problem("date", "is no day of the form \"2026-11-26\"");
    } else if (!hours.holidays.empty() && hours.holidays.back().day >= *day) {
      object.problem("date", "does not stand in the order of days");
    } else {
      hours.holidays.push_back(std::move(holiday));
    }
  }
  if (hours.empty()) brand.problem("holidays", "mean nothing without opening_hours");
}

}  // namespace

OpeningHours read_hours(JsonObject& brand) {
  OpeningHours hours;
  read_weekdays(brand, hours);
  read_holidays(brand, hours);
  return hours;
}

}  // namespace waymark::catalogue
