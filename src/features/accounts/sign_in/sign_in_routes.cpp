#include "features/accounts/sign_in/sign_in_routes.hpp"

#include "base/text.hpp"
#include "features/accounts/closing/close_account.hpp"
#include "features/accounts/factors/passkeys.hpp"
#include "features/accounts/pages/locked_page.hpp"
#include "features/accounts/pages/second_factor_page.hpp"
#include "features/accounts/pages/sign_in_pages.hpp"
#include "features/accounts/sign_in/passkey_sign_in_routes.hpp"
#include "features/accounts/sign_in/texted_code.hpp"
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
  if (!signed_in) return pages::locked_or_refused(exchange, signed_in.error());
  if (!signed_in->session) {
    return web::Response::redirect("/sign-up")
        .with_cookie(web::set_cookie(web::kSignUpCookie, signed_in->sign_up_token, std::nullopt));
  }
  if (signed_in->is_whole) {
    auto response = web::Response::redirect(wanted_or_cases(form));
    return Sessions::add_cookies(response, *signed_in->session, SharedComputer::no);
  }
  auto next = web::Url("/sign-in/second-factor");
  if (const auto wanted = form.get("return_to"); web::Url::is_local(wanted)) next = next.with("return_to", wanted);
  return web::Response::redirect(next).with_cookie(Sessions::cookie(*signed_in->session));
}

// The way that a form was sent with, or that the page was asked for; else the strongest that the account has.
SecondFactor way_of(const Exchange& exchange, const FormState& form, const WaysIn& ways) {
  if (form.typed.has("totp")) return SecondFactor::totp;
  if (form.typed.has("text_code")) return SecondFactor::phone;
  if (form.typed.has("backup_code")) return SecondFactor::backup_code;
  const auto with = exchange.query("with");
  if (with == "app") return SecondFactor::totp;
  if (with == "text" && ways.phones > 0) return SecondFactor::phone;
  if (with == "backup-code") return SecondFactor::backup_code;
  if (ways.apps > 0) return SecondFactor::totp;
  return ways.phones > 0 ? SecondFactor::phone : SecondFactor::backup_code;
}

pages::SecondFactorView view_of(Accounts& accounts, Exchange& exchange, const FormState& form) {
  auto& snapshot = exchange.snapshot();
  const auto account = exchange.visitor.account;
  pages::SecondFactorView view{.ways = find_ways_in(snapshot, account)};
  view.way = way_of(exchange, form, view.ways);
  view.phones = accounts.phones.list(snapshot, account);
  std::erase_if(view.phones, [](const Phone& phone) { return !phone.is_second_factor; });
  const auto sent = find_texted_code(snapshot, exchange.visitor.session, exchange.now);
  if (sent && !sent->is_used) view.texted = sent->phone;
  return view;
}

// For a half session, or a whole one that owes the code: by the page that asks for it.
Result<web::Response> send_text(Accounts& accounts, Exchange& exchange, const Form& form, std::string_view page) {
  const auto sent = send_texted_code(accounts, {.account = exchange.visitor.account,
                                                .half = exchange.visitor.session,
                                                .phone = PhoneId{parse_integer(form.get("phone")).value_or(0)},
                                                .spoken = form.get("phone_way") == "voice",
                                                .language = std::string(exchange.words().tag())});
  if (!sent) return std::unexpected(sent.error());
  return web::Response::redirect(
      pages::second_factor_url(page, SecondFactor::phone, form.get("return_to")).with("sent", "yes"));
}

struct TypedFactor {
  SecondFactor way;
  std::string_view code;
};
TypedFactor typed_factor(const Form& form) {
  if (form.has("backup_code")) return {SecondFactor::backup_code, form.get("backup_code")};
  if (form.has("text_code")) return {SecondFactor::phone, form.get("text_code")};
  return {SecondFactor::totp, form.get("totp")};
}

