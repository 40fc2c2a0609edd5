#include "base/text.hpp"
#include "features/accounts/devices/device_store.hpp"
#include "features/accounts/factors/codes.hpp"
#include "features/accounts/factors/factor_change.hpp"
#include "features/accounts/factors/manage_factors.hpp"
#include "features/accounts/factors/ways_in.hpp"
#include "features/accounts/sign_in/sign_in.hpp"
#include "platform/totp.hpp"

namespace waymark::accounts {
namespace {

Result<std::string> read_app_name(std::string_view typed) {
  const auto name = tidy_line(typed);
  if (count_code_points(name) > kFactorNameLengthMax) return refuse_field("name", "accounts.error.factor_name_long");
  return name;
}

enum class Outcome { done, gone, too_many, last };

Result<void> to_result(Outcome outcome) {
  switch (outcome) {
    case Outcome::done:
      return {};
    case Outcome::gone:
      return refuse(FailureKind::conflict, "accounts.error.factor_gone");
    case Outcome::too_many:
      return refuse(FailureKind::conflict, "accounts.error.apps_enough");
    case Outcome::last:
      break;
  }
  return refuse(FailureKind::conflict, "accounts.error.last_factor");
}

}  // namespace

Result<void> start_app(Accounts& accounts, const FactorAsker& asker) {
  auto& parts = accounts.parts;
  const PendingFactor fresh{.id = parts.ids.next<PendingFactorId>(),
                            .account = asker.account,
                            .session = asker.session,
                            .kind = PendingKind::app,
                            .content = make_totp_secret(parts.random),
                            .expires_at = parts.clock.now() + kPendingFactorLifetime};
  const auto now = parts.clock.now();
  return to_result(parts.database.write([&](db::Transaction& tx) {
    lock_ways_in(tx, asker.account);
    if (find_ways_in(tx, asker.account).apps >= kAppsMax) return Outcome::too_many;
    if (!accounts.pending.find(tx, asker.session, PendingKind::app, now)) accounts.pending.put(tx, fresh);
    return Outcome::done;
  }));
}

std::optional<std::string> find_pending_app(const Accounts& accounts, db::Snapshot& snapshot, const FactorAsker& asker,
                                            Instant now) {
  auto pending = accounts.pending.find(snapshot, asker.session, PendingKind::app, now);
  if (!pending || pending->account != asker.account) return std::nullopt;
  return std::move(pending->content);
}

// No limit on tries here: who may type them sees the secret itself on the same page.
Result<void> confirm_app(Accounts& accounts, const FactorAsker& asker, const AppAnswer& answer) {
  const auto name = read_app_name(answer.name);
  if (!name) return refuse(name.error());
  const auto code = parse_code(answer.code);
  if (!code) return refuse_field("totp", "accounts.error.totp_form");
  const auto change = make_factor_change(accounts);
  const auto pending =
      accounts.pending.find(*accounts.parts.database.snapshot(), asker.session, PendingKind::app, change.now);
  if (!pending || pending->account != asker.account) return to_result(Outcome::gone);
  const auto step = find_totp_step(pending->content, *code, change.now);
  if (!step) return refuse_field("totp", "accounts.error.totp_wrong");
  // The code that confirms it is used: it does not sign in (incident I11).
  const TotpFactor app{.id = accounts.parts.ids.next<TotpFactorId>(),
                       .account = asker.account,
                       .name = *name,
                       .secret = pending->content,
                       .used_step = *step,
                       .created_at = change.now};
  const auto outcome = accounts.parts.database.write([&](db::Transaction& tx) {
    lock_ways_in(tx, asker.account);
    if (!accounts.pending.take(tx, pending->id)) return Outcome::gone;
    if (find_ways_in(tx, asker.account).apps >= kAppsMax) return Outcome::too_many;
    accounts.factors.add_totp(tx, app);
    // Guessed at too often, this way was off until it is bound anew: now it is.
    accounts.throttle.clear(tx, kAuthenticatorTries, authenticator_subject(asker.account, SecondFactor::totp));
    record_factor_change(accounts, tx, change, asker.account,
                         {.event = "factor.added", .detail = "app", .notice = "accounts.app_added"});
    return Outcome::done;
  });
  accounts.wake_deliverer();
  return to_result(outcome);
}

Result<void> rename_app(Accounts& accounts, const FactorAsker& asker, TotpFactorId app, std::string_view typed) {
  const auto name = read_app_name(typed);
  if (!name) return refuse(name.error());
  const auto change = make_factor_change(accounts);
  const bool is_there = accounts.parts.database.write([&](db::Transaction& tx) {
    if (!accounts.factors.rename_totp(tx, asker.account, app, *name)) return false;
    record_factor_change(accounts, tx, change, asker.account, {.event = "factor.renamed", .detail = "app"});
    return true;
  });
  if (!is_there) return refuse(FailureKind::not_found, "web.error.not_found");
  return {};
}

Result<void> remove_app(Accounts& accounts, const FactorAsker& asker, TotpFactorId app) {
  const auto change = make_factor_change(accounts);
  const auto outcome = accounts.parts.database.write([&](db::Transaction& tx) {
    const bool may_go = may_remove_second_factor(tx, asker.account);
    if (!accounts.factors.has_totp(tx, asker.account, app)) return Outcome::gone;
    if (!may_go) return Outcome::last;
    accounts.factors.remove_totp(tx, asker.account, app);
    // A lost phone may also be a browser that need not give a second factor.
    stop_remembering(tx, asker.account);
    record_factor_change(accounts, tx, change, asker.account,
                         {.event = "factor.removed", .detail = "app", .notice = "accounts.app_removed"});
    return Outcome::done;
  });
  accounts.wake_deliverer();
  return to_result(outcome);
}

}  // namespace waymark::accounts
