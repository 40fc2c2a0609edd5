#include "features/accounts/activity/activity_routes.hpp"

#include "base/text.hpp"
#include "features/accounts/pages/activity_page.hpp"
#include "journal/audit.hpp"

namespace waymark::accounts {
namespace {

constexpr int kRowsAPage = 50;

Result<web::Response> show_activity(Accounts& accounts, web::Exchange& exchange) {
  auto& snapshot = exchange.snapshot();
  const auto account = exchange.visitor.account;
  const auto before = parse_integer(exchange.query("before"));
  // One more than is shown: is there anything older?
  auto rows = before ? journal::list_for_account_before(snapshot, account, *before, kRowsAPage + 1)
                     : journal::list_for_account(snapshot, account, kRowsAPage + 1);
  const bool has_older = std::ssize(rows) > kRowsAPage;
  if (has_older) rows.pop_back();
  return pages::activity_page(exchange, {.rows = std::move(rows),
                                         .network_now = accounts.sessions.hash_network(exchange.request.peer),
                                         .is_first = !before,
                                         .has_older = has_older});
}

}  // namespace

void add_activity_routes(web::Router& router, Accounts& accounts) {
  router.get("/account/activity", web::Access::signed_in,
             [&accounts](web::Exchange& exchange) { return show_activity(accounts, exchange); });
}

}  // namespace waymark::accounts
