// Working a case. Every page of one is a look, committed before the page goes out; and every look has a reason.
#include "base/text.hpp"
#include "features/office/case_acts.hpp"
#include "features/office/limits.hpp"
#include "features/office/pages/case_pages.hpp"
#include "features/office/pages/search_pages.hpp"
#include "features/office/routes.hpp"
#include "web/site.hpp"

namespace waymark::office {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;

constexpr int kLooksRead = 200;

struct Opened {
  cases::OfficeCase of{};
  cases::CasePicture picture{};
};

std::optional<Opened> find_case(Office& office, Exchange& exchange) {
  auto of = cases::find_for_office(exchange.snapshot(), office.base().sealer, exchange.part("receipt"));
  if (!of) return std::nullopt;
  auto picture = cases::load_picture(exchange.snapshot(), office.base().sealer, of->visible);
  return Opened{std::move(*of), std::move(picture)};
}

std::unexpected<Failure> missing() { return refuse(FailureKind::not_found, "web.error.not_found"); }

// Why the officer may see it: they said so, or found it, a while ago; or it stands in the queue they come from.
std::optional<std::string> find_reason(Exchange& exchange, const cases::OfficeCase& of) {
  const auto officer = exchange.visitor.seat->officer;
  const auto found = cases::find_reason_since(exchange.snapshot(), of.visible.id, officer, exchange.now - kReasonHolds);
  if (found) return found;
  const bool is_from_queue = cases::find_queue(exchange.query("queue")).has_value() && !of.visible.state.is_closed &&
                             kMayWorkCases.has(exchange.visitor.seat->role);
  return is_from_queue ? std::optional(std::string(cases::kReasonQueue)) : std::nullopt;
}

void keep_look(Office& office, Exchange& exchange, CaseId on_case, std::string_view reason) {
  const cases::Look look{.id = office.base().ids.next_value(),
                         .on_case = on_case,
                         .by = *exchange.visitor.seat,
                         .reason = reason,
                         .at = exchange.now};
  exchange.close_snapshot();
  office.database().write([&](db::Transaction& tx) { cases::record_look(tx, look); });
}

Result<web::Response> show_case(Office& office, Exchange& exchange) {
  const auto opened = find_case(office, exchange);
  if (!opened) return missing();
  const auto reason = find_reason(exchange, opened->of);
  if (!reason) return pages::why_page(exchange, {}, opened->of.visible.receipt_number);
  const auto looks = cases::list_looks(exchange.snapshot(), opened->of.visible.id, kLooksRead);
  auto guests = cases::list_guests(office.parts.cases, exchange.snapshot(), opened->of.visible.id, exchange.now);
  std::vector<std::string> names;
  for (const auto& one : guests.representatives) {
    const auto profile = office.parts.accounts.store.find_profile(exchange.snapshot(), one.of.account);
    names.push_back(profile ? accounts::full_name(*profile) : std::string());
  }
  keep_look(office, exchange, opened->of.visible.id, *reason);
  return pages::case_page(exchange, {opened->of, opened->picture, looks, *reason, std::move(guests), std::move(names)});
}

Result<web::Response> submit_reason(Office& office, Exchange& exchange, const Form& form) {
  const auto line = cases::find_line(*office.database().snapshot(), exchange.part("receipt"));
  if (!line) return missing();
  const auto reason = form.get("reason");
  if (!cases::is_named_reason(reason)) return refuse_field("reason", "office.error.reason");
  keep_look(office, exchange, line->visible.id, reason);
  return web::Response::redirect(pages::case_url(line->visible.receipt_number));
}

std::optional<Act> act_of(const Exchange& exchange) { return find_act(exchange.part("act")); }

Result<web::Response> show_act(Office& office, Exchange& exchange, const FormState& form) {
  const auto act = act_of(exchange);
  const auto opened = act ? find_case(office, exchange) : std::nullopt;
  if (!opened) return missing();
  const auto& receipt_number = opened->of.visible.receipt_number;
  const auto reason = find_reason(exchange, opened->of);
  // An address kept from before: the case's own page asks why, and shows what can be done now.
  if (!reason || (!form.failed() && !is_possible(*act, opened->of, opened->picture)))
    return web::Response::redirect(pages::case_url(receipt_number));
  keep_look(office, exchange, opened->of.visible.id, *reason);
  return pages::act_page(exchange, form, *act, opened->of, opened->picture);
}

Result<web::Response> submit_act(Office& office, Exchange& exchange, const Form& form) {
  const auto act = act_of(exchange);
  const auto opened = act ? find_case(office, exchange) : std::nullopt;
  if (!opened) return missing();
  const auto receipt_number = opened->of.visible.receipt_number;
  const auto reason = find_reason(exchange, opened->of);
  if (!reason) return web::Response::redirect(pages::case_url(receipt_number));
  const auto& catalogue = office.base().catalogue;
  auto read = read_act({.act = *act,
                        .form = form,
                        .of = opened->of,
                        .picture = opened->picture,
                        .catalogue = catalogue,
                        .today = catalogue::day_in_zone(exchange.now, catalogue.brand().time_zone),
                        .fresh_id = office.base().ids.next_value()});
  if (!read) return refuse(read.error());
  read->reason = *reason;
  exchange.close_snapshot();
  const auto done = cases::act_on_case(office.parts.cases, *exchange.visitor.seat, receipt_number, *read);
  if (!done) return refuse(done.error());
  return web::Response::redirect(pages::case_url(receipt_number).with("done", "yes"));
}

// For the auditor: whoever looked, with their names. Asking is in the audit trail; it is no look at the case.
Result<web::Response> submit_looks(Office& office, Exchange& exchange, const Form& form) {
  const auto number = catalogue::parse_receipt_number(form.get("receipt_number"));
  if (!number) return refuse_field("receipt_number", "office.error.receipt_number");
  const auto snapshot = office.database().snapshot();
  const auto line = cases::find_line(*snapshot, *number);
  if (!line) return refuse_field("receipt_number", "office.error.no_such_case");
  const auto looks = cases::list_looks(*snapshot, line->visible.id, kLooksRead);
  std::vector<std::pair<OfficerId, std::string>> names;
  for (const auto& officer : office.officers.list(*snapshot)) names.emplace_back(officer.id, officer.name);
  const auto audit_id = office.base().ids.next_value();
  office.database().write([&](db::Transaction& tx) {
    record(tx, {.audit_id = audit_id,
                .at = exchange.now,
                .event = "office.looks_audited",
                .officer = exchange.visitor.seat->officer,
                .on_case = line->visible.id});
  });
  return pages::looks_page(exchange, {}, *number, looks, names);
}

}  // namespace

void add_case_routes(web::Router& router, Office& office) {
  router.get(
      "/office/cases/:receipt", web::officers(kMayOpenCases),
      [&office](Exchange& exchange) { return show_case(office, exchange); }, web::Cost::slow);
  router.form(
      "/office/cases/:receipt/look", web::officers(kMayOpenCases),
      [](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        const auto line = cases::find_line(exchange.snapshot(), exchange.part("receipt"));
        if (!line) return missing();
        return pages::why_page(exchange, form, line->visible.receipt_number);
      },
      [&office](Exchange& exchange, const Form& form) { return submit_reason(office, exchange, form); });
  router.form(
      "/office/cases/:receipt/act/:act", web::officers(kMayWorkCases),
      [&office](Exchange& exchange, const FormState& form) { return show_act(office, exchange, form); },
      [&office](Exchange& exchange, const Form& form) { return submit_act(office, exchange, form); }, web::Cost::slow,
      web::Cost::slow);
  router.form(
      "/office/looks", web::officers(kMayAudit),
      [](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        return pages::looks_page(exchange, form, "", {}, {});
      },
      [&office](Exchange& exchange, const Form& form) { return submit_looks(office, exchange, form); });
}

}  // namespace waymark::office
