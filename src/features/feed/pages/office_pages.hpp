// The feed's keys, and what was refused.
#pragma once

#include <string_view>
#include <vector>

#include "features/feed/receive_batch.hpp"
#include "web/page.hpp"

namespace waymark::feed::pages {

// `secret`: of a key that was just issued; empty otherwise.
web::Response keys_page(web::Exchange& exchange, const web::FormState& form, const std::vector<FeedKey>& keys,
                        std::string_view secret);
web::Response refused_page(web::Exchange& exchange, const std::vector<RefusedOfKey>& refused, std::string_view reason);
web::Response refused_csv(web::Exchange& exchange, const std::vector<RefusedOfKey>& refused);

}  // namespace waymark::feed::pages
