#include "features/accounts/recovery/link_routes.hpp"

#include "features/accounts/pages/link_pages.hpp"
#include "features/accounts/recovery/end_everything.hpp"
#include "features/accounts/recovery/waits.hpp"

namespace waymark::accounts {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;
using web::Response;

// What a link would do at present; none when it was used, lapsed, or never was, or what it stops is over.
std::optional<pages::LinkView> find_link(const Accounts& accounts, Exchange& exchange, db::Snapshot& snapshot) {
  const auto link = find_mail_link(snapshot, exchange.part("token"), exchange.now);
  if (!link) return std::nullopt;
  pages::LinkView view{.link = *link};
  if (link->purpose == LinkPurpose::not_me) return view;
  view.wait = accounts.waits.find_open(snapshot, WaitId{link->subject}, exchange.now);
  return view.wait ? std::optional(view) : std::nullopt;
}

bool cancel_by_link(Accounts& accounts, const pages::LinkView& view) {
  const auto key = make_wait_key(accounts);
  const bool cancelled = accounts.parts.database.write([&](db::Transaction& tx) {
    return use_mail_link(tx, view.link.id, key.now) && cancel_wait(accounts, tx, key, view.wait->id);
  });
  if (cancelled) accounts.wake_deliverer();
  return cancelled;
}

Result<Response> show_link(const Accounts& accounts, Exchange& exchange) {
  const auto view = find_link(accounts, exchange, exchange.snapshot());
  return view ? pages::link_page(exchange, *view) : pages::dead_link_page(exchange);
}

Result<Response> follow_link(Accounts& accounts, Exchange& exchange) {
  const auto view = find_link(accounts, exchange, *accounts.parts.database.snapshot());
  if (!view) return pages::dead_link_page(exchange);
  if (view->link.purpose == LinkPurpose::cancel) {
    return cancel_by_link(accounts, *view) ? Response::redirect("/cancel/done") : pages::dead_link_page(exchange);
  }
  return lock_by_owner(accounts, view->link) ? Response::redirect("/recover/locked") : pages::dead_link_page(exchange);
}

Result<Response> lock_from_within(Accounts& accounts, Exchange& exchange) {
  // Locked already, or closed: the session ended with that, and the next page says so.
  lock_by_owner(accounts, exchange.visitor.account);
  return Response::redirect("/recover/locked").with_cookie(Sessions::end_cookie());
}

Result<Response> submit_cancel_code(Accounts& accounts, Exchange& exchange, const Form& form) {
  const auto done = cancel_by_code(accounts, form.get("email"), form.get("cancel_code"), exchange.request.peer);
  if (!done) return std::unexpected(done.error());
  return Response::redirect("/cancel/done");
}

}  // namespace

void add_link_routes(web::Router& router, Accounts& accounts) {
  constexpr auto kWho = web::Access::anyone;
  router.get("/link/:token", kWho, [&accounts](Exchange& exchange) { return show_link(accounts, exchange); });
  router.post("/link/:token", kWho,
              [&accounts](Exchange& exchange, const Form&) { return follow_link(accounts, exchange); });
  // No step-up: who sees a stranger in the account must be able to stop them, even when the stranger chose the
  // password.
  router.get("/account/lock", web::Access::signed_in,
             [](Exchange& exchange) -> Result<Response> { return pages::lock_account_page(exchange); });
  router.post("/account/lock", web::Access::signed_in,
              [&accounts](Exchange& exchange, const Form&) { return lock_from_within(accounts, exchange); });
  router.form(
      "/cancel", kWho,
      [](Exchange& exchange, const FormState& form) -> Result<Response> {
        return pages::cancel_code_page(exchange, form);
      },
      [&accounts](Exchange& exchange, const Form& form) { return submit_cancel_code(accounts, exchange, form); });
  router.get("/cancel/done", kWho,
             [](Exchange& exchange) -> Result<Response> { return pages::cancelled_page(exchange); });
  router.get("/recover/locked", kWho,
             [](Exchange& exchange) -> Result<Response> { return pages::locked_by_owner_page(exchange); });
}

}  // namespace waymark::accounts
