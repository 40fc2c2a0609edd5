// The pages behind mailed links and cancel codes.
#pragma once

#include <optional>

#include "features/accounts/notices/mail_link.hpp"
#include "features/accounts/recovery/wait_store.hpp"
#include "web/page.hpp"

namespace waymark::accounts::pages {

struct LinkView {
  MailLink link{};
  std::optional<Wait> wait{};  // that a cancel link stops
};

// What the link would do, and the button that does it.
web::Response link_page(web::Exchange& exchange, const LinkView& view);
// The same lock, asked for from within the account.
web::Response lock_account_page(web::Exchange& exchange);
// One page for used, lapsed and unknown links alike.
web::Response dead_link_page(web::Exchange& exchange);
web::Response cancel_code_page(web::Exchange& exchange, const web::FormState& form);
web::Response cancelled_page(web::Exchange& exchange);
web::Response locked_by_owner_page(web::Exchange& exchange);

}  // namespace waymark::accounts::pages
