// Finding a case or a person, and what waits.
#include "base/text.hpp"
#include "features/office/limits.hpp"
#include "features/office/pages/search_pages.hpp"
#include "features/office/routes.hpp"
#include "features/office/search.hpp"
#include "web/site.hpp"

namespace waymark::office {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;

Result<web::Response> submit_search(Office& office, Exchange& exchange, const Form& form) {
  const auto text = [&](std::string_view name) { return std::string(form.get(name)); };
  const auto asked = ask_search(office, *exchange.visitor.seat,
                                {.receipt_number = text("receipt_number"),
                                 .email = text("email"),
                                 .name = text("name"),
                                 .second_name = text("second_name"),
                                 .birth_day = text("date_of_birth_day"),
                                 .birth_month = text("date_of_birth_month"),
                                 .birth_year = text("date_of_birth_year"),
                                 .reason = text("reason")});
  if (!asked) return refuse(asked.error());
  return web::Response::redirect(web::Url("/office/searches/").part(std::to_string(asked->value)));
}

Result<web::Response> show_results(Office& office, Exchange& exchange) {
  const auto& seat = *exchange.visitor.seat;
  const SearchId id{parse_integer(exchange.part("search")).value_or(0)};
  const auto search = find_search(office, exchange.snapshot(), seat.officer, id);
  if (!search) return refuse(FailureKind::not_found, "office.error.search_gone");
  const auto found = run_search(office, exchange.snapshot(), *search);
  exchange.close_snapshot();
  record_results(office, seat, *search, found);
  return pages::results_page(exchange, *search, found);
}

// A queue of another form or of nothing known is the first queue: filters in addresses are typed by people too.
Result<web::Response> show_queue(Office& office, Exchange& exchange) {
  const auto& catalogue = office.base().catalogue;
  pages::QueueShown shown;
  shown.asked.queue = cases::find_queue(exchange.query("queue")).value_or(cases::Queue::evidence_received);
  if (auto form = exchange.query("form"); catalogue.find_form(form) != nullptr) shown.asked.form = std::move(form);
  shown.asked.after = parse_integer(exchange.query("after"));
  shown.asked.after_receipt = exchange.query("after_receipt");
  shown.asked.most = kQueuePage + 1;
  const auto today = catalogue::day_in_zone(exchange.now, catalogue.brand().time_zone);
  shown.waiting = cases::list_waiting(exchange.snapshot(), catalogue, shown.asked, today);
  shown.has_more = shown.waiting.size() > static_cast<std::size_t>(kQueuePage);
  if (shown.has_more) shown.waiting.resize(static_cast<std::size_t>(kQueuePage));
  return exchange.query("as") == "csv" ? pages::queue_csv(exchange, shown) : pages::queue_page(exchange, shown);
}

}  // namespace

void add_search_routes(web::Router& router, Office& office) {
  router.form(
      "/office/search", web::officers(kMayFind),
      [](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        return pages::search_page(exchange, form);
      },
      [&office](Exchange& exchange, const Form& form) { return submit_search(office, exchange, form); });
  router.get(
      "/office/searches/:search", web::officers(kMayFind),
      [&office](Exchange& exchange) { return show_results(office, exchange); }, web::Cost::slow);
  router.get(
      "/office/queue", web::officers(kMayWorkCases),
      [&office](Exchange& exchange) { return show_queue(office, exchange); }, web::Cost::slow);
}

}  // namespace waymark::office
