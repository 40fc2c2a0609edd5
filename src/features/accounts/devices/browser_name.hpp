// "Firefox" on "Android": what a person can recognise of a User-Agent. Versions and models are not kept.
#pragma once

#include <string_view>

namespace waymark::accounts {

struct BrowserName {
  std::string_view browser;  // a constant; empty when it is none of those that we know
  std::string_view system;
};

BrowserName browser_name(std::string_view user_agent);

}  // namespace waymark::accounts
