#include "features/accounts/devices/browser_name.hpp"

namespace waymark::accounts {
namespace {

struct Mark {
  std::string_view sign, name;
};

// In this order: most browsers claim to be Chrome or Safari as well.
constexpr Mark kBrowsers[] = {
    {"Edg", "Edge"},           {"OPR/", "Opera"},       {"SamsungBrowser/", "Samsung Internet"},
    {"YaBrowser/", "Yandex"},  {"Vivaldi/", "Vivaldi"}, {"DuckDuckGo/", "DuckDuckGo"},
    {"FxiOS/", "Firefox"},     {"Firefox/", "Firefox"}, {"CriOS/", "Chrome"},
    {"Chromium/", "Chromium"}, {"Chrome/", "Chrome"},   {"Safari/", "Safari"}};
constexpr Mark kSystems[] = {{"iPhone", "iPhone"},   {"iPad", "iPad"},     {"Android", "Android"},
                             {"Windows", "Windows"}, {"CrOS", "ChromeOS"}, {"Macintosh", "macOS"},
                             {"Linux", "Linux"}};

template <std::size_t N>
std::string_view find_name(const Mark (&marks)[N], std::string_view text) {
  for (const auto& mark : marks) {
    if (text.find(mark.sign) != text.npos) return mark.name;
  }
  return {};
}

}  // namespace

BrowserName browser_name(std::string_view user_agent) {
  return {find_name(kBrowsers, user_agent), find_name(kSystems, user_agent)};
}

}  // namespace waymark::accounts
