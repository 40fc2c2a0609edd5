// The pages of who shares a case, and of who helps with one.
#pragma once

#include <string>
#include <vector>

#include "features/cases/sharing/helper_store.hpp"
#include "web/page.hpp"

namespace waymark::cases::pages {

struct Helper {
  Helping helping;
  std::string address;  // as it was typed; empty once its account was erased
};
web::Response helpers_page(web::Exchange& exchange, const VisibleCase& visible, const std::vector<Helper>& helpers);
web::Response ask_helper_page(web::Exchange& exchange, const web::FormState& form, const VisibleCase& visible);

struct Helped {
  Helping helping;
  std::string name;  // of who asks
};
web::Response helping_page(web::Exchange& exchange, const std::vector<Helped>& offers,
                           const std::vector<Helped>& taken);

}  // namespace waymark::cases::pages
