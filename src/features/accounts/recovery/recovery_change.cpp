#include "features/accounts/recovery/recovery.hpp"

namespace waymark::accounts {
namespace {

WaitKind wait_kind_of(RecoveryPurpose purpose) {
  return purpose == RecoveryPurpose::password ? WaitKind::password_reset : WaitKind::second_factor_reset;
}

RecoveryView view_of(const Accounts& accounts, db::Snapshot& snapshot, Recovery recovery, Instant now) {
  RecoveryView view{.recovery = std::move(recovery), .now = now};
  if (view.recovery.account && view.recovery.email_proved_at) {
    view.wait = accounts.waits.find_open(snapshot, *view.recovery.account, wait_kind_of(view.recovery.purpose), now);
  }
  return view;
}

}  // namespace

std::optional<RecoveryView> find_recovery(const Accounts& accounts, db::Snapshot& snapshot, RecoveryPurpose purpose,
                                          std::string_view token, Instant now) {
  if (token.empty()) return std::nullopt;
  auto recovery = accounts.recoveries.find(snapshot, purpose, sha256(token), now);
  if (!recovery) return std::nullopt;
  return view_of(accounts, snapshot, std::move(*recovery), now);
}

std::optional<RecoveryView> find_recovery(Accounts& accounts, const RecoveryAsker& asker) {
  return find_recovery(accounts, *accounts.parts.database.snapshot(), asker.purpose, asker.token,
                       accounts.parts.clock.now());
}

Result<RecoveryReply> change_recovery_in(const Accounts& accounts, db::Transaction& tx, const RecoveryAsker& asker,
                                         std::string_view step, Instant now, const RecoveryChange& change) {
  if (asker.token.empty()) return RecoveryReply{.is_gone = true};
  auto recovery = accounts.recoveries.lock(tx, asker.purpose, sha256(asker.token), now);
  if (!recovery) return RecoveryReply{.is_gone = true};
  auto view = std::optional(view_of(accounts, tx, std::move(*recovery), now));
  RecoveryReply answer;
  if (&present_step(asker.purpose, view) != &recovery_step(asker.purpose, step)) return answer;
  const auto& account = view->recovery.account;
  const bool is_open = accounts.store.is_open(tx, account.value_or(AccountId{}));  // read for everybody: the same work
  if (account && !is_open) {
    accounts.recoveries.remove(tx, view->recovery.id);
    return RecoveryReply{.is_gone = true};
  }
  if (auto failure = change(tx, *view, answer)) return std::unexpected(std::move(*failure));
  if (!answer.is_finished) accounts.recoveries.save(tx, view->recovery);
  return answer;
}

Result<RecoveryReply> change_recovery(Accounts& accounts, const RecoveryAsker& asker, std::string_view step,
                                      Instant now, const RecoveryChange& change) {
  auto reply = accounts.parts.database.write(
      [&](db::Transaction& tx) { return change_recovery_in(accounts, tx, asker, step, now, change); });
  accounts.wake_deliverer();
  return reply;
}

}  // namespace waymark::accounts
