// The pages that gather from several features: the dashboard and the page of a case.
#pragma once

#include <functional>

#include "features/cases/cases.hpp"
#include "web/exchange.hpp"

namespace waymark::overview {

// References outlive the routes.
struct Overview {
  const cases::Cases& cases;
  // What else a person should do, at the top of the dashboard: about their account. Queues what it must know, and gives
  // what draws it once the snapshot is drained. May be empty.
  using DrawNotes = std::function<void(web::Html& page)>;
  std::function<DrawNotes(web::Exchange&)> begin_notes{};
};

}  // namespace waymark::overview
