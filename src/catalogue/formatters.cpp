#include "catalogue/formatters.hpp"

#include <unicode/dtptngen.h>
#include <unicode/listformatter.h>
#include <unicode/measunit.h>
#include <unicode/numberformatter.h>
#include <unicode/reldatefmt.h>
#include <unicode/smpdtfmt.h>
#include <unicode/tznames.h>

#include <array>
#include <atomic>
#include <memory>
#include <unordered_map>

#include "catalogue/icu_text.hpp"
#include "catalogue/zones.hpp"

namespace waymark::catalogue {
namespace {

std::atomic<std::uint64_t> last_cache_id{0};

constexpr int kRelativeDaysMax = 30;

using NumberFormat = icu::number::LocalizedNumberFormatter;

constexpr std::size_t kDurationsKept = 512;

// What one thread keeps for one language.
struct OwnFormatters {
  std::map<std::string, std::unique_ptr<icu::SimpleDateFormat>, std::less<>> dates;
  std::array<std::string, 2 * kRelativeDaysMax + 1> relative_days;
  std::map<std::string, NumberFormat, std::less<>> measures;  // by unit
  std::optional<NumberFormat> number;
  std::unique_ptr<icu::ListFormatter> list;
  std::map<std::string, std::string, std::less<>> zone_places;
  std::unordered_map<std::int64_t, std::string> durations;  // by seconds; most are limits, said over and over
};

OwnFormatters& own(std::uint64_t cache_id) {
  thread_local std::unordered_map<std::uint64_t, OwnFormatters> all;
  return all[cache_id];
}

std::string format_by_icu(OwnFormatters& formatters, const icu::Locale& locale, const std::string& pattern,
                          Instant local) {
  auto& format = formatters.dates[pattern];
  if (!format) {
    UErrorCode status = U_ZERO_ERROR;
    format = std::make_unique<icu::SimpleDateFormat>(to_icu(pattern), locale, status);
    require_icu(status, "date format");
    format->adoptTimeZone(icu::TimeZone::getGMT()->clone());
  }
  icu::UnicodeString out;
  format->format(static_cast<UDate>(to_millis(local)), out);
  return to_utf8(out);
}

std::string to_text(const icu::number::FormattedNumber& formatted) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString out = formatted.toString(status);
  require_icu(status, "number");
  return to_utf8(out);
}

std::string format_measure(OwnFormatters& formatters, const icu::Locale& locale, std::int64_t count,
                           const icu::MeasureUnit& unit) {
  auto found = formatters.measures.find(unit.getIdentifier());
  if (found == formatters.measures.end()) {
    auto format = icu::number::NumberFormatter::withLocale(locale).unit(unit).unitWidth(UNUM_UNIT_WIDTH_FULL_NAME);
    found = formatters.measures.emplace(unit.getIdentifier(), std::move(format)).first;
  }
  UErrorCode status = U_ZERO_ERROR;
  return to_text(found->second.formatInt(count, status));
}

std::string make_relative_day(const icu::Locale& locale, std::int64_t days) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::RelativeDateTimeFormatter format(locale, status);
  icu::UnicodeString out;
  if (std::abs(days) > 1) {
    const auto direction = days > 0 ? UDAT_DIRECTION_NEXT : UDAT_DIRECTION_LAST;
    format.format(static_cast<double>(std::abs(days)), direction, UDAT_RELATIVE_DAYS, out, status);
  } else {
    const auto direction = days == 0 ? UDAT_DIRECTION_THIS : days > 0 ? UDAT_DIRECTION_NEXT : UDAT_DIRECTION_LAST;
    format.format(direction, UDAT_ABSOLUTE_DAY, out, status);
  }
  require_icu(status, "relative day");
  return to_utf8(out);
}

}  // namespace

DatePatterns usual_patterns(const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::DateTimePatternGenerator> generator(
      icu::DateTimePatternGenerator::createInstance(locale, status));
  require_icu(status, "date patterns");
  const auto best = [&](const char* skeleton) { return to_utf8(generator->getBestPattern(to_icu(skeleton), status)); };
  DatePatterns patterns{best("EEEEdMMMMy"), best("dMMMy"), best("jmm"), best("EEEdMMMjmm")};
  require_icu(status, "date patterns");
  return patterns;
}

Formatters::Formatters(const icu::Locale& locale, DatePatterns patterns)
    : locale_(locale), names_(date_names(locale)), cache_id_(++last_cache_id) {
  const auto parsed = [](std::string text) {
    auto fast = DatePattern::parse(text);
    return Pattern{std::move(text), std::move(fast)};
  };
  long_date_ = parsed(std::move(patterns.long_date));
  short_date_ = parsed(std::move(patterns.short_date));
  time_ = parsed(std::move(patterns.time));
  short_date_time_ = parsed(std::move(patterns.short_date_time));
}

