#include "features/accounts/sign_in/sign_in_routes.hpp"

#include "features/accounts/factors/passkeys.hpp"
#include "features/accounts/pages/sign_in_pages.hpp"
#include "features/accounts/sign_in/passkey_sign_in_routes.hpp"
#include "web/cookies.hpp"

namespace waymark::accounts {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;

web::Url wanted_or_cases(const Form& form) { return web::Url::local_or(form.get("return_to"), "/cases"); }

Result<web::Response> submit_sign_in(Accounts& accounts, Exchange& exchange, const Form& form) {
  const auto signed_in =
      sign_in(accounts, {.email = std::string(form.get("email")),
                         .password = std::string(form.get("password")),
                         .shared = form.get("shared_computer") == "yes" ? SharedComputer::yes : SharedComputer::no,
                         .client = client_of(exchange.request)});
  if (!signed_in) return std::unexpected(signed_in.error());
  if (!signed_in->session) {
    return web::Response::redirect("/sign-up")
        .with_cookie(web::set_cookie(web::kSignUpCookie, signed_in->sign_up_token, std::nullopt));
  }
  auto next = web::Url("/sign-in/second-factor");
  if (const auto wanted = form.get("return_to"); web::Url::is_local(wanted)) next = next.with("return_to", wanted);
  return web::Response::redirect(next).with_cookie(Sessions::cookie(*signed_in->session));
}

bool has_passkey(const Accounts& accounts, Exchange& exchange) {
  return passkey_store(accounts).count_usable(exchange.snapshot(), exchange.visitor.account) > 0;
}

SecondFactor way_of(const Exchange& exchange, const FormState& form) {
  if (form.typed.has("backup_code")) return SecondFactor::backup_code;
  if (form.typed.has("totp")) return SecondFactor::totp;
  return exchange.query("with") == "backup-code" ? SecondFactor::backup_code : SecondFactor::totp;
}

Result<web::Response> submit_second_factor(Accounts& accounts, Exchange& exchange, const Form& form) {
  const bool is_backup = form.has("backup_code");
  const auto key = prove_second_factor(accounts, {.account = exchange.visitor.account,
                                                  .half = exchange.visitor.session,
                                                  .way = is_backup ? SecondFactor::backup_code : SecondFactor::totp,
                                                  .code = std::string(form.get(is_backup ? "backup_code" : "totp")),
                                                  .client = client_of(exchange.request)});
  if (!key) return std::unexpected(key.error());
  auto response = web::Response::redirect(wanted_or_cases(form));
  return Sessions::add_cookies(response, *key,
                               exchange.visitor.is_shared_computer ? SharedComputer::yes : SharedComputer::no);
}

Result<web::Response> submit_again(Accounts& accounts, Exchange& exchange, const Form& form) {
  if (auto checked = check_password(accounts, exchange.visitor.account, form.get("password")); !checked) {
    return std::unexpected(checked.error());
  }
  const auto key = accounts.sessions.make_key(client_of(exchange.request));
  const auto proved = accounts.parts.database.write([&](db::Transaction& tx) {
    return accounts.sessions.prove_again(tx, key, exchange.visitor.session, "password");
  });
  if (!proved) return refuse(FailureKind::unauthorized, "accounts.error.sign_in_anew");
  return web::Response::redirect(wanted_or_cases(form)).with_cookie(Sessions::cookie(key));
}

Result<web::Response> submit_sign_out(Accounts& accounts, Exchange& exchange) {
  // Dispatch shows a half signed-in visitor as a stranger here; its session ends all the same.
  const auto visitor = accounts.sessions.find_visitor(exchange.request, *accounts.parts.database.snapshot());
  if (visitor.standing != web::Standing::stranger) {
    const auto audit_id = accounts.parts.ids.next_value();
    accounts.parts.database.write(
        [&](db::Transaction& tx) { accounts.sessions.end(tx, visitor.session, audit_id, exchange.now); });
  }
  // The browser's own copies of pages go too; a shared computer keeps no cookie either.
  const auto* cleared = visitor.is_shared_computer ? "\"cache\", \"storage\", \"cookies\"" : "\"cache\", \"storage\"";
  return web::Response::redirect("/signed-out")
      .with_cookie(Sessions::end_cookie())
      .with_header("clear-site-data", cleared);
}

}  // namespace

void add_sign_in_routes(web::Router& router, Accounts& accounts) {
  using web::Access;
  router.form(
      "/sign-in", Access::strangers_only,
      [](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        return pages::sign_in_page(exchange, form);
      },
      [&accounts](Exchange& exchange, const Form& form) { return submit_sign_in(accounts, exchange, form); });
  router.form(
      "/sign-in/second-factor", Access::half_signed_in,
      [&accounts](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        return pages::second_factor_page(exchange, form, way_of(exchange, form), has_passkey(accounts, exchange));
      },
      [&accounts](Exchange& exchange, const Form& form) { return submit_second_factor(accounts, exchange, form); });
  router.form(
      "/sign-in/again", Access::signed_in,
      [&accounts](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        return pages::prove_again_page(exchange, form, has_passkey(accounts, exchange));
      },
      [&accounts](Exchange& exchange, const Form& form) { return submit_again(accounts, exchange, form); });
  add_passkey_sign_in_routes(router, accounts);
  router.get("/sign-out", Access::anyone,
             [](Exchange& exchange) -> Result<web::Response> { return pages::sign_out_page(exchange); });
  router.post("/sign-out", Access::anyone,
              [&accounts](Exchange& exchange, const Form&) { return submit_sign_out(accounts, exchange); });
  router.get("/signed-out", Access::anyone,
             [](Exchange& exchange) -> Result<web::Response> { return pages::signed_out_page(exchange); });
}

}  // namespace waymark::accounts
