// The pages of changing the address of an account.
#pragma once

#include <optional>

#include "features/accounts/recovery/email_change_store.hpp"
#include "features/accounts/recovery/wait_store.hpp"
#include "web/page.hpp"

namespace waymark::accounts::pages {

struct EmailView {
  Email present{};
  std::optional<EmailChange> change{};
  std::optional<Wait> wait{};
};

// The present address, what waits, and the field for a new one.
web::Response email_page(web::Exchange& exchange, const web::FormState& form, const EmailView& view);
web::Response new_email_code_page(web::Exchange& exchange, const web::FormState& form, const EmailView& view);
web::Response old_email_code_page(web::Exchange& exchange, const web::FormState& form, const EmailView& view);
web::Response without_old_email_page(web::Exchange& exchange, const web::FormState& form, const EmailView& view);

}  // namespace waymark::accounts::pages
