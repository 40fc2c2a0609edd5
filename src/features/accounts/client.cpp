#include "features/accounts/client.hpp"

#include "features/accounts/devices/device_cookie.hpp"

namespace waymark::accounts {

Client client_of(const web::Request& request) {
  return {.peer = request.peer,
          .user_agent = std::string(request.header("user-agent")),
          .device_token = device_token_of(request)};
}

}  // namespace waymark::accounts
