#include "features/accounts/recovery/recovery_routes.hpp"

#include "base/text.hpp"
#include "features/accounts/factors/change_password.hpp"
#include "features/accounts/factors/passkey_asking.hpp"
#include "features/accounts/pages/factor_parts.hpp"
#include "features/accounts/pages/passkey_pages.hpp"
#include "features/accounts/pages/recovery_pages.hpp"
#include "features/accounts/recovery/recovery.hpp"
#include "web/cookies.hpp"

namespace waymark::accounts {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;
using web::Response;
using Purpose = RecoveryPurpose;

constexpr auto kWho = web::Access::strangers_only;

RecoveryAsker asker_of(const Exchange& exchange, Purpose purpose) {
  return {.purpose = purpose,
          .token = std::string(exchange.request.cookie(web::kRecoveryCookie).value_or(std::string_view{})),
          .peer = exchange.request.peer,
          .language = std::string(exchange.words().tag())};
}

std::optional<RecoveryView> read_recovery(const Accounts& accounts, Exchange& exchange, Purpose purpose) {
  const auto token = exchange.request.cookie(web::kRecoveryCookie);
  if (!token) return std::nullopt;
  return find_recovery(accounts, exchange.snapshot(), purpose, *token, exchange.now);
}

web::Url start_of(Purpose purpose) { return recovery_step(purpose, "email").path; }
web::Url done_of(Purpose purpose) {
  return purpose == Purpose::password ? web::Url("/recover/password/done") : web::Url("/recover/second-factor/done");
}

// Where somebody stands who asked for a step that is not theirs to take now.
web::Url right_place(const Exchange& exchange, Purpose purpose, const std::optional<RecoveryView>& view) {
  if (view) return present_step(purpose, view).path;
  const bool had_one = exchange.request.cookie(web::kRecoveryCookie).has_value();
  return had_one ? start_of(purpose).with("ended", "yes") : start_of(purpose);
}

using Draw = std::function<Response(Exchange&, const FormState&, const RecoveryView&)>;
using Take = std::function<Result<RecoveryReply>(const RecoveryAsker&, const Form&)>;

web::ShowHandler show_step(Accounts& accounts, Purpose purpose, std::string_view name, Draw draw) {
  return [&accounts, purpose, name, draw = std::move(draw)](Exchange& exchange,
                                                            const FormState& form) -> Result<Response> {
    const auto view = read_recovery(accounts, exchange, purpose);
    if (!view || present_step(purpose, view).name != name) {
      return Response::redirect(right_place(exchange, purpose, view));
    }
    return draw(exchange, form, *view);
  };
}

// After a step: on to the present one, under the flow's new token where it has one.
Response go_on(Accounts& accounts, const RecoveryAsker& asker, const RecoveryReply& reply) {
  if (reply.is_gone || reply.is_finished) {
    return Response::redirect(reply.is_finished ? done_of(asker.purpose) : start_of(asker.purpose).with("ended", "yes"))
        .with_cookie(web::clear_cookie(web::kRecoveryCookie));
  }
  auto next = asker;
  if (!reply.new_token.empty()) next.token = reply.new_token;
  auto response = Response::redirect(present_step(asker.purpose, find_recovery(accounts, next)).path);
  if (!reply.new_token.empty()) {
    response.with_cookie(web::set_cookie(web::kRecoveryCookie, reply.new_token, std::nullopt));
  }
  return response;
}

web::PostHandler take_step(Accounts& accounts, Purpose purpose, Take take) {
  return [&accounts, purpose, take = std::move(take)](Exchange& exchange, const Form& form) -> Result<Response> {
    const auto asker = asker_of(exchange, purpose);
    const auto reply = take(asker, form);
    if (!reply) return std::unexpected(reply.error());
    return go_on(accounts, asker, *reply);
  };
}

// Sending a code comes back to the same page and says so.
web::PostHandler send_code(Accounts& accounts, Purpose purpose, std::string_view step, web::Url back, Take take) {
  return [&accounts, purpose, step, back, take = std::move(take)](Exchange& exchange,
                                                                  const Form& form) -> Result<Response> {
    const auto asker = asker_of(exchange, purpose);
    const auto reply = take(asker, form);
    if (!reply) return std::unexpected(reply.error());
    const auto view = find_recovery(accounts, asker);
    if (!view || present_step(purpose, view).name != step) return go_on(accounts, asker, *reply);
    return Response::redirect(back);
  };
}

void add_start(web::Router& router, Accounts& accounts, Purpose purpose) {
  const auto& code = recovery_step(purpose, "code");
  router.form(
      start_of(purpose).text(), kWho,
      [purpose](Exchange& exchange, const FormState& form) -> Result<Response> {
        return pages::recovery_email_page(exchange, form, purpose);
      },
      take_step(accounts, purpose, [&](const auto& asker, const Form& form) {
        return start_recovery(accounts, asker, form.get("email"));
      }));
  router.form(code.path.text(), kWho, show_step(accounts, purpose, "code", pages::recovery_code_page),
              take_step(accounts, purpose, [&](const auto& asker, const Form& form) {
                return prove_recovery_code(accounts, asker, form.get("code"));
              }));
  router.post(code.path.text() + "/again", kWho,
              send_code(accounts, purpose, "code", code.path.with("sent", "yes"),
                        [&](const auto& asker, const Form&) { return send_recovery_code_again(accounts, asker); }));
  router.get(done_of(purpose).text(), kWho,
             [purpose](Exchange& exchange) -> Result<Response> { return pages::recovered_page(exchange, purpose); });
}

Result<RecoveryReply> take_factor(Accounts& accounts, const RecoveryAsker& asker, const Form& form) {
  if (form.has("backup_code")) {
    return prove_recovery_factor(accounts, asker, RecoveryFactor::backup_code, form.get("backup_code"));
  }
  if (form.has("text_code")) {
    return prove_recovery_factor(accounts, asker, RecoveryFactor::text, form.get("text_code"));
  }
  return prove_recovery_factor(accounts, asker, RecoveryFactor::totp, form.get("totp"));
}

void add_password_routes(web::Router& router, Accounts& accounts) {
  constexpr auto kPurpose = Purpose::password;
  add_start(router, accounts, kPurpose);
  const auto show_factors = [&accounts](Exchange& exchange, const FormState& form, const RecoveryView& view) {
    const auto ways = find_recovery_ways(accounts, exchange.snapshot(), *view.recovery.account);
    return pages::recovery_factor_page(exchange, form, view, ways);
  };
  router.form("/recover/password/second-factor", kWho, show_step(accounts, kPurpose, "second_factor", show_factors),
              take_step(accounts, kPurpose,
                        [&](const auto& asker, const Form& form) { return take_factor(accounts, asker, form); }));
  // Posted, for its token and its cookie; it writes nothing, and is the same for everybody.
  router.post("/recover/password/second-factor/passkey/options", kWho,
              [&accounts](Exchange& exchange, const Form&) -> Result<Response> {
                const auto asker = passkey_asker(exchange);
                return pages::request_options(ask_for_passkey(accounts, {CeremonyPurpose::recovery, asker.holder}),
                                              asker.party);
              });
  router.form(
      "/recover/password/second-factor/passkey", kWho, show_step(accounts, kPurpose, "second_factor", show_factors),
      [&accounts](Exchange& exchange, const Form& form) -> Result<Response> {
        const auto asker = asker_of(exchange, kPurpose);
        const auto reply = prove_recovery_passkey(accounts, asker, passkey_asker(exchange), passkey_answer(form));
        if (!reply) return refuse(reply.error());
        return go_on(accounts, asker, *reply);
      });
  router.post("/recover/password/second-factor/text", kWho,
              send_code(accounts, kPurpose, "second_factor",
                        recovery_step(kPurpose, "second_factor").path.with("with", "text").with("sent", "yes"),
                        [&](const auto& asker, const Form& form) {
                          const auto phone = parse_integer(form.get("phone")).value_or(0);
                          return text_recovery_code(accounts, asker, PhoneId{phone});
                        }));
  router.form("/recover/password/new", kWho,
              show_step(accounts, kPurpose, "new_password",
                        [&](Exchange& exchange, const FormState& form, const RecoveryView& view) {
                          const auto ways = find_recovery_ways(accounts, exchange.snapshot(), *view.recovery.account);
                          return pages::recovery_password_page(exchange, form, view, ways);
                        }),
              take_step(accounts, kPurpose,
                        [&](const auto& asker, const Form& form) {
                          return choose_recovered_password(accounts, asker, form.get("password"));
                        }),
              web::Cost::hashing);
  router.post("/recover/password/finish", kWho, take_step(accounts, kPurpose, [&](const auto& asker, const Form&) {
                return finish_recovered_password(accounts, asker);
              }));
}

Result<Response> show_codes_file(Accounts& accounts, Exchange& exchange) {
  constexpr auto kPurpose = Purpose::second_factor;
  const auto view = read_recovery(accounts, exchange, kPurpose);
  if (!view || present_step(kPurpose, view).name != "backup_codes") {
    return Response::redirect(right_place(exchange, kPurpose, view));
  }
  return Response::download("backup-codes.txt", "text/plain; charset=utf-8",
                            pages::backup_codes_text(exchange, view->recovery.draft.backup_codes));
}

void add_second_factor_routes(web::Router& router, Accounts& accounts) {
  constexpr auto kPurpose = Purpose::second_factor;
  add_start(router, accounts, kPurpose);
  router.form("/recover/second-factor/password", kWho,
              show_step(accounts, kPurpose, "old_password",
                        [&](Exchange& exchange, const FormState& form, const RecoveryView& view) {
                          const bool has = has_password(accounts, exchange.snapshot(), *view.recovery.account);
                          return pages::old_password_page(exchange, form, view, has);
                        }),
              take_step(accounts, kPurpose,
                        [&](const auto& asker, const Form& form) {
                          return prove_old_password(accounts, asker, form.get("password"));
                        }),
              web::Cost::hashing);
  router.get("/recover/second-factor/waiting", kWho, [&accounts](Exchange& exchange) -> Result<Response> {
    const auto show = show_step(
        accounts, Purpose::second_factor, "vouching",
        [](Exchange& asked, const FormState&, const RecoveryView& view) { return pages::vouching_page(asked, view); });
    return show(exchange, {});
  });
  router.form("/recover/second-factor/authenticator", kWho,
              show_step(accounts, kPurpose, "authenticator", pages::new_app_page),
              take_step(accounts, kPurpose, [&](const auto& asker, const Form& form) {
                return confirm_new_app(accounts, asker, form.get("totp"));
              }));
  router.form("/recover/second-factor/backup-codes", kWho,
              show_step(accounts, kPurpose, "backup_codes", pages::new_backup_codes_page),
              take_step(accounts, kPurpose, [&](const auto& asker, const Form& form) {
                return finish_new_factors(accounts, asker, form.get("kept") == "yes");
              }));
  router.get("/recover/second-factor/backup-codes/file", kWho,
             [&accounts](Exchange& exchange) { return show_codes_file(accounts, exchange); });
}

}  // namespace

void add_recover_routes(web::Router& router, Accounts& accounts) {
  router.get("/recover", kWho,
             [](Exchange& exchange) -> Result<Response> { return pages::cannot_sign_in_page(exchange); });
  add_password_routes(router, accounts);
  add_second_factor_routes(router, accounts);
}

}  // namespace waymark::accounts
