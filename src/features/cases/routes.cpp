#include "features/cases/routes.hpp"

#include "features/accounts/sign_up/personal_details.hpp"
#include "features/cases/case_access.hpp"
#include "features/cases/case_urls.hpp"
#include "features/cases/connecting/connect_case.hpp"
#include "features/cases/connecting/connect_pages.hpp"
#include "features/cases/connecting/disconnect_case.hpp"
#include "features/cases/connecting/disconnect_page.hpp"
#include "features/cases/connecting/request_new_code.hpp"
#include "features/cases/pages/looks_page.hpp"
#include "features/cases/representing/representation_store.hpp"
#include "features/cases/sharing/share_case.hpp"
#include "features/cases/working/case_looks.hpp"

namespace waymark::cases {
namespace {

constexpr int kLooksShown = 500;

using web::Exchange;
using web::Form;
using web::FormState;

Date today(const Exchange& exchange) { return catalogue::day_in_zone(exchange.now, exchange.brand().time_zone); }

// Empty when the three fields make no day that somebody could be born on.
std::string typed_proof(const Exchange& exchange, const Form& form, ProofKind kind) {
  if (kind == ProofKind::registration_number) return std::string(form.get("registration_number"));
  const auto day = accounts::read_date_of_birth(form.get("date_of_birth_day"), form.get("date_of_birth_month"),
                                                form.get("date_of_birth_year"), today(exchange));
  return day ? to_iso(*day) : std::string();
}

Result<web::Response> submit_connect(const Cases& cases, Exchange& exchange, const Form& form) {
  const auto kind = pages::proof_kind_of(exchange, form);
  auto connected = connect_case(cases, exchange.visitor.account,
                                {.receipt_number = std::string(form.get("receipt_number")),
                                 .access_code = std::string(form.get("access_code")),
                                 .proof_kind = kind,
                                 .proof = typed_proof(exchange, form, kind)},
                                cases.hash_network(exchange.request.peer));
  if (connected) return web::Response::redirect(case_url(connected->receipt_number).with("connected", "now"));
  auto failure = std::move(connected).error();
  if (failure.kind == FailureKind::conflict) {
    // Theirs already, so that its page may say so.
    const auto receipt_number = catalogue::parse_receipt_number(form.get("receipt_number"));
    return web::Response::redirect(case_url(*receipt_number).with("connected", "before"));
  }
  if (failure.kind != FailureKind::too_many) return refuse(std::move(failure));
  // The way on (a letter, help) stands on the form's own page.
  const auto wait = failure.retry_after;
  auto page = pages::connect_page(exchange, {.typed = form, .failure = std::move(failure)});
  page.status = 429;
  page.may_compress = false;
  if (wait) page.with_header("retry-after", fmt::to_string(wait->count()));
  return page;
}

Result<web::Response> submit_new_code(const Cases& cases, Exchange& exchange, const Form& form) {
  const auto kind = pages::proof_kind_of(exchange, form);
  if (auto requested = request_new_code(cases, exchange.visitor.account,
                                        {.receipt_number = std::string(form.get("receipt_number")),
                                         .proof_kind = kind,
                                         .proof = typed_proof(exchange, form, kind)},
                                        cases.hash_network(exchange.request.peer));
      !requested) {
    return std::unexpected(std::move(requested).error());
  }
  return web::Response::redirect("/cases/connect/new-code/sent");
}

Result<web::Response> show_disconnection(Exchange& exchange) {
  const auto visible = find_visible_to(exchange.snapshot(), exchange.visitor.account, exchange.part("receipt"));
  if (!visible) return refuse(FailureKind::not_found, "web.error.not_found");
  return pages::disconnect_page(exchange, *visible);
}

Result<web::Response> submit_disconnection(const Cases& cases, Exchange& exchange) {
  if (auto gone = disconnect_case(cases, exchange.visitor.account, exchange.part("receipt"),
                                  cases.hash_network(exchange.request.peer));
      !gone) {
    return std::unexpected(std::move(gone).error());
  }
  return web::Response::redirect(web::Url("/cases").with("disconnected", "now"));
}

// Who else was let in is the business of who may know the others' names; who exactly, of whoever let them in alone.
std::vector<pages::ShownGuestLook> list_guest_looks(const Cases& cases, const FindPerson& find_person,
                                                    Exchange& exchange, const VisibleCase& visible) {
  std::vector<pages::ShownGuestLook> shown;
  if (!may_see(visible, Facet::party_names)) return shown;
  const auto& words = exchange.words();
  const auto account = exchange.visitor.account;
  auto& snapshot = exchange.snapshot();
  for (const auto& look : list_helper_looks(snapshot, visible.id, kLooksShown)) {
    const auto address = shown_address(cases, account, look.given_by, look.helping, look.sealed_email);
    shown.push_back({look.hour, address.empty() ? std::string(words.text("cases.looks.helper_other"))
                                                : words.text("cases.looks.helper", {{"address", address}})});
  }
  for (const auto& look : list_representation_looks(snapshot, visible.id, kLooksShown)) {
    const auto name = look.client == account ? find_person(snapshot, look.by).name : std::string();
    shown.push_back({look.hour, name.empty() ? std::string(words.text("cases.looks.representative_other"))
                                             : words.text("cases.looks.representative", {{"name", name}})});
  }
  std::ranges::sort(shown, [](const pages::ShownGuestLook& a, const pages::ShownGuestLook& b) {
    return std::tie(b.hour, a.who) < std::tie(a.hour, b.who);
  });
  return shown;
}

// Whoever may see the case may see who else did: by role and reason.
Result<web::Response> show_looks(const Cases& cases, const FindPerson& find_person, Exchange& exchange) {
  const auto visible = find_visible_to(exchange.snapshot(), exchange.visitor.account, exchange.part("receipt"));
  if (!visible) return refuse(FailureKind::not_found, "web.error.not_found");
  return pages::looks_page(exchange, *visible, list_looks(exchange.snapshot(), visible->id, kLooksShown),
                           list_guest_looks(cases, find_person, exchange, *visible));
}

}  // namespace

void add_routes(web::Router& router, const Cases& cases, FindPerson find_person) {
  using web::Access;
  router.form(
      "/cases/connect", Access::signed_in,
      [](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        return pages::connect_page(exchange, form);
      },
      [&cases](Exchange& exchange, const Form& form) { return submit_connect(cases, exchange, form); });
  router.keep_drafts("/cases/connect", {"receipt_number", "proof_kind", "registration_number", "date_of_birth_day",
                                        "date_of_birth_month", "date_of_birth_year"});
  router.form(
      "/cases/connect/new-code", Access::signed_in,
      [](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        return pages::new_code_page(exchange, form);
      },
      [&cases](Exchange& exchange, const Form& form) { return submit_new_code(cases, exchange, form); });
  router.get("/cases/connect/new-code/sent", Access::signed_in,
             [](Exchange& exchange) -> Result<web::Response> { return pages::new_code_sent_page(exchange); });
  router.get("/cases/:receipt/looks", Access::signed_in,
             [&cases, find_person = std::move(find_person)](Exchange& exchange) {
               return show_looks(cases, find_person, exchange);
             });
  router.get("/cases/:receipt/disconnection", Access::signed_in, show_disconnection);
  router.post("/cases/:receipt/disconnection", Access::signed_in,
              [&cases](Exchange& exchange, const Form&) { return submit_disconnection(cases, exchange); });
}

}  // namespace waymark::cases
