// The doors of the office: an invitation, a key, and the way out.
#include "base/text.hpp"
#include "features/accounts/devices/browser_name.hpp"
#include "features/accounts/factors/passkey_asking.hpp"
#include "features/accounts/pages/passkey_pages.hpp"
#include "features/accounts/pages/session_pages.hpp"
#include "features/office/officer_passkeys.hpp"
#include "features/office/pages/entry_pages.hpp"
#include "features/office/routes.hpp"
#include "web/failure_page.hpp"
#include "web/session_end.hpp"
#include "web/site.hpp"

namespace waymark::office {
namespace {

using accounts::CeremonyPurpose;
using web::Access;
using web::Exchange;
using web::Form;
using web::FormState;

web::Url wanted_or_start(const Form& form) {
  const auto wanted = form.get("return_to");
  return web::is_office_path(wanted) ? web::Url::local_or(wanted, "/office") : web::Url("/office");
}

std::string name_otherwise(Exchange& exchange) {
  return exchange.words().text("accounts.passkeys.name_otherwise",
                               {{"system", accounts::browser_name(exchange.request.header("user-agent")).system}});
}

std::string_view agency_of(const Exchange& exchange) { return exchange.brand().agency_name; }

Result<web::Response> show_welcome(Office& office, Exchange& exchange, const FormState& form) {
  const auto officer = find_invited(office, exchange.snapshot(), exchange.part("token"));
  if (!officer) return refuse(FailureKind::not_found, "office.error.invitation_gone");
  return pages::welcome_page(exchange, form, *officer, exchange.part("token"));
}

Result<web::Response> give_welcome_options(Office& office, Exchange& exchange) {
  const auto officer = find_invited(office, *office.database().snapshot(), exchange.part("token"));
  if (!officer) return refuse(FailureKind::not_found, "office.error.invitation_gone");
  const auto asker = accounts::passkey_asker(exchange);
  return accounts::pages::creation_options(offer_key(office, *officer, CeremonyPurpose::office_welcome, asker),
                                           asker.party, agency_of(exchange));
}

Result<web::Response> submit_welcome(Office& office, Exchange& exchange, const Form& form) {
  auto answer = accounts::new_passkey_answer(form);
  answer.name_otherwise = name_otherwise(exchange);
  const auto key = accept_invitation(office, exchange.part("token"), accounts::passkey_asker(exchange), answer);
  if (!key) return refuse(key.error());
  return web::Response::redirect("/office").with_cookie(OfficeSessions::cookie(*key));
}

Result<web::Response> show_sign_in(Exchange& exchange, const FormState& form) {
  if (exchange.visitor.seat) return web::Response::redirect("/office");
  return pages::sign_in_page(exchange, form);
}

Result<web::Response> submit_sign_in(Office& office, Exchange& exchange, const Form& form) {
  const auto key = sign_in(office, accounts::passkey_asker(exchange), accounts::passkey_answer(form));
  if (!key) return refuse(key.error());
  return web::Response::redirect(wanted_or_start(form)).with_cookie(OfficeSessions::cookie(*key));
}

Result<web::Response> submit_again(Office& office, Exchange& exchange, const Form& form) {
  const auto& visitor = exchange.visitor;
  const auto key = prove_again(office, accounts::passkey_asker(exchange), accounts::passkey_answer(form),
                               visitor.seat->officer, visitor.session);
  if (!key) return refuse(key.error());
  return web::Response::redirect(wanted_or_start(form)).with_cookie(OfficeSessions::cookie(*key));
}

Result<web::Response> sign_out(Office& office, Exchange& exchange) {
  if (exchange.visitor.seat) {
    const auto audit_id = office.base().ids.next_value();
    office.database().write(
        [&](db::Transaction& tx) { office.sessions.end(tx, exchange.visitor.session, audit_id, exchange.now); });
  }
  auto response = web::Response::redirect("/office/signed-out");
  response.with_cookie(OfficeSessions::end_cookie());
  response.with_header("clear-site-data", "\"cache\"");
  return response;
}

Result<web::Response> show_ending(Exchange& exchange) {
  if (exchange.visitor.seat) return accounts::pages::session_ending_page(exchange);
  return web::Response::redirect("/office/signed-out?why=idle");
}

void add_session_routes(web::Router& router) {
  router.get("/office/session/left", Access::anyone,
             [](Exchange& exchange) -> Result<web::Response> { return web::session_left(exchange); });
  router.get("/office/session/ending", Access::anyone, show_ending);
  router.post(std::string(web::kOfficeSessionStayPath), web::officers(web::kEveryOfficeRole),
              [](Exchange& exchange, const Form& form) -> Result<web::Response> {
                if (web::wants_json(exchange.request)) return web::session_left(exchange);
                return web::Response::redirect(wanted_or_start(form));
              });
}

}  // namespace

void add_entry_routes(web::Router& router, Office& office) {
  router.form(
      "/office/welcome/:token", Access::anyone,
      [&office](Exchange& exchange, const FormState& form) { return show_welcome(office, exchange, form); },
      [&office](Exchange& exchange, const Form& form) { return submit_welcome(office, exchange, form); });
  router.post("/office/welcome/:token/options", Access::anyone,
              [&office](Exchange& exchange, const Form&) { return give_welcome_options(office, exchange); });
  router.form("/office/sign-in", Access::anyone, show_sign_in,
              [&office](Exchange& exchange, const Form& form) { return submit_sign_in(office, exchange, form); });
  router.post("/office/sign-in/options", Access::anyone,
              [&office](Exchange& exchange, const Form&) -> Result<web::Response> {
                const auto asker = accounts::passkey_asker(exchange);
                return accounts::pages::request_options(
                    ask_for_key(office, CeremonyPurpose::office_sign_in, asker, std::nullopt), asker.party);
              });
  router.form(
      "/office/sign-in/again", web::officers(web::kEveryOfficeRole),
      [](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        return pages::prove_again_page(exchange, form);
      },
      [&office](Exchange& exchange, const Form& form) { return submit_again(office, exchange, form); });
  router.post("/office/sign-in/again/options", web::officers(web::kEveryOfficeRole),
              [&office](Exchange& exchange, const Form&) -> Result<web::Response> {
                const auto asker = accounts::passkey_asker(exchange);
                return accounts::pages::request_options(
                    ask_for_key(office, CeremonyPurpose::office_again, asker, exchange.visitor.seat->officer),
                    asker.party);
              });
  router.post("/office/sign-out", Access::anyone,
              [&office](Exchange& exchange, const Form&) { return sign_out(office, exchange); });
  router.get("/office/signed-out", Access::anyone,
             [](Exchange& exchange) -> Result<web::Response> { return pages::signed_out_page(exchange); });
  add_session_routes(router);
}

}  // namespace waymark::office
