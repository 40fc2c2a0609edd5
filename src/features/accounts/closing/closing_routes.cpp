#include "features/accounts/closing/close_account.hpp"
#include "features/accounts/pages/data_pages.hpp"
#include "features/accounts/sessions/session_store.hpp"

namespace waymark::accounts {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;

Result<web::Response> show_closure(Exchange& exchange, const FormState& form) {
  return pages::closure_page(exchange, form,
                             catalogue::day_in_zone(exchange.now + kClosedAccountKept, exchange.time_zone()));
}

Result<web::Response> submit_closure(Accounts& accounts, Exchange& exchange, const Form& form) {
  if (form.get("understood") != "yes") return refuse_field("understood", "accounts.error.closure_not_understood");
  if (auto closed = close_account(accounts, exchange.visitor.account, client_of(exchange.request)); !closed)
    return std::unexpected(closed.error());
  return web::Response::redirect("/account-closed")
      .with_cookie(Sessions::end_cookie())
      .with_header("clear-site-data", "\"cache\", \"storage\"");
}

Result<web::Response> show_come_back(Accounts& accounts, Exchange& exchange, const FormState& form) {
  auto& snapshot = exchange.snapshot();
  const auto closed_at = accounts.store.find_closed_at(snapshot, exchange.visitor.account);
  if (!closed_at || !may_come_back(accounts, exchange)) return web::Response::redirect("/sign-in/second-factor");
  return pages::come_back_page(exchange, form, *closed_at);
}

Result<web::Response> submit_come_back(Accounts& accounts, Exchange& exchange) {
  const auto key = come_back(accounts, exchange.visitor.account, exchange.visitor.session, client_of(exchange.request));
  if (!key) return std::unexpected(key.error());
  auto response = web::Response::redirect("/cases");
  return Sessions::add_cookies(response, *key,
                               exchange.visitor.is_shared_computer ? SharedComputer::yes : SharedComputer::no);
}

}  // namespace

bool may_come_back(const Accounts& accounts, web::Exchange& exchange) {
  auto& snapshot = exchange.snapshot();
  return find_returning(snapshot, exchange.visitor.session, exchange.now) &&
         accounts.store.find_closed_at(snapshot, exchange.visitor.account).has_value();
}

void add_closing_routes(web::Router& router, Accounts& accounts) {
  using web::Access;
  router.form("/account/closure", Access::recently_proved, show_closure,
              [&accounts](Exchange& exchange, const Form& form) { return submit_closure(accounts, exchange, form); });
  router.get("/account-closed", Access::anyone,
             [](Exchange& exchange) -> Result<web::Response> { return pages::closed_page(exchange); });
  router.form(
      "/sign-in/come-back", Access::half_signed_in,
      [&accounts](Exchange& exchange, const FormState& form) { return show_come_back(accounts, exchange, form); },
      [&accounts](Exchange& exchange, const Form&) { return submit_come_back(accounts, exchange); });
}

}  // namespace waymark::accounts
