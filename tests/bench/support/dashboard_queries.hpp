// The SQL of one dashboard, as the product's own stores ask it: listened to, so that the bare loop never drifts from
// it. In this order: session by token hash and now; cases by account; appointments by account and now.
#pragma once

#include <string>
#include <vector>

namespace waymark::bench {

std::vector<std::string> list_dashboard_queries();

}  // namespace waymark::bench
