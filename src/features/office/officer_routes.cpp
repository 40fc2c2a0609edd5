// Who works here: the start page, one's own keys, and the administrator's list of officers.
#include "base/text.hpp"
#include "features/accounts/devices/browser_name.hpp"
#include "features/accounts/factors/passkey_asking.hpp"
#include "features/accounts/pages/passkey_pages.hpp"
#include "features/office/invite_officer.hpp"
#include "features/office/officer_passkeys.hpp"
#include "features/office/pages/officer_pages.hpp"
#include "features/office/routes.hpp"
#include "web/site.hpp"

namespace waymark::office {
namespace {

using accounts::CeremonyPurpose;
using web::Exchange;
using web::Form;
using web::FormState;
using web::OfficeRole;

OfficerId officer_of(const Exchange& exchange) {
  return OfficerId{parse_integer(exchange.part("officer")).value_or(0)};
}

Result<web::Response> show_keys(Office& office, Exchange& exchange, const FormState& form) {
  return pages::keys_page(exchange, form,
                          office.officers.list_passkeys(exchange.snapshot(), exchange.visitor.seat->officer));
}

Result<web::Response> give_key_options(Office& office, Exchange& exchange) {
  const auto officer = office.officers.find(*office.database().snapshot(), exchange.visitor.seat->officer);
  const auto asker = accounts::passkey_asker(exchange);
  return accounts::pages::creation_options(offer_key(office, *officer, CeremonyPurpose::office_add, asker), asker.party,
                                           exchange.brand().agency_name);
}

Result<web::Response> submit_key(Office& office, Exchange& exchange, const Form& form) {
  auto answer = accounts::new_passkey_answer(form);
  answer.name_otherwise =
      exchange.words().text("accounts.passkeys.name_otherwise",
                            {{"system", accounts::browser_name(exchange.request.header("user-agent")).system}});
  const auto added = add_key(office, accounts::passkey_asker(exchange), answer, exchange.visitor.seat->officer);
  if (!added) return refuse(added.error());
  return web::Response::redirect("/office/keys");
}

Result<web::Response> submit_removal(Office& office, Exchange& exchange) {
  const OfficerPasskeyId key{parse_integer(exchange.part("key")).value_or(0)};
  const auto removed = remove_key(office, exchange.visitor.seat->officer, key);
  if (!removed) return refuse(removed.error());
  return web::Response::redirect("/office/keys");
}

Result<web::Response> show_officers(Office& office, Exchange& exchange) {
  return pages::officers_page(exchange, office.officers.list(exchange.snapshot()));
}

Result<web::Response> show_officer(Office& office, Exchange& exchange, const FormState& form) {
  const auto officer = office.officers.find(exchange.snapshot(), officer_of(exchange));
  if (!officer) return refuse(FailureKind::not_found, "web.error.not_found");
  return pages::officer_page(exchange, form, *officer);
}

Result<OfficeRole> role_in(const Form& form) {
  if (const auto role = web::find_office_role(form.get("role"))) return *role;
  return refuse_field("role", "office.error.role");
}

Result<web::Response> submit_invitation(Office& office, Exchange& exchange, const Form& form) {
  const auto role = role_in(form);
  if (!role) return refuse(role.error());
  const auto invited = invite_officer(office, exchange.visitor.seat->officer,
                                      {.email = std::string(form.get("email")),
                                       .name = std::string(form.get("name")),
                                       .unit = std::string(form.get("unit")),
                                       .role = *role,
                                       .language = std::string(exchange.words().tag())});
  if (!invited) return refuse(invited.error());
  return web::Response::redirect("/office/officers?done=invited");
}

Result<web::Response> back_to_list(const Result<void>& done, std::string_view what) {
  if (!done) return refuse(done.error());
  return web::Response::redirect(web::Url("/office/officers").with("done", what));
}

Result<web::Response> submit_seat(Office& office, Exchange& exchange, const Form& form) {
  const auto role = role_in(form);
  if (!role) return refuse(role.error());
  return back_to_list(
      change_seat(office, exchange.visitor.seat->officer, officer_of(exchange), *role, form.get("unit")), "changed");
}

void add_key_routes(web::Router& router, Office& office) {
  router.form(
      "/office/keys", web::officers_recently_proved(web::kEveryOfficeRole),
      [&office](Exchange& exchange, const FormState& form) { return show_keys(office, exchange, form); },
      [&office](Exchange& exchange, const Form& form) { return submit_key(office, exchange, form); });
  router.post("/office/keys/options", web::officers_recently_proved(web::kEveryOfficeRole),
              [&office](Exchange& exchange, const Form&) { return give_key_options(office, exchange); });
  router.post("/office/keys/:key/removal", web::officers_recently_proved(web::kEveryOfficeRole),
              [&office](Exchange& exchange, const Form&) { return submit_removal(office, exchange); });
}

}  // namespace

std::vector<web::OfficeNavLink> office_navigation() {
  return {{"/office/queue", "office.nav.queue", "office_queue", kMayWorkCases},
          {"/office/search", "office.nav.search", "office_search", kMayFind},
          {"/office/recoveries", "office.nav.recoveries", "office_recoveries", kMayRecover},
          {"/office/representatives", "office.nav.representatives", "office_representatives", kMayVerify},
          {"/office/looks", "office.nav.looks", "office_looks", kMayAudit},
          {"/office/officers", "office.nav.officers", "office_officers", kMayAdminister},
          {"/office/keys", "office.nav.keys", "office_keys", web::kEveryOfficeRole}};
}

void add_officer_routes(web::Router& router, Office& office) {
  router.get("/office", web::officers(web::kEveryOfficeRole),
             [](Exchange& exchange) -> Result<web::Response> { return pages::start_page(exchange); });
  add_key_routes(router, office);
  router.get("/office/officers", web::officers(kMayAdminister),
             [&office](Exchange& exchange) { return show_officers(office, exchange); });
  router.form(
      "/office/officers/new", web::officers_recently_proved(kMayAdminister),
      [](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        return pages::new_officer_page(exchange, form);
      },
      [&office](Exchange& exchange, const Form& form) { return submit_invitation(office, exchange, form); });
  router.form(
      "/office/officers/:officer", web::officers_recently_proved(kMayAdminister),
      [&office](Exchange& exchange, const FormState& form) { return show_officer(office, exchange, form); },
      [&office](Exchange& exchange, const Form& form) { return submit_seat(office, exchange, form); });
  router.post("/office/officers/:officer/invitation", web::officers_recently_proved(kMayAdminister),
              [&office](Exchange& exchange, const Form&) {
                return back_to_list(invite_again(office, exchange.visitor.seat->officer, officer_of(exchange)),
                                    "invited");
              });
  router.post("/office/officers/:officer/stop", web::officers_recently_proved(kMayAdminister),
              [&office](Exchange& exchange, const Form&) {
                return back_to_list(stop_officer(office, exchange.visitor.seat->officer, officer_of(exchange)),
                                    "stopped");
              });
}

}  // namespace waymark::office
