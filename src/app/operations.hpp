// The operator's listener, apart from people's: /healthz (the process answers), /readyz (the database answers),
// /metrics (Prometheus). Never reachable through the public address.
#pragma once

#include <functional>
#include <memory>

#include "app/foundation.hpp"
#include "web/server.hpp"

namespace waymark::app {

// Null when operations.port is 0.
std::unique_ptr<web::Server> make_operations_server(Foundation& foundation);

}  // namespace waymark::app
