// The form around one passkey ceremony.
#pragma once

#include "features/accounts/pages/passkey_pages.hpp"

namespace waymark::accounts::pages {

struct PasskeyCeremony {
  web::Url action;                  // where the answer is posted
  web::Url options;                 // where the browser's options are asked for
  std::string_view button;          // a locale key
  std::string_view otherwise = {};  // what stands between this and the other ways; a locale key
  bool is_new = false;              // makes a passkey instead of asking for one
  bool fills_in = false;            // offered in the browser's autofill as well
  bool takes_shared_choice = false;
};
web::Html passkey_part(web::Exchange& exchange, const web::FormState& form, const PasskeyCeremony& ceremony,
                       const web::Html& inside);

}  // namespace waymark::accounts::pages
