#include "base/text.hpp"
#include "features/help/office_trail.hpp"
#include "features/help/pages/office_pages.hpp"
#include "features/help/routes.hpp"
#include "features/help/work_callbacks.hpp"
#include "features/help/work_help_requests.hpp"

namespace waymark::help {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;
using web::OfficeRole;
using web::Response;

constexpr web::OfficeRoles kCallers{OfficeRole::support, OfficeRole::case_officer};
constexpr web::OfficeRoles kAnswerers{OfficeRole::support};
constexpr web::OfficeRoles kReaders{OfficeRole::administrator, OfficeRole::support, OfficeRole::auditor};
constexpr std::chrono::days kVotesShown{90};

const web::OfficeSeat& seat_of(const Exchange& exchange) { return *exchange.visitor.seat; }

// A part that is no number names nothing, as one that is nobody's does.
template <typename Id>
Id id_of(const Exchange& exchange) {
  return Id{parse_integer(exchange.part("id")).value_or(0)};
}

// Each look is committed before the page goes out, so the snapshot of the visitor's own look-up is let go first.
template <typename Look>
auto look(Exchange& exchange, Look&& at) {
  exchange.close_snapshot();
  return at();
}

Result<Response> show_callback(Help& help, Exchange& exchange, const FormState& form) {
  const auto found =
      look(exchange, [&] { return look_at_callback(help, seat_of(exchange), id_of<CallbackId>(exchange)); });
  if (!found) return refuse(found.error());
  return pages::callback_work_page(exchange, form, *found);
}

Result<Response> show_help_request(Help& help, Exchange& exchange, const FormState& form) {
  const auto found =
      look(exchange, [&] { return look_at_help_request(help, seat_of(exchange), id_of<HelpRequestId>(exchange)); });
  if (!found) return refuse(found.error());
  return pages::help_request_page(exchange, form, *found);
}

using Show = Result<Response> (*)(Help&, Exchange&, const FormState&);

// After an act: on to where it is seen; a refused field is drawn again with what was typed.
Result<Response> after(Help& help, Exchange& exchange, const Form& form, const Result<void>& acted, Show show,
                       const web::Url& next) {
  if (acted) return Response::redirect(next);
  if (acted.error().kind != FailureKind::bad_input) return refuse(acted.error());
  return show(help, exchange, {.typed = form, .failure = acted.error()});
}

web::Url request_url(const Exchange& exchange) { return web::Url("/office/help-requests/").part(exchange.part("id")); }

void add_callback_routes(web::Router& router, Help& help) {
  router.get(
      "/office/callbacks", web::officers(kCallers),
      [&help](Exchange& exchange) -> Result<Response> {
        return pages::callbacks_page(exchange,
                                     look(exchange, [&] { return look_at_callbacks(help, seat_of(exchange)); }));
      },
      web::Cost::slow);
  router.get(
      "/office/callbacks/:id", web::officers(kCallers),
      [&help](Exchange& exchange) { return show_callback(help, exchange, {}); }, web::Cost::slow);
  router.post("/office/callbacks/:id/taking", web::officers(kCallers), [&help](Exchange& exchange, const Form& form) {
    const auto taken = take_callback(help, seat_of(exchange), id_of<CallbackId>(exchange));
    return after(help, exchange, form, taken, show_callback, web::Url("/office/callbacks/").part(exchange.part("id")));
  });
  router.post("/office/callbacks/:id/closure", web::officers(kCallers), [&help](Exchange& exchange, const Form& form) {
    const auto closed = close_callback(help, seat_of(exchange), id_of<CallbackId>(exchange), form.get("outcome"));
    return after(help, exchange, form, closed, show_callback, "/office/callbacks");
  });
}

void add_request_routes(web::Router& router, Help& help) {
  router.get(
      "/office/help-requests", web::officers(kAnswerers),
      [&help](Exchange& exchange) -> Result<Response> {
        return pages::help_requests_page(
            exchange, look(exchange, [&] { return look_at_help_requests(help, seat_of(exchange)); }));
      },
      web::Cost::slow);
  router.get(
      "/office/help-requests/:id", web::officers(kAnswerers),
      [&help](Exchange& exchange) { return show_help_request(help, exchange, {}); }, web::Cost::slow);
  router.post("/office/help-requests/:id/taking", web::officers(kAnswerers),
              [&help](Exchange& exchange, const Form& form) {
                const auto taken = take_help_request(help, seat_of(exchange), id_of<HelpRequestId>(exchange));
                return after(help, exchange, form, taken, show_help_request, request_url(exchange));
              });
  router.post("/office/help-requests/:id/reply", web::officers(kAnswerers),
              [&help](Exchange& exchange, const Form& form) {
                const auto answered =
                    answer_help_request(help, seat_of(exchange), id_of<HelpRequestId>(exchange), form.get("reply"));
                return after(help, exchange, form, answered, show_help_request, request_url(exchange));
              });
  router.post("/office/help-requests/:id/closure", web::officers(kAnswerers),
              [&help](Exchange& exchange, const Form& form) {
                const auto closed = close_help_request(help, seat_of(exchange), id_of<HelpRequestId>(exchange));
                return after(help, exchange, form, closed, show_help_request, "/office/help-requests");
              });
}

Result<Response> show_votes(Help& help, Exchange& exchange) {
  const OfficeTrail trail(help, seat_of(exchange), "help.votes_seen");
  const Date from = to_date(to_days(catalogue::day_in_zone(exchange.now, exchange.brand().time_zone)) - kVotesShown);
  const auto votes = look(exchange, [&] {
    return help.parts.database.write([&](db::Transaction& tx) {
      trail.record(tx);
      return list_votes(tx, from);
    });
  });
  return pages::votes_page(exchange, help, votes);
}

}  // namespace

void add_office_routes(web::Router& router, Help& help) {
  add_callback_routes(router, help);
  add_request_routes(router, help);
  router.get(
      "/office/help", web::officers(kReaders), [&help](Exchange& exchange) { return show_votes(help, exchange); },
      web::Cost::slow);
}

std::vector<web::OfficeNavLink> office_nav_links() {
  return {{"/office/callbacks", "help.office.nav_callbacks", "callbacks", kCallers},
          {"/office/help-requests", "help.office.nav_requests", "help_requests", kAnswerers},
          {"/office/help", "help.office.nav_votes", "help", kReaders}};
}

}  // namespace waymark::help
