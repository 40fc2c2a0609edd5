#include "features/overview/routes.hpp"

#include "features/cases/case_access.hpp"
#include "features/cases/case_urls.hpp"
#include "features/cases/representing/represent.hpp"
#include "features/cases/sharing/share_case.hpp"
#include "features/overview/pages/case_page.hpp"
#include "features/overview/pages/dashboard_page.hpp"
#include "web/failure_page.hpp"

namespace waymark::overview {
namespace {

using web::Exchange;

Result<web::Response> show_dashboard(const Overview& overview, Exchange& exchange) {
  const bool is_json = web::wants_json(exchange.request);
  const auto draw_notes = overview.begin_notes && !is_json ? overview.begin_notes(exchange) : Overview::DrawNotes{};
  const auto dashboard =
      arrange_dashboard(cases::list_visible_to(exchange.snapshot(), exchange.visitor.account, exchange.now));
  if (is_json) return pages::dashboard_json(exchange, dashboard);
  return pages::dashboard_page(exchange, dashboard, draw_notes);
}

web::Response draw_case(Exchange& exchange, const cases::VisibleCase& visible, const cases::CasePicture& picture) {
  return web::wants_json(exchange.request) ? pages::case_json(exchange, visible, picture)
                                           : pages::case_page(exchange, visible, picture);
}

// The page of who helps or represents is another one: it writes down that they looked.
Result<web::Response> to_others_case(Exchange& exchange) {
  const auto others =
      cases::find_visible_to(exchange.snapshot(), exchange.visitor.account, exchange.part("receipt"), exchange.now);
  if (!others) return refuse(FailureKind::not_found, "web.error.not_found");
  return web::Response::redirect(cases::page_url(*others));
}

Result<web::Response> show_case(const Overview& overview, Exchange& exchange) {
  const auto visible = cases::find_visible_to(exchange.snapshot(), exchange.visitor.account, exchange.part("receipt"));
  if (!visible) return to_others_case(exchange);
  const auto picture = cases::load_picture(exchange.snapshot(), overview.cases.parts().sealer, *visible);
  return draw_case(exchange, *visible, picture);
}

// Another person's case, by the page of who was let in as what: it writes down that they looked.
Result<web::Response> show_others_case(const Overview& overview, Exchange& exchange, bool represents) {
  const auto visible =
      cases::find_visible_to(exchange.snapshot(), exchange.visitor.account, exchange.part("receipt"), exchange.now);
  if (!visible) return refuse(FailureKind::not_found, "web.error.not_found");
  if (visible->party != PartyId{} || (visible->representing != 0) != represents)
    return web::Response::redirect(cases::page_url(*visible));
  const auto picture = cases::load_picture(exchange.snapshot(), overview.cases.parts().sealer, *visible);
  exchange.close_snapshot();
  cases::keep_representative_look(overview.cases, *visible, exchange.visitor.account, exchange.now);
  cases::keep_helper_look(overview.cases, *visible, exchange.now);
  return draw_case(exchange, *visible, picture);
}

}  // namespace

void add_routes(web::Router& router, const Overview& overview) {
  using web::Access;
  using web::Cost;
  router.get(
      "/cases", Access::signed_in, [&overview](Exchange& exchange) { return show_dashboard(overview, exchange); },
      Cost::quick);
  router.get(
      "/cases/:receipt", Access::signed_in, [&overview](Exchange& exchange) { return show_case(overview, exchange); },
      Cost::quick);
  router.get(
      "/helping/:receipt", Access::signed_in,
      [&overview](Exchange& exchange) { return show_others_case(overview, exchange, false); }, Cost::slow);
  router.get(
      "/representing/:receipt", Access::signed_in,
      [&overview](Exchange& exchange) { return show_others_case(overview, exchange, true); }, Cost::slow);
}

}  // namespace waymark::overview
