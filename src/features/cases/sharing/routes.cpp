#include "features/cases/sharing/routes.hpp"

#include "base/text.hpp"
#include "features/cases/case_urls.hpp"
#include "features/cases/sharing/pages.hpp"

namespace waymark::cases {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;

std::unexpected<Failure> missing() { return refuse(FailureKind::not_found, "web.error.not_found"); }

std::optional<Date> typed_day(const Form& form, const std::string& name) {
  const auto number = [&](std::string_view part) { return parse_integer(trim(form.get(name + std::string(part)))); };
  const auto day = number("_day"), month = number("_month"), year = number("_year");
  const auto fits = [](std::optional<std::int64_t> value, std::int64_t least, std::int64_t most) {
    return value && *value >= least && *value <= most;
  };
  if (!fits(day, 1, 31) || !fits(month, 1, 12) || !fits(year, 1000, 9999)) return std::nullopt;
  const Date date{std::chrono::year{static_cast<int>(*year)}, std::chrono::month{static_cast<unsigned>(*month)},
                  std::chrono::day{static_cast<unsigned>(*day)}};
  return date.ok() ? std::optional(date) : std::nullopt;
}

HelpingId typed_helping(const Form& form) { return HelpingId{parse_integer(form.get("helping")).value_or(0)}; }

std::string network_of(const Sharing& sharing, const Exchange& exchange) {
  return sharing.cases().hash_network(exchange.request.peer);
}

// The case when the visitor may let others see it.
std::optional<VisibleCase> find_own(Exchange& exchange) {
  return find_shareable(exchange.snapshot(), exchange.visitor.account, exchange.part("receipt"));
}

Result<web::Response> show_helpers(const Sharing& sharing, Exchange& exchange) {
  const auto visible = find_own(exchange);
  if (!visible) return missing();
  std::vector<pages::Helper> helpers;
  for (const auto& one : list_helpings(exchange.snapshot(), visible->id)) {
    if (one.given_by != exchange.visitor.account || !one.stands(exchange.now)) continue;
    helpers.push_back(
        {one, shown_address(sharing.cases(), exchange.visitor.account, one.given_by, one.id, one.sealed_email)});
  }
  return pages::helpers_page(exchange, *visible, helpers);
}

Result<web::Response> show_ask(Exchange& exchange, const FormState& form) {
  const auto visible = find_own(exchange);
  if (!visible) return missing();
  return pages::ask_helper_page(exchange, form, *visible);
}

Result<web::Response> submit_ask(const Sharing& sharing, Exchange& exchange, const Form& form) {
  const auto receipt = exchange.part("receipt");
  if (auto offered = offer_help(sharing, exchange.visitor.account, receipt,
                                {.email = std::string(form.get("email")),
                                 .may_act = form.get("may") == "act",
                                 .until = typed_day(form, "until")},
                                network_of(sharing, exchange));
      !offered) {
    return std::unexpected(std::move(offered).error());
  }
  return web::Response::redirect(helpers_url(receipt).with("done", "asked"));
}

Result<web::Response> submit_end(const Sharing& sharing, Exchange& exchange, const Form& form) {
  const auto receipt = exchange.part("receipt");
  if (auto ended =
          end_help(sharing, exchange.visitor.account, receipt, typed_helping(form), network_of(sharing, exchange));
      !ended) {
    return std::unexpected(std::move(ended).error());
  }
  return web::Response::redirect(helpers_url(receipt).with("done", "ended"));
}

Result<web::Response> show_helping(const Sharing& sharing, Exchange& exchange) {
  auto& snapshot = exchange.snapshot();
  const auto account = exchange.visitor.account;
  const auto named = [&](const std::vector<Helping>& rows) {
    std::vector<pages::Helped> all;
    for (const auto& one : rows) all.push_back({one, sharing.person(snapshot, one.given_by).name});
    return all;
  };
  const auto index = sharing.email_index_of(snapshot, account);
  auto offers = list_offers(snapshot, index, exchange.now);
  // What they offered to an address that became their own meanwhile is nobody's to take.
  std::erase_if(offers, [&](const Helping& one) { return one.given_by == account; });
  return pages::helping_page(exchange, named(offers), named(list_taken(snapshot, account, exchange.now)));
}

Result<web::Response> submit_accept(const Sharing& sharing, Exchange& exchange, const Form& form) {
  auto accepted = accept_help(sharing, exchange.visitor.account, typed_helping(form), network_of(sharing, exchange));
  if (!accepted) return std::unexpected(std::move(accepted).error());
  return web::Response::redirect(web::Url("/helping/").part(*accepted));
}

Result<web::Response> submit_leave(const Sharing& sharing, Exchange& exchange, const Form& form) {
  auto left = leave_help(sharing, exchange.visitor.account, typed_helping(form), network_of(sharing, exchange));
  if (!left) return std::unexpected(std::move(left).error());
  return web::Response::redirect(web::Url("/helping").with("done", "left"));
}

}  // namespace

void add_sharing_routes(web::Router& router, const Sharing& sharing) {
  using web::Access;
  router.get("/cases/:receipt/helpers", Access::signed_in,
             [&sharing](Exchange& exchange) { return show_helpers(sharing, exchange); });
  router.post("/cases/:receipt/helpers/end", Access::signed_in,
              [&sharing](Exchange& exchange, const Form& form) { return submit_end(sharing, exchange, form); });
  // It opens a case to somebody else: whoever found the browser open can't do that.
  router.form("/cases/:receipt/helpers/ask", Access::recently_proved, show_ask,
              [&sharing](Exchange& exchange, const Form& form) { return submit_ask(sharing, exchange, form); });
  router.get("/helping", Access::signed_in, [&sharing](Exchange& exchange) { return show_helping(sharing, exchange); });
  router.post("/helping/accept", Access::signed_in,
              [&sharing](Exchange& exchange, const Form& form) { return submit_accept(sharing, exchange, form); });
  router.post("/helping/leave", Access::signed_in,
              [&sharing](Exchange& exchange, const Form& form) { return submit_leave(sharing, exchange, form); });
}

}  // namespace waymark::cases