std::string Formatters::format_date(const Pattern& pattern, Instant local) const {
  if (pattern.fast) return pattern.fast->format(names_, local);
  return format_by_icu(own(cache_id_), locale_, pattern.text, local);
}

std::string Formatters::long_date(Date date) const { return format_date(long_date_, Instant{to_days(date)}); }

std::string Formatters::short_date(Date date) const { return format_date(short_date_, Instant{to_days(date)}); }

std::string Formatters::long_date(Instant at, std::string_view zone) const {
  return format_date(long_date_, local_clock(at, zone));
}

std::string Formatters::time(Instant at, std::string_view zone) const {
  return format_date(time_, local_clock(at, zone));
}

std::string Formatters::short_date_time(Instant at, std::string_view zone) const {
  return format_date(short_date_time_, local_clock(at, zone));
}

std::string Formatters::zone_place(std::string_view zone) const {
  auto& places = own(cache_id_).zone_places;
  if (const auto found = places.find(zone); found != places.end()) return found->second;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::TimeZoneNames> names(icu::TimeZoneNames::createInstance(locale_, status));
  require_icu(status, "time zone names");
  icu::UnicodeString city;
  names->getExemplarLocationName(to_icu(zone), city);
  std::string place = to_utf8(city);
  if (place.empty()) place = zone.starts_with("Etc/") ? zone.substr(4) : zone;
  return places.emplace(std::string(zone), std::move(place)).first->second;
}

std::string Formatters::relative_day(Date day, Date today) const {
  const std::int64_t days = (to_days(day) - to_days(today)).count();
  if (std::abs(days) > kRelativeDaysMax) return short_date(day);
  std::string& text = own(cache_id_).relative_days.at(static_cast<std::size_t>(days + kRelativeDaysMax));
  if (text.empty()) text = make_relative_day(locale_, days);
  return text;
}

std::string Formatters::duration(std::chrono::seconds time) const {
  auto& known = own(cache_id_).durations;
  if (const auto found = known.find(time.count()); found != known.end()) return found->second;
  auto text = make_duration(time);
  if (known.size() < kDurationsKept) known.emplace(time.count(), text);
  return text;
}

// The two largest units; minutes are rounded up, so that "try again in …" is never too early.
std::string Formatters::make_duration(std::chrono::seconds time) const {
  constexpr std::int64_t kMinute = 60;
  constexpr std::int64_t kHour = 60 * kMinute;
  constexpr std::int64_t kDay = 24 * kHour;
  const auto one = [this](std::int64_t count, const icu::MeasureUnit& unit) {
    return format_measure(own(cache_id_), locale_, count, unit);
  };
  const auto two = [&](std::int64_t large, const icu::MeasureUnit& large_unit, std::int64_t small,
                       const icu::MeasureUnit& small_unit) {
    return one(large, large_unit) + (small > 0 ? " " + one(small, small_unit) : "");
  };
  using Unit = icu::MeasureUnit;
  std::int64_t seconds = std::max<std::int64_t>(0, time.count());
  if (seconds < kMinute) return one(seconds, Unit::getSecond());
  seconds = (seconds + kMinute - 1) / kMinute * kMinute;
  if (seconds < kHour) return one(seconds / kMinute, Unit::getMinute());
  if (seconds < kDay) return two(seconds / kHour, Unit::getHour(), seconds % kHour / kMinute, Unit::getMinute());
  return two(seconds / kDay, Unit::getDay(), seconds % kDay / kHour, Unit::getHour());
}

std::string Formatters::number(std::int64_t value) const {
  constexpr std::int64_t kGroupedFrom = 1000;
  if (value > -kGroupedFrom && value < kGroupedFrom) return std::to_string(value);
  auto& format = own(cache_id_).number;
  if (!format) format = icu::number::NumberFormatter::withLocale(locale_);
  UErrorCode status = U_ZERO_ERROR;
  return to_text(format->formatInt(value, status));
}

std::string Formatters::list(std::span<const std::string> items) const {
  auto& format = own(cache_id_).list;
  UErrorCode status = U_ZERO_ERROR;
  if (!format) format.reset(icu::ListFormatter::createInstance(locale_, status));
  std::vector<icu::UnicodeString> parts;
  for (const std::string& item : items) parts.push_back(to_icu(item));
  icu::UnicodeString out;
  format->format(parts.data(), static_cast<std::int32_t>(parts.size()), out, status);
  require_icu(status, "list");
  return to_utf8(out);
}

}  // namespace waymark::catalogue
