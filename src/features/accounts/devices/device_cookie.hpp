// The cookie by which a browser is known again. It signs nobody in: it gives its holder a count of tries of its own
// and, where the person asked for it, stands for the second factor for some days.
#pragma once

#include <string>

#include "web/request.hpp"

namespace waymark::accounts {

// Empty when there is none, or it can't be one of ours.
std::string device_token_of(const web::Request& request);
std::string device_cookie(const std::string& token);
std::string clear_device_cookie();

}  // namespace waymark::accounts
