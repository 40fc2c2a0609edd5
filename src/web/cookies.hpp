// Cookies: always __Host-, Secure, HttpOnly, Path=/, SameSite=Lax. (Browsers treat http://localhost as secure.)
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace waymark::web {

inline constexpr std::string_view kSessionCookie = "__Host-session";
inline constexpr std::string_view kOfficeCookie = "__Host-office";
inline constexpr std::string_view kCsrfCookie = "__Host-visit";
inline constexpr std::string_view kSignUpCookie = "__Host-sign-up";
inline constexpr std::string_view kRecoveryCookie = "__Host-recovery";
inline constexpr std::string_view kHelpCookie = "__Host-help";
inline constexpr std::string_view kDeviceCookie = "__Host-device";
inline constexpr std::string_view kLanguageCookie = "__Host-language";

// Without a lifetime it ends with the browser.
std::string set_cookie(std::string_view name, std::string_view value, std::optional<std::chrono::seconds> lifetime);
std::string clear_cookie(std::string_view name);

}  // namespace waymark::web
