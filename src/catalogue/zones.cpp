#include "catalogue/zones.hpp"

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

std::chrono::milliseconds offset_at(Instant at, std::string_view zone) {
  std::int32_t raw = 0;
  std::int32_t saving = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone_named(zone).getOffset(static_cast<UDate>(to_millis(at)), 0, raw, saving, status);
  require_icu(status, "time zone");
  return std::chrono::milliseconds{raw + saving};
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

const icu::BasicTimeZone& zone_named(std::string_view zone) {
  thread_local std::unordered_map<std::string, std::unique_ptr<icu::BasicTimeZone>, TextHash, std::equal_to<>> zones;
  if (const auto found = zones.find(zone); found != zones.end()) return *found->second;
  if (!is_time_zone(zone)) throw std::runtime_error("unknown time zone");
  // Every named zone of ICU's is a BasicTimeZone (its own documentation of createTimeZone).
  std::unique_ptr<icu::TimeZone> made(icu::TimeZone::createTimeZone(to_icu(zone)));
  auto* basic = dynamic_cast<icu::BasicTimeZone*>(made.get());
  if (basic == nullptr) throw std::runtime_error("time zone without rules");
  static_cast<void>(made.release());
  return *zones.emplace(std::string(zone), basic).first->second;
}

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
