// The pages that gather from several features: the dashboard and the page of a case.
#pragma once

#include "features/cases/cases.hpp"

namespace waymark::overview {

// References outlive the routes.
struct Overview {
  const cases::Cases& cases;
};

}  // namespace waymark::overview
