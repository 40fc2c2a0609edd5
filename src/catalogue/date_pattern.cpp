#include "catalogue/date_pattern.hpp"

#include <unicode/dtfmtsym.h>

#include "catalogue/icu_text.hpp"

namespace waymark::catalogue {
namespace {

std::vector<std::string> names_of(const icu::UnicodeString* names, std::int32_t from, std::int32_t count) {
  std::vector<std::string> out;
  for (std::int32_t i = from; i < count; ++i) out.push_back(to_utf8(names[i]));
  return out;
}

void append(std::string& out, unsigned value, bool is_padded) {
  if (is_padded && value < 10) out += '0';
  out += std::to_string(value);
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Quoted text from the quote at `at` on, which is moved behind its end; two quotes are one.
std::string take_quoted(std::string_view pattern, std::size_t& at) {
  if (pattern.substr(at).starts_with("''")) {
    at += 2;
    return "'";
  }
  std::string out;
  for (++at; at < pattern.size(); ++at) {
    if (pattern[at] == '\'' && !pattern.substr(at).starts_with("''")) break;
    if (pattern[at] == '\'') ++at;
    out += pattern[at];
  }
  ++at;
  return out;
}

}  // namespace

DateNames date_names(const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::DateFormatSymbols symbols(locale, status);
  require_icu(status, "names of days and months");
  using Symbols = icu::DateFormatSymbols;
  std::int32_t count = 0;
  DateNames names;
  const auto* months = symbols.getMonths(count, Symbols::FORMAT, Symbols::WIDE);
  names.months = names_of(months, 0, std::min(count, 12));
  months = symbols.getMonths(count, Symbols::FORMAT, Symbols::ABBREVIATED);
  names.short_months = names_of(months, 0, std::min(count, 12));
  // ICU counts weekdays from 1, Sunday, and leaves 0 empty.
  const auto* weekdays = symbols.getWeekdays(count, Symbols::FORMAT, Symbols::WIDE);
  names.weekdays = names_of(weekdays, 1, count);
  weekdays = symbols.getWeekdays(count, Symbols::FORMAT, Symbols::ABBREVIATED);
  names.short_weekdays = names_of(weekdays, 1, count);
  const auto* halves = symbols.getAmPmStrings(count);
  names.day_halves = names_of(halves, 0, count);
  return names;
}

std::optional<DatePattern::Field> DatePattern::field_of(char letter, std::size_t count) {
  const bool is_two = count == 2;
  switch (letter) {
    case 'y':
      return count == 1 || count == 4 ? std::optional(Field::year) : std::nullopt;
    case 'M':
      if (count > 4) return std::nullopt;
      return count == 4   ? Field::month_name
             : count == 3 ? Field::month_short
             : is_two     ? Field::month_padded
                          : Field::month;
    case 'E':
      return count > 4 ? std::nullopt : std::optional(count == 4 ? Field::weekday_name : Field::weekday_short);
    case 'a':
      return count > 3 ? std::nullopt : std::optional(Field::day_half);
    default:
      break;
  }
  if (count > 2) return std::nullopt;
  switch (letter) {
    case 'd':
      return is_two ? Field::day_padded : Field::day;
    case 'H':
      return is_two ? Field::hour_padded : Field::hour;
    case 'h':
      return is_two ? Field::half_hour_padded : Field::half_hour;
    case 'm':
      return is_two ? Field::minute_padded : Field::minute;
    default:
      return std::nullopt;
  }
}

std::optional<DatePattern> DatePattern::parse(std::string_view pattern) {
  DatePattern parsed;
  std::string literal;
  std::size_t at = 0;
  const auto end_literal = [&] {
    if (!literal.empty()) parsed.pieces_.push_back({Field::literal, literal});
    literal.clear();
  };
  while (at < pattern.size()) {
    const char c = pattern[at];
    if (c == '\'') {
      literal += take_quoted(pattern, at);
    } else if (!is_letter(c)) {
      literal += c;
      ++at;
    } else {
      std::size_t count = 1;
      while (at + count < pattern.size() && pattern[at + count] == c) ++count;
      const auto field = field_of(c, count);
      if (!field) return std::nullopt;
      end_literal();
      parsed.pieces_.push_back({*field, {}});
      at += count;
    }
  }
  end_literal();
  return parsed;
}

std::string DatePattern::format(const DateNames& names, Instant local) const {
  const auto days = std::chrono::floor<std::chrono::days>(local);
  const Date date{days};
  const std::chrono::hh_mm_ss clock{local - days};
  const auto month = static_cast<unsigned>(date.month());
  const auto hour = static_cast<unsigned>(clock.hours().count());
  const unsigned half_hour = hour % 12 == 0 ? 12 : hour % 12;
  const auto minute = static_cast<unsigned>(clock.minutes().count());
  const unsigned weekday = std::chrono::weekday{days}.c_encoding();
  constexpr std::size_t kUsualSize = 40;
  std::string out;
  out.reserve(kUsualSize);
  for (const Piece& piece : pieces_) {
    switch (piece.field) {
      case Field::literal:
        out += piece.literal;
        break;
      case Field::year:
        out += std::to_string(static_cast<int>(date.year()));
        break;
      case Field::month:
      case Field::month_padded:
        append(out, month, piece.field == Field::month_padded);
        break;
      case Field::month_short:
        out += names.short_months.at(month - 1);
        break;
      case Field::month_name:
        out += names.months.at(month - 1);
        break;
      case Field::day:
      case Field::day_padded:
        append(out, static_cast<unsigned>(date.day()), piece.field == Field::day_padded);
        break;
      case Field::weekday_short:
        out += names.short_weekdays.at(weekday);
        break;
      case Field::weekday_name:
        out += names.weekdays.at(weekday);
        break;
      case Field::hour:
      case Field::hour_padded:
        append(out, hour, piece.field == Field::hour_padded);
        break;
      case Field::half_hour:
      case Field::half_hour_padded:
        append(out, half_hour, piece.field == Field::half_hour_padded);
        break;
      case Field::minute:
      case Field::minute_padded:
        append(out, minute, piece.field == Field::minute_padded);
        break;
      case Field::day_half:
        out += names.day_halves.at(hour < 12 ? 0 : 1);
        break;
    }
  }
  return out;
}

}  // namespace waymark::catalogue
