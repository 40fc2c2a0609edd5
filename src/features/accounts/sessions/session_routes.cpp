#include "features/accounts/sessions/session_routes.hpp"

#include "features/accounts/pages/session_pages.hpp"
#include "web/failure_page.hpp"
#include "web/session_end.hpp"

namespace waymark::accounts {
namespace {

using web::Exchange;
using web::Form;

Result<web::Response> show_ending(Exchange& exchange) {
  if (exchange.visitor.standing == web::Standing::signed_in) return pages::session_ending_page(exchange);
  auto signed_out = web::Url("/signed-out").with("why", "idle");
  if (const auto wanted = exchange.query("return_to"); web::Url::is_local(wanted))
    signed_out = signed_out.with("return_to", wanted);
  return web::Response::redirect(signed_out);
}

// That it was asked for is the activity.
Result<web::Response> stay(Exchange& exchange, const Form& form) {
  if (web::wants_json(exchange.request)) return web::session_left(exchange);
  return web::Response::redirect(web::Url::local_or(form.get("return_to"), "/cases"));
}

}  // namespace

void add_session_routes(web::Router& router) {
  using web::Access;
  router.get("/session/left", Access::anyone,
             [](Exchange& exchange) -> Result<web::Response> { return web::session_left(exchange); });
  router.get("/session/ending", Access::anyone, show_ending);
  router.post(std::string(web::kSessionStayPath), Access::signed_in, stay);
}

}  // namespace waymark::accounts
