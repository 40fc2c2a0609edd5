// A browser that an account signed in on, told again by a cookie. Never one on a shared computer.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/id.hpp"
#include "base/time.hpp"

namespace waymark::accounts {

using DeviceId = Id<struct DeviceTag>;

inline constexpr std::size_t kDeviceTokenBytes = 32;
inline constexpr std::size_t kDeviceTokenLength = 43;  // of 32 bytes in base64url

struct Device {
  DeviceId id{};
  AccountId account{};
  std::string browser{};  // "Firefox"; empty: it did not say
  std::string system{};   // "Android"
  Instant first_seen_at{};
  Instant signed_in_at{};                     // the last time
  std::optional<Instant> remembered_until{};  // until then its holder need not give a second factor
};

}  // namespace waymark::accounts
