// The account's pages of authenticator apps and backup codes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/accounts/types.hpp"
#include "web/page.hpp"

namespace waymark::accounts::pages {

// "Ana's phone", or what an app without a name is called.
std::string app_name(const web::Exchange& exchange, const TotpFactor& app);

struct AppsView {
  std::vector<TotpFactor> apps;
  bool may_remove = false;  // more than one second factor is there
};
web::Response apps_page(web::Exchange& exchange, const AppsView& view);
// `secret`: of the app being set up.
web::Response add_app_page(web::Exchange& exchange, const web::FormState& form, std::string_view secret,
                           std::string_view email);
web::Response rename_app_page(web::Exchange& exchange, const web::FormState& form, const TotpFactor& app);
web::Response remove_app_page(web::Exchange& exchange, const web::FormState& form, const TotpFactor& app);

// `pending`: the set being made; empty when there is none.
web::Response backup_codes_page(web::Exchange& exchange, const web::FormState& form, int left,
                                const std::vector<std::string>& pending);

// A page of the account: what was wrong, its heading, what it holds, and the way back.
web::Response account_frame(web::Exchange& exchange, const web::FormState& form, std::string_view title,
                            std::string_view lead, const web::Html& main);
// "Added.", at the top of the page that a change led to: ?done=WHAT.
web::Html done_flash(web::Exchange& exchange);

}  // namespace waymark::accounts::pages
