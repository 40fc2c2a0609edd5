#include "features/accounts/devices/device_routes.hpp"

#include "base/text.hpp"
#include "features/accounts/devices/device_cookie.hpp"
#include "features/accounts/devices/device_store.hpp"
#include "features/accounts/pages/devices_page.hpp"
#include "journal/audit.hpp"

namespace waymark::accounts {
namespace {

using web::Exchange;
using web::Form;

Result<web::Response> show_devices(Accounts& accounts, Exchange& exchange) {
  auto& snapshot = exchange.snapshot();
  const auto account = exchange.visitor.account;
  const auto token = device_token_of(exchange.request);
  const auto this_device = token.empty() ? std::optional<Device>{} : find_device(snapshot, account, sha256(token));
  return pages::devices_page(exchange, {.sessions = accounts.sessions.list_living(snapshot, account, exchange.now),
                                        .devices = list_devices(snapshot, account),
                                        .this_device = this_device ? this_device->id : DeviceId{},
                                        .network_now = accounts.sessions.hash_network(exchange.request.peer)});
}

web::Response done(std::string_view what) {
  return web::Response::redirect(web::Url("/account/devices").with("done", what));
}

std::int64_t number_in(const Form& form, std::string_view field) { return parse_integer(form.get(field)).value_or(0); }

Result<web::Response> sign_out_one(Accounts& accounts, Exchange& exchange, const Form& form) {
  const SessionId session{number_in(form, "session")};
  const auto audit_id = accounts.parts.ids.next_value();
  const bool ended = accounts.parts.database.write([&](db::Transaction& tx) {
    return accounts.sessions.end_elsewhere(tx, exchange.visitor.account, session, audit_id, exchange.now);
  });
  return done(ended ? "signed-out" : "over");
}

Result<web::Response> sign_out_elsewhere(Accounts& accounts, Exchange& exchange) {
  const auto audit_id = accounts.parts.ids.next_value();
  accounts.parts.database.write([&](db::Transaction& tx) {
    accounts.sessions.end_all(tx, exchange.visitor.account, exchange.visitor.session, audit_id, exchange.now);
  });
  return done("signed-out-elsewhere");
}

// Whoever gives a device away forgets it: what is open on it ends as well, but for this very session.
Result<web::Response> forget(Accounts& accounts, Exchange& exchange, const Form& form) {
  const DeviceId device{number_in(form, "device")};
  const auto account = exchange.visitor.account;
  auto open = accounts.sessions.list_living(*accounts.parts.database.snapshot(), account, exchange.now);
  std::erase_if(
      open, [&](const auto& session) { return session.device != device || session.id == exchange.visitor.session; });
  std::vector<std::int64_t> audit_ids(open.size() + 1);
  for (auto& id : audit_ids) id = accounts.parts.ids.next_value();
  const bool forgotten = accounts.parts.database.write([&](db::Transaction& tx) {
    if (!forget_device(tx, account, device, exchange.now)) return false;
    journal::record(tx, {.id = audit_ids.front(), .at = exchange.now, .event = "device.forgotten", .account = account});
    for (std::size_t i = 0; i < open.size(); ++i)
      accounts.sessions.end_elsewhere(tx, account, open[i].id, audit_ids[i + 1], exchange.now);
    return true;
  });
  return done(forgotten ? "forgotten" : "over");
}

Result<web::Response> stop(Accounts& accounts, Exchange& exchange, const Form& form) {
  const DeviceId device{number_in(form, "device")};
  const auto account = exchange.visitor.account;
  const auto audit_id = accounts.parts.ids.next_value();
  const bool stopped = accounts.parts.database.write([&](db::Transaction& tx) {
    if (!stop_remembering(tx, account, device)) return false;
    journal::record(tx,
                    {.id = audit_id, .at = exchange.now, .event = "device.remembering_stopped", .account = account});
    return true;
  });
  return done(stopped ? "not-remembered" : "over");
}

}  // namespace

void add_device_routes(web::Router& router, Accounts& accounts) {
  using web::Access;
  const auto post = [&](std::string pattern, auto act) {
    router.post(std::move(pattern), Access::signed_in,
                [&accounts, act](Exchange& exchange, const Form& form) { return act(accounts, exchange, form); });
  };
  router.get("/account/devices", Access::signed_in,
             [&accounts](Exchange& exchange) { return show_devices(accounts, exchange); });
  post("/account/devices/sign-out", sign_out_one);
  router.post("/account/devices/sign-out-elsewhere", Access::signed_in,
              [&accounts](Exchange& exchange, const Form&) { return sign_out_elsewhere(accounts, exchange); });
  post("/account/devices/forget", forget);
  post("/account/devices/stop-remembering", stop);
}

}  // namespace waymark::accounts
