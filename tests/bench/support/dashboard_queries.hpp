// The SQL of one dashboard, as the product's own stores ask it: listened to, so that the bare loop never drifts from
// it. First the session by token hash and now; each other by account ($1) and, where it asks for it, now ($2).
#pragma once

#include <string>
#include <vector>

namespace waymark::bench {

std::vector<std::string> list_dashboard_queries();

}  // namespace waymark::bench
