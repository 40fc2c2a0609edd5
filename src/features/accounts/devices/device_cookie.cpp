#include "features/accounts/devices/device_cookie.hpp"

#include <chrono>

#include "features/accounts/devices/device.hpp"
#include "web/cookies.hpp"

namespace waymark::accounts {
namespace {

// Browsers keep no cookie longer than 400 days (RFC 6265bis).
constexpr std::chrono::days kKept{400};

}  // namespace

std::string device_token_of(const web::Request& request) {
  const auto token = request.cookie(web::kDeviceCookie);
  return token && token->size() == kDeviceTokenLength ? std::string(*token) : std::string();
}

std::string device_cookie(const std::string& token) { return web::set_cookie(web::kDeviceCookie, token, kKept); }

std::string clear_device_cookie() { return web::clear_cookie(web::kDeviceCookie); }

}  // namespace waymark::accounts
