#include "features/accounts/factors/passkey_routes.hpp"

#include "base/text.hpp"
#include "features/accounts/devices/browser_name.hpp"
#include "features/accounts/factors/passkey_asking.hpp"
#include "features/accounts/pages/passkey_pages.hpp"

namespace waymark::accounts {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;

PasskeyId passkey_of(const Exchange& exchange) {
  return PasskeyId{parse_integer(exchange.part("passkey")).value_or(0)};
}

Result<web::Response> show_passkey(Accounts& accounts, Exchange& exchange, const FormState& form) {
  const auto found = passkey_store(accounts).find(exchange.snapshot(), exchange.visitor.account, passkey_of(exchange));
  if (!found) return refuse(FailureKind::not_found, "accounts.error.passkey_gone");
  return pages::passkey_page(exchange, form, *found);
}

Result<web::Response> add(Accounts& accounts, Exchange& exchange, const Form& form) {
  auto answer = new_passkey_answer(form);
  answer.name_otherwise = exchange.words().text(
      "accounts.passkeys.name_otherwise", {{"system", browser_name(exchange.request.header("user-agent")).system}});
  const auto added = add_passkey(accounts, exchange.visitor.account, passkey_asker(exchange), answer);
  if (!added) return refuse(added.error());
  return web::Response::redirect("/account/passkeys");
}

Result<web::Response> rename(Accounts& accounts, Exchange& exchange, const Form& form) {
  const auto renamed = rename_passkey(accounts, exchange.visitor.account, passkey_of(exchange), form.get("name"));
  if (!renamed) return refuse(renamed.error());
  return web::Response::redirect("/account/passkeys");
}

Result<web::Response> remove(Accounts& accounts, Exchange& exchange) {
  const auto removed = remove_passkey(accounts, exchange.visitor.account, passkey_of(exchange));
  if (!removed) return refuse(removed.error());
  return web::Response::redirect("/account/passkeys");
}

}  // namespace

void add_passkey_routes(web::Router& router, Accounts& accounts) {
  using web::Access;
  router.form(
      "/account/passkeys", Access::recently_proved,
      [&accounts](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        return pages::passkeys_page(exchange, form,
                                    passkey_store(accounts).list(exchange.snapshot(), exchange.visitor.account));
      },
      [&accounts](Exchange& exchange, const Form& form) { return add(accounts, exchange, form); });
  router.post("/account/passkeys/options", Access::recently_proved,
              [&accounts](Exchange& exchange, const Form&) -> Result<web::Response> {
                const auto asker = passkey_asker(exchange);
                return pages::creation_options(offer_new_passkey(accounts, exchange.visitor.account, asker),
                                               asker.party, exchange.brand().agency_name);
              });
  router.form(
      "/account/passkeys/:passkey", Access::recently_proved,
      [&accounts](Exchange& exchange, const FormState& form) { return show_passkey(accounts, exchange, form); },
      [&accounts](Exchange& exchange, const Form& form) { return rename(accounts, exchange, form); });
  router.post("/account/passkeys/:passkey/removal", Access::recently_proved,
              [&accounts](Exchange& exchange, const Form&) { return remove(accounts, exchange); });
}

}  // namespace waymark::accounts
