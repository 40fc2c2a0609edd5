#include "catalogue/zones.hpp"

#include <unicode/tztrans.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <unordered_map>

#include "catalogue/icu_text.hpp"
#include "catalogue/words.hpp"

namespace waymark::catalogue {
namespace {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};

// A stretch of time between two changes of a zone's clocks.
struct Stretch {
  Instant from, until;
  std::chrono::milliseconds offset;
};

// A zone, and the stretches that were asked for last: a page asks for a few moments, most of them this season's.
struct OwnZone {
  std::unique_ptr<icu::BasicTimeZone> zone;
  std::array<Stretch, 4> known{};
  std::size_t oldest = 0;
};

OwnZone& own_zone(std::string_view zone) {
  thread_local std::unordered_map<std::string, OwnZone, TextHash, std::equal_to<>> zones;
  if (const auto found = zones.find(zone); found != zones.end()) return found->second;
  if (!is_time_zone(zone)) throw std::runtime_error("unknown time zone");
  // Every named zone of ICU's is a BasicTimeZone (its own documentation of createTimeZone).
  std::unique_ptr<icu::TimeZone> made(icu::TimeZone::createTimeZone(to_icu(zone)));
  auto* basic = dynamic_cast<icu::BasicTimeZone*>(made.get());
  if (basic == nullptr) throw std::runtime_error("time zone without rules");
  static_cast<void>(made.release());
  auto& own = zones[std::string(zone)];
  own.zone.reset(basic);
  return own;
}

Stretch find_stretch(const icu::BasicTimeZone& zone, Instant at) {
  const auto moment = static_cast<UDate>(to_millis(at));
  std::int32_t raw = 0;
  std::int32_t saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone.getOffset(moment, 0, raw, saving, status);
  require_icu(status, "time zone");
  Stretch stretch{Instant::min(), Instant::max(), std::chrono::milliseconds{raw + saving}};
  icu::TimeZoneTransition change;
  const auto time_of = [&change] { return from_millis(static_cast<std::int64_t>(change.getTime())); };
  if (zone.getPreviousTransition(moment, 1, change) != 0) stretch.from = time_of();
  if (zone.getNextTransition(moment, 0, change) != 0) stretch.until = time_of();
  return stretch;
}

std::chrono::milliseconds offset_at(Instant at, std::string_view zone) {
  auto& own = own_zone(zone);
  for (const auto& stretch : own.known) {
    if (at >= stretch.from && at < stretch.until) return stretch.offset;
  }
  auto& stretch = own.known[own.oldest];
  own.oldest = (own.oldest + 1) % own.known.size();
  stretch = find_stretch(*own.zone, at);
  return stretch.offset;
}

}  // namespace

bool is_time_zone(std::string_view zone) {
  if (zone.empty() || zone.size() > 64 || zone == "Etc/Unknown") return false;
  icu::UnicodeString canonical;
  UBool is_system = 0;
  UErrorCode status = U_ZERO_ERROR;
  icu::TimeZone::getCanonicalID(to_icu(zone), canonical, is_system, status);
  return U_SUCCESS(status) && is_system != 0;
}

const icu::BasicTimeZone& zone_named(std::string_view zone) { return *own_zone(zone).zone; }

Instant local_clock(Instant at, std::string_view zone) { return at + offset_at(at, zone); }

Date day_in_zone(Instant at, std::string_view zone) {
  return Date{std::chrono::floor<std::chrono::days>(local_clock(at, zone))};
}

int hour_in_zone(Instant at, std::string_view zone) {
  const Instant local = local_clock(at, zone);
  const auto since_midnight = local - std::chrono::floor<std::chrono::days>(local);
  return static_cast<int>(std::chrono::floor<std::chrono::hours>(since_midnight).count());
}

Instant instant_in_zone(Date day, int hour, int minute, std::string_view zone) {
  const Instant local = Instant{to_days(day)} + std::chrono::hours{hour} + std::chrono::minutes{minute};
  std::int32_t raw = 0;
  std::int32_t saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  // A time that a clock change skips is read by the clock before it, and one that comes twice is its first: the earlier
  // reading never makes a person late.
  zone_named(zone).getOffsetFromLocal(static_cast<UDate>(to_millis(local)), UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER,
                                      raw, saving, status);
  require_icu(status, "time zone");
  return local - std::chrono::milliseconds{raw + saving};
}

}  // namespace waymark::catalogue
