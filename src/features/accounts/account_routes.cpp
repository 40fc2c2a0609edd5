#include "features/accounts/factors/factor_routes.hpp"
#include "features/accounts/factors/passkey_routes.hpp"
#include "features/accounts/pages/account_page.hpp"
#include "features/accounts/sign_in/sign_in_routes.hpp"

namespace waymark::accounts {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;

Result<web::Response> show_account(Accounts& accounts, Exchange& exchange) {
  auto& snapshot = exchange.snapshot();
  const auto profile = accounts.store.load_profile(snapshot, exchange.visitor.account);
  return pages::account_page(exchange, profile, find_ways_in(snapshot, profile.id));
}

Result<web::Response> show_details(Accounts& accounts, Exchange& exchange) {
  auto& snapshot = exchange.snapshot();
  const auto profile = accounts.store.load_profile(snapshot, exchange.visitor.account);
  return pages::details_page(exchange, profile, accounts.phones.list(snapshot, profile.id));
}

Result<web::Response> show_preferences(Accounts& accounts, Exchange& exchange, const FormState& form) {
  const auto profile = accounts.store.load_profile(exchange.snapshot(), exchange.visitor.account);
  return pages::preferences_page(exchange, form, profile, accounts.parts.words);
}

Result<web::Response> save_preferences(Accounts& accounts, Exchange& exchange, const Form& form) {
  const std::string language(form.get("language"));
  const std::string zone(form.get("time_zone"));
  if (accounts.parts.words.find(language) == nullptr)
    return refuse_field("language", "accounts.error.language_missing");
  if (!zone.empty() && !catalogue::is_time_zone(zone))
    return refuse_field("time_zone", "accounts.error.time_zone_missing");
  accounts.parts.database.write([&](db::Transaction& tx) {
    accounts.store.set_language(tx, exchange.visitor.account, language);
    accounts.store.set_time_zone(tx, exchange.visitor.account, zone);
  });
  return web::Response::redirect("/account");
}

}  // namespace

void add_account_routes(web::Router& router, Accounts& accounts) {
  using web::Access;
  add_own_factor_routes(router, accounts);
  router.get("/account", Access::signed_in,
             [&accounts](Exchange& exchange) { return show_account(accounts, exchange); });
  router.post("/account/urging/later", Access::signed_in, [&accounts](Exchange& exchange, const Form& form) {
    accounts.parts.database.write(
        [&](db::Transaction& tx) { put_off_urging(tx, exchange.visitor.account, exchange.now); });
    return Result<web::Response>(web::Response::redirect(web::Url::local_or(form.get("return_to"), "/account")));
  });
  router.get("/account/details", Access::recently_proved,
             [&accounts](Exchange& exchange) { return show_details(accounts, exchange); });
  router.form(
      "/account/preferences", Access::signed_in,
      [&accounts](Exchange& exchange, const FormState& form) { return show_preferences(accounts, exchange, form); },
      [&accounts](Exchange& exchange, const Form& form) { return save_preferences(accounts, exchange, form); });
  router.keep_drafts("/account/preferences", {"language", "time_zone"});
  add_passkey_routes(router, accounts);
}

}  // namespace waymark::accounts
