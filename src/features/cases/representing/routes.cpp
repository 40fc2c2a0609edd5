#include "features/cases/representing/routes.hpp"

#include "base/text.hpp"
#include "features/cases/case_urls.hpp"
#include "features/cases/firms/firm.hpp"
#include "features/cases/representing/client_paging.hpp"
#include "features/cases/representing/pages.hpp"
#include "features/cases/representing/verify.hpp"

namespace waymark::cases {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;

std::unexpected<Failure> missing() { return refuse(FailureKind::not_found, "web.error.not_found"); }

RepresentationId typed_representation(const Form& form) {
  return RepresentationId{parse_integer(form.get("representation")).value_or(0)};
}

std::string network_of(const Representing& representing, const Exchange& exchange) {
  return representing.cases().hash_network(exchange.request.peer);
}

// The case when the visitor may have somebody represent them in it.
std::optional<VisibleCase> find_own(Exchange& exchange) {
  return find_shareable(exchange.snapshot(), exchange.visitor.account, exchange.part("receipt"));
}

// --- Who is represented. ---

// Who sees the case beside the representative, by their firm.
void add_firm(const Representing& representing, Exchange& exchange, FirmId firm, pages::ShownRepresentation& shown) {
  auto& snapshot = exchange.snapshot();
  shown.firm = find_opened_name(representing.cases(), snapshot, firm).value_or("");
  for (const auto colleague : list_colleagues(snapshot, firm, shown.of.representative, exchange.now))
    shown.firm_members.push_back(representing.person(snapshot, colleague).name);
}

Result<web::Response> show_representative(const Representing& representing, Exchange& exchange) {
  const auto visible = find_own(exchange);
  if (!visible) return missing();
  auto& snapshot = exchange.snapshot();
  std::vector<pages::ShownRepresentation> all;
  for (auto& one : list_of_client(snapshot, visible->id, exchange.visitor.account)) {
    pages::ShownRepresentation shown{.of = std::move(one), .name = {}};
    if (shown.of.representative) {
      shown.name = representing.person(snapshot, *shown.of.representative).name;
      if (shown.of.stands())
        shown.who = find_own_representative(representing.cases(), snapshot, *shown.of.representative);
      if (shown.of.stands() && shown.of.firm) add_firm(representing, exchange, *shown.of.firm, shown);
    }
    all.push_back(std::move(shown));
  }
  return pages::representative_page(exchange, *visible, all);
}

Result<web::Response> show_make(Exchange& exchange) {
  const auto visible = find_own(exchange);
  if (!visible) return missing();
  return pages::make_passcode_page(exchange, *visible);
}

Result<web::Response> submit_make(const Representing& representing, Exchange& exchange) {
  const auto receipt = exchange.part("receipt");
  const auto passcode =
      make_clients_passcode(representing, exchange.visitor.account, receipt, network_of(representing, exchange));
  if (!passcode) return refuse(passcode.error());
  return pages::passcode_page(exchange, *passcode, receipt, "cases.passcode.for_representative",
                              representative_url(receipt), "cases");
}

Result<web::Response> show_accept(Exchange& exchange, const FormState& form) {
  const auto visible = find_own(exchange);
  if (!visible) return missing();
  return pages::accept_passcode_page(exchange, form, *visible);
}

Result<web::Response> submit_accept(const Representing& representing, Exchange& exchange, const Form& form) {
  const auto receipt = exchange.part("receipt");
  const auto account = exchange.visitor.account;
  const auto passcode = form.get("passcode");
  if (form.get("confirmed") != "yes") {
    const auto who = look_at_passcode(representing, account, receipt, passcode);
    if (!who) return refuse(who.error());
    const auto visible = find_own(exchange);
    if (!visible) return missing();
    return pages::confirm_representative_page(exchange, *visible, *who, passcode);
  }
  const auto accepted = accept_as_client(representing, account, receipt, passcode, network_of(representing, exchange));
  if (!accepted) return refuse(accepted.error());
  return web::Response::redirect(representative_url(receipt).with("done", "began"));
}

Result<web::Response> submit_clients_end(const Representing& representing, Exchange& exchange, const Form& form) {
  const auto receipt = exchange.part("receipt");
  const auto ended = end_as_client(representing, exchange.visitor.account, receipt, typed_representation(form),
                                   network_of(representing, exchange));
  if (!ended) return refuse(ended.error());
  return web::Response::redirect(representative_url(receipt).with("done", "ended"));
}

// --- Who represents. ---

Result<web::Response> show_representing(const Representing& representing, Exchange& exchange) {
  auto& snapshot = exchange.snapshot();
  const auto account = exchange.visitor.account;
  const bool is_in_firm = find_membership(snapshot, account).has_value();
  std::vector<pages::Client> clients;
  std::optional<RepresentationId> last;
  auto page = list_of_representative(snapshot, account, exchange.now, page_before(exchange), kClientsShown + 1);
  for (auto& one : cut_page(std::move(page), last)) {
    auto name = one.began_at && one.client ? representing.person(snapshot, *one.client).name : std::string();
    const bool may_share = is_in_firm && one.stands() && !one.firm;
    clients.push_back({std::move(one), std::move(name), may_share});
  }
  return pages::representing_page(exchange, find_own_representative(representing.cases(), snapshot, account), clients,
                                  last);
}

Result<web::Response> submit_request(const Representing& representing, Exchange& exchange, const Form& form) {
  const auto asked = ask_to_represent(representing.cases(), exchange.visitor.account,
                                      {.kind = std::string(form.get("kind")),
                                       .organisation = std::string(form.get("organisation")),
                                       .licence = std::string(form.get("licence"))},
                                      network_of(representing, exchange));
  if (!asked) return refuse(asked.error());
  return web::Response::redirect(web::Url("/representing").with("done", "asked"));
}

Result<web::Response> submit_add(const Representing& representing, Exchange& exchange, const Form& form) {
  const auto receipt = accept_as_representative(representing, exchange.visitor.account, form.get("receipt_number"),
                                                form.get("passcode"), network_of(representing, exchange));
  if (!receipt) return refuse(receipt.error());
  return web::Response::redirect(web::Url("/representing/").part(*receipt));
}

Result<web::Response> submit_give(const Representing& representing, Exchange& exchange, const Form& form) {
  const auto passcode = make_representatives_passcode(representing, exchange.visitor.account,
                                                      form.get("receipt_number"), network_of(representing, exchange));
  if (!passcode) return refuse(passcode.error());
  return pages::passcode_page(exchange, *passcode, *catalogue::parse_receipt_number(form.get("receipt_number")),
                              "cases.passcode.for_client", "/representing", "account");
}

Result<web::Response> submit_end(const Representing& representing, Exchange& exchange, const Form& form) {
  const auto ended = end_as_representative(representing, exchange.visitor.account, typed_representation(form),
                                           network_of(representing, exchange));
  if (!ended) return refuse(ended.error());
  return web::Response::redirect(web::Url("/representing").with("done", "ended"));
}

void add_clients_routes(web::Router& router, const Representing& representing) {
  using web::Access;
  router.get(
      "/cases/:receipt/representative", Access::signed_in,
      [&representing](Exchange& exchange) { return show_representative(representing, exchange); }, web::Cost::slow);
  router.post("/cases/:receipt/representative/end", Access::signed_in,
              [&representing](Exchange& exchange, const Form& form) {
                return submit_clients_end(representing, exchange, form);
              });
  // Both open a case to somebody else: whoever found the browser open can't do that.
  router.form(
      "/cases/:receipt/representative/passcode", Access::recently_proved,
      [](Exchange& exchange, const FormState&) { return show_make(exchange); },
      [&representing](Exchange& exchange, const Form&) { return submit_make(representing, exchange); });
  router.form(
      "/cases/:receipt/representative/accept", Access::recently_proved, show_accept,
      [&representing](Exchange& exchange, const Form& form) { return submit_accept(representing, exchange, form); });
}

}  // namespace

void add_representing_routes(web::Router& router, const Representing& representing) {
  using web::Access;
  add_clients_routes(router, representing);
  router.get(
      "/representing", Access::signed_in,
      [&representing](Exchange& exchange) { return show_representing(representing, exchange); }, web::Cost::slow);
  router.form(
      "/representing/request", Access::signed_in,
      [](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        return pages::ask_to_represent_page(exchange, form);
      },
      [&representing](Exchange& exchange, const Form& form) { return submit_request(representing, exchange, form); });
  router.form(
      "/representing/add", Access::signed_in,
      [](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        return pages::add_client_page(exchange, form);
      },
      [&representing](Exchange& exchange, const Form& form) { return submit_add(representing, exchange, form); });
  router.form(
      "/representing/passcode", Access::recently_proved,
      [](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        return pages::representatives_passcode_page(exchange, form);
      },
      [&representing](Exchange& exchange, const Form& form) { return submit_give(representing, exchange, form); });
  router.post("/representing/end", Access::signed_in, [&representing](Exchange& exchange, const Form& form) {
    return submit_end(representing, exchange, form);
  });
}

}  // namespace waymark::cases
