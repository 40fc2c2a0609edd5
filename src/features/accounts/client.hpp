// Who asks, as far as the request tells: where from, with what, and whether this browser was here before.
#pragma once

#include <string>

#include "web/request.hpp"

namespace waymark::accounts {

struct Client {
  std::string peer{};          // the client's address
  std::string user_agent{};    // as sent; only the browser's and the system's names are kept of it
  std::string device_token{};  // of the device cookie; empty: none, or not one of ours
};

Client client_of(const web::Request& request);

}  // namespace waymark::accounts
