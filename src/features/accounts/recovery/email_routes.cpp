#include "features/accounts/recovery/email_routes.hpp"

#include "features/accounts/pages/email_pages.hpp"
#include "features/accounts/recovery/change_email.hpp"

namespace waymark::accounts {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;
using web::Response;

constexpr auto kWho = web::Access::recently_proved;

EmailChanger changer_of(const Exchange& exchange) {
  return {.account = exchange.visitor.account,
          .session = exchange.visitor.session,
          .peer = exchange.request.peer,
          .language = std::string(exchange.words().tag())};
}

web::Url place_of(EmailStep step) {
  switch (step) {
    case EmailStep::new_code:
      return "/account/email/new-code";
    case EmailStep::old_code:
      return "/account/email/old-code";
    case EmailStep::changed:
      return web::Url("/account/email").with("changed", "yes");
    case EmailStep::nothing:
    case EmailStep::waits:
      break;
  }
  return "/account/email";
}

pages::EmailView read_view(const Accounts& accounts, Exchange& exchange) {
  auto& snapshot = exchange.snapshot();
  const auto account = exchange.visitor.account;
  return {.present = accounts.store.load_profile(snapshot, account).email,
          .change = accounts.email_changes.find(snapshot, account, exchange.now),
          .wait = accounts.waits.find_open(snapshot, account, WaitKind::email_change, exchange.now)};
}

using Draw = Response (*)(Exchange&, const FormState&, const pages::EmailView&);
using Take = std::function<Result<EmailStep>(const EmailChanger&, const Form&)>;

web::ShowHandler show(Accounts& accounts, EmailStep step, Draw draw) {
  return [&accounts, step, draw](Exchange& exchange, const FormState& form) -> Result<Response> {
    const auto present = find_email_step(accounts, exchange.snapshot(), exchange.visitor.account, exchange.now);
    if (step != EmailStep::nothing && present != step) return Response::redirect(place_of(present));
    return draw(exchange, form, read_view(accounts, exchange));
  };
}

web::PostHandler take(Take step) {
  return [step = std::move(step)](Exchange& exchange, const Form& form) -> Result<Response> {
    const auto next = step(changer_of(exchange), form);
    if (!next) return std::unexpected(next.error());
    return Response::redirect(place_of(*next));
  };
}

}  // namespace

void add_email_routes(web::Router& router, Accounts& accounts) {
  router.form("/account/email", kWho, show(accounts, EmailStep::nothing, pages::email_page),
              take([&](const auto& changer, const Form& form) {
                return start_email_change(accounts, changer, form.get("email"));
              }));
  router.form("/account/email/new-code", kWho, show(accounts, EmailStep::new_code, pages::new_email_code_page),
              take([&](const auto& changer, const Form& form) {
                return prove_new_email(accounts, changer, form.get("code"));
              }));
  router.form("/account/email/old-code", kWho, show(accounts, EmailStep::old_code, pages::old_email_code_page),
              take([&](const auto& changer, const Form& form) {
                return prove_old_email(accounts, changer, form.get("code"));
              }));
  router.post("/account/email/code/again", kWho,
              take([&](const auto& changer, const Form&) { return send_email_change_code_again(accounts, changer); }));
  router.form("/account/email/without-old", kWho, show(accounts, EmailStep::old_code, pages::without_old_email_page),
              take([&](const auto& changer, const Form& form) {
                const bool is_backup = form.has("backup_code");
                return change_email_without_old(accounts, changer,
                                                is_backup ? RecoveryFactor::backup_code : RecoveryFactor::totp,
                                                form.get(is_backup ? "backup_code" : "totp"));
              }));
  router.post("/account/email/finish", kWho,
              take([&](const auto& changer, const Form&) { return finish_email_change(accounts, changer); }));
  router.post("/account/email/give-up", kWho, take([&](const auto& changer, const Form&) -> Result<EmailStep> {
                give_up_email_change(accounts, changer);
                return EmailStep::nothing;
              }));
}

}  // namespace waymark::accounts