Result<web::Response> submit_second_factor(Accounts& accounts, Exchange& exchange, const Form& form) {
  const auto typed = typed_factor(form);
  const auto key = prove_second_factor(accounts, {.account = exchange.visitor.account,
                                                  .half = exchange.visitor.session,
                                                  .way = typed.way,
                                                  .code = std::string(typed.code),
                                                  .client = client_of(exchange.request),
                                                  .remember_device = form.get("remember_device") == "yes"});
  if (!key) return pages::locked_or_refused(exchange, key.error());
  auto response = web::Response::redirect(wanted_or_cases(form));
  return Sessions::add_cookies(response, *key,
                               exchange.visitor.is_shared_computer ? SharedComputer::yes : SharedComputer::no);
}

// The device stood for the second factor when this session began; for what is delicate it is asked for.
Result<web::Response> prove_whole_again(Accounts& accounts, Exchange& exchange, const Form& form) {
  const auto typed = typed_factor(form);
  const auto key = prove_second_factor(accounts, {.account = exchange.visitor.account,
                                                  .half = exchange.visitor.session,
                                                  .way = typed.way,
                                                  .code = std::string(typed.code),
                                                  .client = client_of(exchange.request),
                                                  .is_step_up = true});
  if (!key) return std::unexpected(key.error());
  return web::Response::redirect(wanted_or_cases(form)).with_cookie(Sessions::cookie(*key));
}

Result<web::Response> submit_again(Accounts& accounts, Exchange& exchange, const Form& form) {
  if (auto checked = check_password(accounts, exchange.visitor.account, form.get("password")); !checked) {
    return std::unexpected(checked.error());
  }
  if (exchange.visitor.owes_second_factor) return prove_whole_again(accounts, exchange, form);
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

Result<web::Response> show_again(Accounts& accounts, Exchange& exchange, const FormState& form) {
  return pages::prove_again_page(exchange, form, view_of(accounts, exchange, form));
}

Result<web::Response> show_second_factor(Accounts& accounts, Exchange& exchange, const FormState& form) {
  if (may_come_back(accounts, exchange)) return web::Response::redirect("/sign-in/come-back");
  return pages::second_factor_page(exchange, form, view_of(accounts, exchange, form));
}

void add_sign_in_routes(web::Router& router, Accounts& accounts) {
  using web::Access;
  router.form(
      "/sign-in", Access::strangers_only,
      [](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        return pages::sign_in_page(exchange, form);
      },
      [&accounts](Exchange& exchange, const Form& form) { return submit_sign_in(accounts, exchange, form); },
      web::Cost::hashing);
  router.form(
      "/sign-in/second-factor", Access::half_signed_in,
      [&accounts](Exchange& exchange, const FormState& form) { return show_second_factor(accounts, exchange, form); },
      [&accounts](Exchange& exchange, const Form& form) { return submit_second_factor(accounts, exchange, form); });
  router.post("/sign-in/second-factor/text", Access::half_signed_in, [&accounts](Exchange& exchange, const Form& form) {
    return send_text(accounts, exchange, form, pages::kSecondFactorPage);
  });
  router.post("/sign-in/again/text", Access::signed_in,
              [&accounts](Exchange& exchange, const Form& form) -> Result<web::Response> {
                if (!exchange.visitor.owes_second_factor) return refuse(FailureKind::not_found, "web.error.not_found");
                return send_text(accounts, exchange, form, pages::kProveAgainPage);
              });
  router.form(
      "/sign-in/again", Access::signed_in,
      [&accounts](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        return show_again(accounts, exchange, form);
      },
      [&accounts](Exchange& exchange, const Form& form) { return submit_again(accounts, exchange, form); },
      web::Cost::hashing);
  add_passkey_sign_in_routes(router, accounts);
  router.get("/sign-out", Access::anyone,
             [](Exchange& exchange) -> Result<web::Response> { return pages::sign_out_page(exchange); });
  router.post("/sign-out", Access::anyone,
              [&accounts](Exchange& exchange, const Form&) { return submit_sign_out(accounts, exchange); });
  router.get("/signed-out", Access::anyone,
             [](Exchange& exchange) -> Result<web::Response> { return pages::signed_out_page(exchange); });
}

}  // namespace waymark::accounts
