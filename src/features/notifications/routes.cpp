#include "features/notifications/routes.hpp"

#include "features/notifications/genuine.hpp"
#include "features/notifications/pages/genuine_pages.hpp"
#include "web/failure_page.hpp"

namespace waymark::notifications {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;

// The answer is drawn at once, under the same address: it must not stand in a link or in the browser's history.
Result<web::Response> check(Notifications& notifications, Exchange& exchange, const Form& form) {
  const auto found = check_message(notifications, {.reference = std::string(form.get("reference")),
                                                   .receiver = std::string(form.get("receiver")),
                                                   .country = std::string(form.get("country")),
                                                   .peer = exchange.request.peer});
  if (!found) return std::unexpected(found.error());
  if (web::wants_json(exchange.request)) return pages::genuine_json(exchange, *found);
  return *found ? pages::ours_page(exchange, **found) : pages::not_found_page(exchange);
}

}  // namespace

void add_routes(web::Router& router, Notifications& notifications) {
  router.form(
      "/genuine", web::Access::anyone,
      [&notifications](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        if (form.failed() && web::wants_json(exchange.request)) return std::unexpected(*form.failure);
        return pages::genuine_page(exchange, form, notifications.parts.catalogue);
      },
      [&notifications](Exchange& exchange, const Form& form) { return check(notifications, exchange, form); });
}

}  // namespace waymark::notifications
