// What happened in an account, in plain words, the newest first.
#pragma once

#include <vector>

#include "journal/audit.hpp"
#include "web/page.hpp"

namespace waymark::accounts::pages {

struct ActivityView {
  std::vector<journal::AuditRow> rows;
  std::string network_now;  // keyed hash
  bool is_first = true;     // nothing newer is left out
  bool has_older = false;
};
web::Response activity_page(web::Exchange& exchange, const ActivityView& view);

}  // namespace waymark::accounts::pages
