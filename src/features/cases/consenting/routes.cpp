#include "features/cases/consenting/routes.hpp"

#include "features/cases/case_urls.hpp"
#include "features/cases/consenting/consent.hpp"
#include "features/cases/consenting/pages.hpp"

namespace waymark::cases {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;

Result<web::Response> show_consents(const Cases& cases, Exchange& exchange, const FormState& form) {
  const auto account = exchange.visitor.account;
  const auto visible = find_own_for(exchange.snapshot(), account, exchange.part("receipt"), Act::consent);
  if (!visible) return refuse(FailureKind::not_found, "web.error.not_found");
  return pages::consents_page(exchange, form, *visible, list_consentable(cases, *visible),
                              list_consents(exchange.snapshot(), visible->id, account));
}

Result<web::Response> submit_consent(const Cases& cases, Exchange& exchange, const Form& form) {
  const auto receipt = exchange.part("receipt");
  const auto shown = form.get("show");
  const bool is_shown = !shown.empty();
  if (auto set = set_consent(cases, exchange.visitor.account, receipt, is_shown ? shown : form.get("hide"), is_shown,
                             cases.hash_network(exchange.request.peer));
      !set) {
    return std::unexpected(std::move(set).error());
  }
  return web::Response::redirect(consent_url(receipt));
}

}  // namespace

void add_consent_routes(web::Router& router, const Cases& cases) {
  router.form(
      "/cases/:receipt/beneficiary", web::Access::recently_proved,
      [&cases](Exchange& exchange, const FormState& form) { return show_consents(cases, exchange, form); },
      [&cases](Exchange& exchange, const Form& form) { return submit_consent(cases, exchange, form); });
}

}  // namespace waymark::cases
