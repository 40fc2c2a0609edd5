// People who say that they represent others, and the officer who checks it.
#include "base/text.hpp"
#include "features/office/pages/representative_pages.hpp"
#include "features/office/routes.hpp"
#include "features/office/verify_representative.hpp"

namespace waymark::office {
namespace {

using cases::RepresentativeState;
using web::Exchange;
using web::Form;
using web::FormState;

AccountId account_of(const Exchange& exchange) {
  return AccountId{parse_integer(exchange.part("account")).value_or(0)};
}

Result<web::Response> show_list(Office& office, Exchange& exchange) {
  return pages::representatives_page(exchange, list_representatives(office, RepresentativeState::waiting),
                                     list_representatives(office, RepresentativeState::verified));
}

Result<web::Response> show_one(Office& office, Exchange& exchange, const FormState& form) {
  exchange.close_snapshot();
  const auto person = open_representative(office, *exchange.visitor.seat, account_of(exchange));
  if (!person) return refuse(FailureKind::not_found, "web.error.not_found");
  return pages::representative_page(exchange, form, *person);
}

std::optional<RepresentativeState> decision_in(const Form& form) {
  for (const auto state :
       {RepresentativeState::verified, RepresentativeState::refused, RepresentativeState::withdrawn}) {
    if (cases::to_text(state) == form.get("decision")) return state;
  }
  return std::nullopt;
}

Result<web::Response> submit_decision(Office& office, Exchange& exchange, const Form& form) {
  const auto to = decision_in(form);
  if (!to) return refuse_field("decision", "office.error.decision");
  const Instant seen{std::chrono::milliseconds{parse_integer(form.get("asked_at")).value_or(0)}};
  const auto decided = decide(office, *exchange.visitor.seat, account_of(exchange), *to, seen);
  if (!decided) return refuse(decided.error());
  return web::Response::redirect(web::Url("/office/representatives").with("done", cases::to_text(*to)));
}

}  // namespace

void add_representative_routes(web::Router& router, Office& office) {
  router.get(
      "/office/representatives", web::officers(kMayVerify),
      [&office](Exchange& exchange) { return show_list(office, exchange); }, web::Cost::slow);
  router.get(
      "/office/representatives/:account", web::officers(kMayVerify),
      [&office](Exchange& exchange) { return show_one(office, exchange, {}); }, web::Cost::slow);
  router.form(
      "/office/representatives/:account/decision", web::officers_recently_proved(kMayVerify),
      [&office](Exchange& exchange, const FormState& form) { return show_one(office, exchange, form); },
      [&office](Exchange& exchange, const Form& form) { return submit_decision(office, exchange, form); });
}

}  // namespace waymark::office
