#include "features/accounts/sign_up/sign_up_routes.hpp"

#include "features/accounts/devices/browser_name.hpp"
#include "features/accounts/devices/device_cookie.hpp"
#include "features/accounts/factors/passkey_asking.hpp"
#include "features/accounts/pages/factor_parts.hpp"
#include "features/accounts/pages/passkey_pages.hpp"
#include "features/accounts/pages/sign_up_pages.hpp"
#include "features/accounts/sign_up/sign_up.hpp"
#include "features/accounts/sign_up/sign_up_change.hpp"
#include "web/cookies.hpp"

namespace waymark::accounts {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;
using web::Response;

constexpr std::chrono::hours kLanguageCookieLifetime{365 * 24};

SignUpAsker asker_of(const Exchange& exchange) {
  return {.token = std::string(exchange.request.cookie(web::kSignUpCookie).value_or(std::string_view{})),
          .peer = exchange.request.peer,
          .language = std::string(exchange.words().tag()),
          .user_agent = std::string(exchange.request.header("user-agent")),
          .device_token = device_token_of(exchange.request)};
}

std::optional<SignUp> read_sign_up(const Accounts& accounts, Exchange& exchange) {
  const auto token = exchange.request.cookie(web::kSignUpCookie);
  if (!token || token->empty()) return std::nullopt;
  return accounts.sign_ups.find(exchange.snapshot(), sign_up_token_hash(*token), exchange.now);
}

// Where somebody stands who asked for a step that is not theirs to take now.
web::Url right_place(const Exchange& exchange, const std::optional<SignUp>& sign_up) {
  const bool had_one = exchange.request.cookie(web::kSignUpCookie).has_value();
  if (!sign_up && had_one) return web::Url("/sign-up/email").with("ended", "yes");
  return present_step(sign_up).path;
}

using Draw = std::function<Response(Exchange&, const FormState&, const pages::SignUpView&)>;
using Take = std::function<Result<SignUpReply>(const SignUpAsker&, const Form&)>;

web::ShowHandler show_step(Accounts& accounts, std::string_view name, Draw draw) {
  return [&accounts, name, draw = std::move(draw)](Exchange& exchange, const FormState& form) -> Result<Response> {
    const auto sign_up = read_sign_up(accounts, exchange);
    if (!sign_up || !may_take_step(sign_up, sign_up_step(name))) {
      return Response::redirect(right_place(exchange, sign_up));
    }
    return draw(exchange, form,
                {.sign_up = *sign_up, .catalogue = accounts.parts.catalogue, .all_words = accounts.parts.words});
  };
}

// After a step: on to the present one, under the flow's new token where it has one.
Response go_on(Accounts& accounts, const SignUpAsker& asker, const SignUpReply& reply) {
  if (reply.is_gone) {
    return Response::redirect(web::Url("/sign-up/email").with("ended", "yes"))
        .with_cookie(web::clear_cookie(web::kSignUpCookie));
  }
  SignUpAsker next = asker;
  if (!reply.new_token.empty()) next.token = reply.new_token;
  auto response = Response::redirect(present_step(find_sign_up(accounts, next)).path);
  if (!reply.new_token.empty()) {
    // It ends with the browser: on a shared computer nobody finds somebody else's half-done account.
    response.with_cookie(web::set_cookie(web::kSignUpCookie, reply.new_token, std::nullopt));
  }
  return response;
}

web::PostHandler take_step(Accounts& accounts, Take take) {
  return [&accounts, take = std::move(take)](Exchange& exchange, const Form& form) -> Result<Response> {
    const auto asker = asker_of(exchange);
    const auto reply = take(asker, form);
    if (!reply) return std::unexpected(reply.error());
    return go_on(accounts, asker, *reply);
  };
}

// Sending again comes back to the same page and says so.
web::PostHandler send_again(Accounts& accounts, std::string_view step, Take take) {
  return [&accounts, step, take = std::move(take)](Exchange& exchange, const Form& form) -> Result<Response> {
    const auto asker = asker_of(exchange);
    const auto reply = take(asker, form);
    if (!reply) return std::unexpected(reply.error());
    if (reply->is_gone || &present_step(find_sign_up(accounts, asker)) != &sign_up_step(step)) {
      return go_on(accounts, asker, *reply);
    }
    return Response::redirect(web::Url(sign_up_step(step).path).with("sent", "yes"));
  };
}

bool is_spoken(const Form& form) { return form.get("phone_way") == "voice"; }

Result<Response> show_file(Accounts& accounts, Exchange& exchange) {
  const auto sign_up = read_sign_up(accounts, exchange);
  if (!sign_up || &present_step(sign_up) != &sign_up_step("backup_codes")) {
    return Response::redirect(right_place(exchange, sign_up));
  }
  return Response::download("backup-codes.txt", "text/plain; charset=utf-8",
                            pages::backup_codes_text(exchange, sign_up->draft.backup_codes));
}

Result<Response> submit_about_you(Accounts& accounts, Exchange& exchange, const Form& form) {
  const auto asker = asker_of(exchange);
  const auto reply = tell_about_you(accounts, asker,
                                    {.given_name = form.get("given_name"),
                                     .family_name = form.get("family_name"),
                                     .day = form.get("date_of_birth_day"),
                                     .month = form.get("date_of_birth_month"),
                                     .year = form.get("date_of_birth_year"),
                                     .language = form.get("language")});
  if (!reply) return std::unexpected(reply.error());
  auto response = go_on(accounts, asker, *reply);
  // From here on the pages speak the language that was chosen.
  if (!reply->is_gone) {
    response.with_cookie(web::set_cookie(web::kLanguageCookie, form.get("language"), kLanguageCookieLifetime));
  }
  return response;
}

Result<Response> show_passkey_options(Accounts& accounts, Exchange& exchange) {
  const auto asker = passkey_asker(exchange);
  const auto options = offer_passkey_for_sign_up(accounts, asker_of(exchange), asker);
  if (!options) return refuse(options.error());
  return pages::creation_options(*options, asker.party, exchange.brand().agency_name);
}

Result<Response> submit_passkey(Accounts& accounts, Exchange& exchange, const Form& form) {
  const auto asker = asker_of(exchange);
  auto answer = new_passkey_answer(form);
  answer.name_otherwise = exchange.words().text(
      "accounts.passkeys.name_otherwise", {{"system", browser_name(exchange.request.header("user-agent")).system}});
  const auto reply = choose_passkey(accounts, asker, passkey_asker(exchange), answer);
  if (!reply) return refuse(reply.error());
  return go_on(accounts, asker, *reply);
}

Result<Response> submit_check(Accounts& accounts, Exchange& exchange) {
  const auto asker = asker_of(exchange);
  const auto finished = finish_sign_up(accounts, asker);
  if (!finished) return std::unexpected(finished.error());
  if (finished->is_incomplete) return go_on(accounts, asker, {});
  // A second press of the button comes here when the first has made the account: its cookie opens the cases.
  auto response = Response::redirect("/cases");
  if (finished->is_gone) return response;
  response.with_cookie(web::clear_cookie(web::kSignUpCookie));
  return Sessions::add_cookies(response, finished->session, SharedComputer::no);
}

void add_email_routes(web::Router& router, Accounts& accounts) {
  constexpr auto kWho = web::Access::strangers_only;
  router.get("/sign-up", kWho, [&accounts](Exchange& exchange) -> Result<Response> {
    return Response::redirect(right_place(exchange, read_sign_up(accounts, exchange)));
  });
  router.form(
      "/sign-up/email", kWho,
      [](Exchange& exchange, const FormState& form) -> Result<Response> {
        return pages::sign_up_email_page(exchange, form);
      },
      take_step(accounts, [&](const auto& asker, const Form& form) {
        return start_sign_up(accounts, asker, form.get("email"));
      }));
  router.form("/sign-up/code", kWho, show_step(accounts, "code", pages::sign_up_code_page),
              take_step(accounts, [&](const auto& asker, const Form& form) {
                return prove_email(accounts, asker, form.get("code"));
              }));
  router.post("/sign-up/code/again", kWho, send_again(accounts, "code", [&](const auto& asker, const Form&) {
                return send_email_code_again(accounts, asker);
              }));
  router.form("/sign-up/welcome-back", kWho,
              show_step(accounts, "welcome_back",
                        [&](Exchange& exchange, const FormState& form, const pages::SignUpView& view) {
                          const bool has_app =
                              continues_with_authenticator(accounts, exchange.snapshot(), view.sign_up);
                          return pages::sign_up_welcome_back_page(exchange, form, view, has_app);
                        }),
              take_step(accounts,
                        [&](const auto& asker, const Form& form) {
                          return continue_sign_up(accounts, asker,
                                                  {.password = form.get("password"), .totp = form.get("totp")});
                        }),
              web::Cost::hashing);
  router.post("/sign-up/welcome-back/start-over", kWho,
              take_step(accounts, [&](const auto& asker, const Form&) { return start_sign_up_over(accounts, asker); }));
  router.post("/sign-up/pause", kWho, [](Exchange&, const Form&) -> Result<Response> {
    return Response::redirect("/sign-up/paused").with_cookie(web::clear_cookie(web::kSignUpCookie));
  });
  router.get("/sign-up/paused", kWho,
             [](Exchange& exchange) -> Result<Response> { return pages::sign_up_paused_page(exchange); });
}

void add_person_routes(web::Router& router, Accounts& accounts) {
  constexpr auto kWho = web::Access::strangers_only;
  router.form("/sign-up/consent", kWho, show_step(accounts, "consent", pages::sign_up_consent_page),
              take_step(accounts, [&](const auto& asker, const Form& form) {
                return agree_to_terms(accounts, asker, form.get("consent") == "yes");
              }));
  router.form("/sign-up/about-you", kWho, show_step(accounts, "about_you", pages::sign_up_about_you_page),
              [&](Exchange& exchange, const Form& form) { return submit_about_you(accounts, exchange, form); });
  router.form(
      "/sign-up/password", kWho, show_step(accounts, "password", pages::sign_up_password_page),
      take_step(accounts, [&](const auto& asker,
                              const Form& form) { return choose_password(accounts, asker, form.get("password")); }),
      web::Cost::hashing);
  // Posted, for its token and its cookie; it writes nothing.
  router.post("/sign-up/password/passkey/options", kWho,
              [&accounts](Exchange& exchange, const Form&) { return show_passkey_options(accounts, exchange); });
  router.form("/sign-up/password/passkey", kWho, show_step(accounts, "password", pages::sign_up_password_page),
              [&accounts](Exchange& exchange, const Form& form) { return submit_passkey(accounts, exchange, form); });
  router.form("/sign-up/phone", kWho, show_step(accounts, "phone", pages::sign_up_phone_page),
              take_step(accounts, [&](const auto& asker, const Form& form) {
                return give_phone(
                    accounts, asker,
                    {.region = form.get("phone_country"), .number = form.get("phone"), .spoken = is_spoken(form)});
              }));
  router.post("/sign-up/phone/skip", kWho,
              take_step(accounts, [&](const auto& asker, const Form&) { return skip_phone(accounts, asker); }));
  router.form("/sign-up/phone-code", kWho, show_step(accounts, "phone_code", pages::sign_up_phone_code_page),
              take_step(accounts, [&](const auto& asker, const Form& form) {
                return prove_phone(accounts, asker, form.get("code"));
              }));
  router.post("/sign-up/phone-code/again", kWho,
              send_again(accounts, "phone_code", [&](const auto& asker, const Form& form) {
                return send_phone_code_again(accounts, asker, is_spoken(form));
              }));
}

void add_factor_routes(web::Router& router, Accounts& accounts) {
  constexpr auto kWho = web::Access::strangers_only;
  router.form("/sign-up/authenticator", kWho, show_step(accounts, "authenticator", pages::sign_up_authenticator_page),
              take_step(accounts, [&](const auto& asker, const Form& form) {
                return confirm_authenticator(accounts, asker, form.get("totp"));
              }));
  router.post("/sign-up/authenticator/phone", kWho, take_step(accounts, [&](const auto& asker, const Form&) {
                return choose_phone_for_signing_in(accounts, asker);
              }));
  router.post("/sign-up/authenticator/again", kWho, take_step(accounts, [&](const auto& asker, const Form&) {
                return set_up_authenticator_again(accounts, asker);
              }));
  router.form("/sign-up/backup-codes", kWho, show_step(accounts, "backup_codes", pages::sign_up_backup_codes_page),
              take_step(accounts, [&](const auto& asker, const Form& form) {
                return keep_backup_codes(accounts, asker, form.get("kept") == "yes");
              }));
  router.get("/sign-up/backup-codes/file", kWho, [&](Exchange& exchange) { return show_file(accounts, exchange); });
  router.form("/sign-up/check", kWho, show_step(accounts, "check", pages::sign_up_check_page),
              [&](Exchange& exchange, const Form&) { return submit_check(accounts, exchange); });
}

}  // namespace

void add_sign_up_routes(web::Router& router, Accounts& accounts) {
  add_email_routes(router, accounts);
  add_person_routes(router, accounts);
  add_factor_routes(router, accounts);
}

}  // namespace waymark::accounts
