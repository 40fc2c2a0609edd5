// People who can't get in, and the two officers who help them.
#include "base/text.hpp"
#include "features/office/help_person.hpp"
#include "features/office/pages/person_pages.hpp"
#include "features/office/routes.hpp"

namespace waymark::office {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;

AccountId account_of(const Exchange& exchange) {
  return AccountId{parse_integer(exchange.part("account")).value_or(0)};
}

web::Url page_of(const Exchange& exchange) { return web::Url("/office/people/").part(exchange.part("account")); }

Result<web::Response> show_person(Office& office, Exchange& exchange, const FormState& form) {
  exchange.close_snapshot();
  const auto person = open_person(office, *exchange.visitor.seat, account_of(exchange));
  if (!person) return refuse(FailureKind::not_found, "web.error.not_found");
  return pages::person_page(exchange, form, *person);
}

Result<web::Response> submit_vouching(Office& office, Exchange& exchange, const Form& form) {
  const auto vouched = vouch(office, *exchange.visitor.seat, account_of(exchange), form.get("document"));
  if (!vouched) return refuse(vouched.error());
  const bool waits = *vouched == accounts::Vouching::wait_started;
  return web::Response::redirect(page_of(exchange).with("done", waits ? "wait" : "first"));
}

Result<web::Response> submit_tries(Office& office, Exchange& exchange) {
  const auto forgotten = forget_failed_tries(office, *exchange.visitor.seat, account_of(exchange));
  if (!forgotten) return refuse(forgotten.error());
  return web::Response::redirect(page_of(exchange).with("done", "tries"));
}

}  // namespace

void add_person_routes(web::Router& router, Office& office) {
  router.get(
      "/office/recoveries", web::officers(kMayRecover),
      [&office](Exchange& exchange) -> Result<web::Response> {
        return pages::recoveries_page(exchange, list_recoveries(office, *exchange.visitor.seat));
      },
      web::Cost::slow);
  router.get(
      "/office/people/:account", web::officers(kMayRecover),
      [&office](Exchange& exchange) { return show_person(office, exchange, {}); }, web::Cost::slow);
  router.form(
      "/office/people/:account/vouching", web::officers_recently_proved(kMayRecover),
      [&office](Exchange& exchange, const FormState& form) { return show_person(office, exchange, form); },
      [&office](Exchange& exchange, const Form& form) { return submit_vouching(office, exchange, form); });
  router.post("/office/people/:account/tries", web::officers_recently_proved(kMayRecover),
              [&office](Exchange& exchange, const Form&) { return submit_tries(office, exchange); });
}

}  // namespace waymark::office
