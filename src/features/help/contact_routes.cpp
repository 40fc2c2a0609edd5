#include "features/help/pages/contact_pages.hpp"
#include "features/help/request_callback.hpp"
#include "features/help/routes.hpp"

namespace waymark::help {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;
using web::Response;

web::Url sent_url(std::string_view reference) { return web::Url("/contact/call-back/").part(reference); }

Result<Response> submit_callback(Help& help, Exchange& exchange, const Form& form) {
  const auto reference = request_callback(help, {.name = form.get("name"),
                                                 .phone_country = form.get("phone_country"),
                                                 .phone = form.get("phone"),
                                                 .time = form.get("time"),
                                                 .language = form.get("language"),
                                                 .other_language = form.get("other_language"),
                                                 .topic = form.get("topic"),
                                                 .peer = exchange.request.peer});
  if (!reference) return refuse(reference.error());
  return Response::redirect(sent_url(*reference));
}

// The page holds nothing but the reference that its address holds already.
Result<Response> show_sent(const Help& help, Exchange& exchange) {
  const auto reference = exchange.part("reference");
  if (!help.callbacks.has_reference(exchange.snapshot(), reference)) {
    return refuse(FailureKind::not_found, "web.error.not_found");
  }
  return pages::callback_sent_page(exchange, reference);
}

}  // namespace

void add_contact_routes(web::Router& router, Help& help) {
  constexpr auto kWho = web::Access::anyone;
  router.get("/contact", kWho, [](Exchange& exchange) -> Result<Response> { return pages::contact_page(exchange); });
  router.form(
      "/contact/call-back", kWho,
      [&help](Exchange& exchange, const FormState& form) -> Result<Response> {
        return pages::callback_page(exchange, form, help);
      },
      [&help](Exchange& exchange, const Form& form) { return submit_callback(help, exchange, form); });
  router.get("/contact/call-back/:reference", kWho, [&help](Exchange& exchange) { return show_sent(help, exchange); });
}

}  // namespace waymark::help
