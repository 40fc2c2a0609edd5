#include "features/accounts/sign_in/passkey_sign_in_routes.hpp"

#include "features/accounts/factors/passkey_asking.hpp"
#include "features/accounts/pages/passkey_pages.hpp"
#include "features/accounts/pages/sign_in_pages.hpp"
#include "features/accounts/sign_in/passkey_sign_in.hpp"
#include "features/accounts/sign_in/sign_in_routes.hpp"

namespace waymark::accounts {
namespace {

using web::Access;
using web::Exchange;
using web::Form;
using web::FormState;

web::Url wanted_or_cases(const Form& form) { return web::Url::local_or(form.get("return_to"), "/cases"); }

// Posted, for its token and its cookie; it writes nothing.
void add_options(web::Router& router, Accounts& accounts, std::string pattern, Access access, CeremonyPurpose purpose) {
  router.post(std::move(pattern), access,
              [&accounts, purpose](Exchange& exchange, const Form&) -> Result<web::Response> {
                const auto asker = passkey_asker(exchange);
                return pages::request_options(
                    ask_for_passkey(accounts, {purpose, asker.holder}, exchange.visitor.account), asker.party);
              });
}

Result<web::Response> submit_sign_in(Accounts& accounts, Exchange& exchange, const Form& form) {
  const auto shared = form.get("shared_computer") == "yes" ? SharedComputer::yes : SharedComputer::no;
  const auto key = sign_in_by_passkey(accounts, passkey_asker(exchange), passkey_answer(form), shared);
  if (!key) return refuse(key.error());
  auto response = web::Response::redirect(wanted_or_cases(form));
  return Sessions::add_cookies(response, *key, shared);
}

Result<web::Response> submit_second_factor(Accounts& accounts, Exchange& exchange, const Form& form) {
  const auto& visitor = exchange.visitor;
  const auto key = prove_second_factor_by_passkey(accounts, passkey_asker(exchange), passkey_answer(form),
                                                  visitor.account, visitor.session);
  if (!key) return refuse(key.error());
  auto response = web::Response::redirect(wanted_or_cases(form));
  return Sessions::add_cookies(response, *key, visitor.is_shared_computer ? SharedComputer::yes : SharedComputer::no);
}

Result<web::Response> submit_again(Accounts& accounts, Exchange& exchange, const Form& form) {
  const auto& visitor = exchange.visitor;
  const auto key =
      prove_again_by_passkey(accounts, passkey_asker(exchange), passkey_answer(form), visitor.account, visitor.session);
  if (!key) return refuse(key.error());
  return web::Response::redirect(wanted_or_cases(form)).with_cookie(Sessions::cookie(*key));
}

}  // namespace

void add_passkey_sign_in_routes(web::Router& router, Accounts& accounts) {
  add_options(router, accounts, "/sign-in/passkey/options", Access::strangers_only, CeremonyPurpose::sign_in);
  add_options(router, accounts, "/sign-in/second-factor/passkey/options", Access::half_signed_in,
              CeremonyPurpose::second_factor);
  add_options(router, accounts, "/sign-in/again/passkey/options", Access::signed_in, CeremonyPurpose::prove_again);
  router.form(
      "/sign-in/passkey", Access::strangers_only,
      [](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        return pages::sign_in_page(exchange, form);
      },
      [&accounts](Exchange& exchange, const Form& form) { return submit_sign_in(accounts, exchange, form); });
  router.form(
      "/sign-in/second-factor/passkey", Access::half_signed_in,
      [&accounts](Exchange& exchange, const FormState& form) { return show_second_factor(accounts, exchange, form); },
      [&accounts](Exchange& exchange, const Form& form) { return submit_second_factor(accounts, exchange, form); });
  router.form(
      "/sign-in/again/passkey", Access::signed_in,
      [&accounts](Exchange& exchange, const FormState& form) { return show_again(accounts, exchange, form); },
      [&accounts](Exchange& exchange, const Form& form) { return submit_again(accounts, exchange, form); });
}

}  // namespace waymark::accounts
