// Asking to be called, without signing in.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "features/help/help.hpp"

namespace waymark::help {

inline constexpr std::string_view kAnyTime = "any";

// As typed.
struct CallbackAsked {
  std::string_view name{}, phone_country{}, phone{};
  std::string_view time{};  // kAnyTime, or a CallTime's name
  std::string_view language{}, other_language{};
  std::string_view topic{};
  std::string peer{};  // the client's address, for limits
};

// The reference. Refuses at the fields; too_many for a number or a network that asked often: whoever has the number
// need not be who asks.
Result<std::string> request_callback(Help& help, const CallbackAsked& asked);

}  // namespace waymark::help
