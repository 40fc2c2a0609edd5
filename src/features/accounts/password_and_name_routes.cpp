#include "features/accounts/password_and_name_routes.hpp"

#include "features/accounts/change_name.hpp"
#include "features/accounts/factors/change_password.hpp"
#include "features/accounts/pages/password_and_name_pages.hpp"

namespace waymark::accounts {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;

Result<web::Response> show_password(Accounts& accounts, Exchange& exchange, const FormState& form) {
  const auto account = exchange.visitor.account;
  auto& snapshot = exchange.snapshot();
  return pages::password_page(exchange, form, accounts.store.load_profile(snapshot, account),
                              has_password(accounts, snapshot, account));
}

Result<web::Response> submit_password(Accounts& accounts, Exchange& exchange, const Form& form) {
  const auto key = change_password(accounts, {.account = exchange.visitor.account,
                                              .session = exchange.visitor.session,
                                              .current_password = std::string(form.get("current_password")),
                                              .password = std::string(form.get("password")),
                                              .client = client_of(exchange.request)});
  if (!key) return std::unexpected(key.error());
  return web::Response::redirect("/account").with_cookie(Sessions::cookie(*key));
}

Result<web::Response> show_name(Accounts& accounts, Exchange& exchange, const FormState& form) {
  return pages::name_page(exchange, form, accounts.store.load_profile(exchange.snapshot(), exchange.visitor.account));
}

Result<web::Response> submit_name(Accounts& accounts, Exchange& exchange, const Form& form) {
  const auto changed = change_name(accounts, {.account = exchange.visitor.account,
                                              .given_name = std::string(form.get("given_name")),
                                              .family_name = std::string(form.get("family_name")),
                                              .client = client_of(exchange.request)});
  if (!changed) return std::unexpected(changed.error());
  return web::Response::redirect("/account");
}

}  // namespace

void add_password_and_name_routes(web::Router& router, Accounts& accounts) {
  using web::Access;
  router.form(
      "/account/password", Access::recently_proved,
      [&accounts](Exchange& exchange, const FormState& form) { return show_password(accounts, exchange, form); },
      [&accounts](Exchange& exchange, const Form& form) { return submit_password(accounts, exchange, form); },
      web::Cost::hashing);
  router.form(
      "/account/name", Access::recently_proved,
      [&accounts](Exchange& exchange, const FormState& form) { return show_name(accounts, exchange, form); },
      [&accounts](Exchange& exchange, const Form& form) { return submit_name(accounts, exchange, form); });
}

}  // namespace waymark::accounts
