#include "catalogue/formatters.hpp"

#include <unicode/dtptngen.h>
#include <unicode/listformatter.h>
#include <unicode/measfmt.h>
#include <unicode/measunit.h>
#include <unicode/numberformatter.h>
#include <unicode/reldatefmt.h>
#include <unicode/smpdtfmt.h>
#include <unicode/tznames.h>

#include <atomic>
#include <memory>
#include <unordered_map>

#include "catalogue/icu_text.hpp"
#include "catalogue/zones.hpp"

namespace waymark::catalogue {
namespace {

std::atomic<std::uint64_t> last_cache_id{0};

// What one thread keeps for one language.
struct OwnFormatters {
  std::map<std::pair<std::string, std::string>, std::unique_ptr<icu::SimpleDateFormat>, std::less<>> dates;
  std::unique_ptr<icu::RelativeDateTimeFormatter> relative;
  std::unique_ptr<icu::MeasureFormat> measure;
  std::unique_ptr<icu::ListFormatter> list;
  std::unique_ptr<icu::TimeZoneNames> zones;
};

OwnFormatters& own(std::uint64_t cache_id) {
  thread_local std::unordered_map<std::uint64_t, OwnFormatters> all;
  return all[cache_id];
}

std::string format_date(OwnFormatters& formatters, const icu::Locale& locale, const std::string& pattern,
                        std::string_view zone, Instant at) {
  auto& format = formatters.dates[std::pair(pattern, std::string(zone))];
  if (!format) {
    UErrorCode status = U_ZERO_ERROR;
    format = std::make_unique<icu::SimpleDateFormat>(to_icu(pattern), locale, status);
    require_icu(status, "date format");
    format->setTimeZone(zone_named(zone));
  }
  icu::UnicodeString out;
  format->format(static_cast<UDate>(to_millis(at)), out);
  return to_utf8(out);
}

std::string format_measure(OwnFormatters& formatters, const icu::Locale& locale, std::int64_t count,
                           icu::MeasureUnit* unit) {
  UErrorCode status = U_ZERO_ERROR;
  if (!formatters.measure) {
    formatters.measure = std::make_unique<icu::MeasureFormat>(locale, UMEASFMT_WIDTH_WIDE, status);
  }
  const icu::Measure measure(icu::Formattable(count), unit, status);
  icu::UnicodeString out;
  icu::FieldPosition nowhere(icu::FieldPosition::DONT_CARE);
  formatters.measure->formatMeasures(&measure, 1, out, nowhere, status);
  require_icu(status, "length of time");
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
    : locale_(locale), patterns_(std::move(patterns)), cache_id_(++last_cache_id) {}

std::string Formatters::long_date(Date date) const {
  return format_date(own(cache_id_), locale_, patterns_.long_date, "Etc/UTC", Instant{to_days(date)});
}

std::string Formatters::short_date(Date date) const {
  return format_date(own(cache_id_), locale_, patterns_.short_date, "Etc/UTC", Instant{to_days(date)});
}

std::string Formatters::long_date(Instant at, std::string_view zone) const {
  return format_date(own(cache_id_), locale_, patterns_.long_date, zone, at);
}

std::string Formatters::time(Instant at, std::string_view zone) const {
  return format_date(own(cache_id_), locale_, patterns_.time, zone, at);
}

std::string Formatters::short_date_time(Instant at, std::string_view zone) const {
  return format_date(own(cache_id_), locale_, patterns_.short_date_time, zone, at);
}

std::string Formatters::zone_place(std::string_view zone) const {
  auto& names = own(cache_id_).zones;
  if (!names) {
    UErrorCode status = U_ZERO_ERROR;
    names.reset(icu::TimeZoneNames::createInstance(locale_, status));
    require_icu(status, "time zone names");
  }
  icu::UnicodeString place;
  names->getExemplarLocationName(to_icu(zone), place);
  if (!place.isEmpty()) return to_utf8(place);
  return zone.starts_with("Etc/") ? std::string(zone.substr(4)) : std::string(zone);
}

std::string Formatters::relative_day(Date day, Date today) const {
  const auto days = (to_days(day) - to_days(today)).count();
  constexpr int kDaysMax = 30;
  if (std::abs(days) > kDaysMax) return short_date(day);
  auto& format = own(cache_id_).relative;
  UErrorCode status = U_ZERO_ERROR;
  if (!format) format = std::make_unique<icu::RelativeDateTimeFormatter>(locale_, status);
  icu::UnicodeString out;
  if (std::abs(days) > 1) {
    const auto direction = days > 0 ? UDAT_DIRECTION_NEXT : UDAT_DIRECTION_LAST;
    format->format(static_cast<double>(std::abs(days)), direction, UDAT_RELATIVE_DAYS, out, status);
  } else {
    const auto direction = days == 0 ? UDAT_DIRECTION_THIS : days > 0 ? UDAT_DIRECTION_NEXT : UDAT_DIRECTION_LAST;
    format->format(direction, UDAT_ABSOLUTE_DAY, out, status);
  }
  require_icu(status, "relative day");
  return to_utf8(out);
}

// The two largest units; minutes are rounded up, so that "try again in …" is never too early.
std::string Formatters::duration(std::chrono::seconds time) const {
  constexpr std::int64_t kMinute = 60;
  constexpr std::int64_t kHour = 60 * kMinute;
  constexpr std::int64_t kDay = 24 * kHour;
  auto& formatters = own(cache_id_);
  UErrorCode status = U_ZERO_ERROR;
  const auto both = [&](std::int64_t large, icu::MeasureUnit* large_unit, std::int64_t small,
                        icu::MeasureUnit* small_unit) {
    const std::unique_ptr<icu::MeasureUnit> unused(small > 0 ? nullptr : small_unit);
    std::string out = format_measure(formatters, locale_, large, large_unit);
    if (small > 0) out += " " + format_measure(formatters, locale_, small, small_unit);
    return out;
  };
  std::int64_t seconds = std::max<std::int64_t>(0, time.count());
  if (seconds < kMinute) {
    return format_measure(formatters, locale_, seconds, icu::MeasureUnit::createSecond(status));
  }
  seconds = (seconds + kMinute - 1) / kMinute * kMinute;
  if (seconds < kHour) {
    return format_measure(formatters, locale_, seconds / kMinute, icu::MeasureUnit::createMinute(status));
  }
  if (seconds < kDay) {
    return both(seconds / kHour, icu::MeasureUnit::createHour(status), seconds % kHour / kMinute,
                icu::MeasureUnit::createMinute(status));
  }
  return both(seconds / kDay, icu::MeasureUnit::createDay(status), seconds % kDay / kHour,
              icu::MeasureUnit::createHour(status));
}

std::string Formatters::number(std::int64_t value) const {
  constexpr std::int64_t kGroupedFrom = 1000;
  if (value > -kGroupedFrom && value < kGroupedFrom) return std::to_string(value);
  UErrorCode status = U_ZERO_ERROR;
  const auto formatted = icu::number::NumberFormatter::withLocale(locale_).formatInt(value, status);
  const icu::UnicodeString out = formatted.toString(status);
  require_icu(status, "number");
  return to_utf8(out);
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
