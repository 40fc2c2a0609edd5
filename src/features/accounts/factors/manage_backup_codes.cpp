#include "features/accounts/factors/backup_code_hashes.hpp"
#include "features/accounts/factors/backup_codes.hpp"
#include "features/accounts/factors/factor_change.hpp"
#include "features/accounts/factors/manage_factors.hpp"
#include "features/accounts/factors/ways_in.hpp"
#include "features/accounts/sign_in/sign_in.hpp"

namespace waymark::accounts {
namespace {

constexpr char kBetween = '\n';

std::string join(const std::vector<std::string>& codes) {
  std::string all;
  for (const auto& code : codes) {
    if (!all.empty()) all += kBetween;
    all += code;
  }
  return all;
}

std::vector<std::string> split(std::string_view all) {
  std::vector<std::string> codes;
  while (!all.empty()) {
    const auto end = std::min(all.find(kBetween), all.size());
    codes.emplace_back(all.substr(0, end));
    all.remove_prefix(std::min(end + 1, all.size()));
  }
  return codes;
}

}  // namespace

void start_backup_codes(Accounts& accounts, const FactorAsker& asker) {
  auto& parts = accounts.parts;
  const auto now = parts.clock.now();
  const PendingFactor fresh{.id = parts.ids.next<PendingFactorId>(),
                            .account = asker.account,
                            .session = asker.session,
                            .kind = PendingKind::backup_codes,
                            .content = join(make_backup_codes(parts.random)),
                            .expires_at = now + kPendingFactorLifetime};
  parts.database.write([&](db::Transaction& tx) {
    // One after the other, so that two presses of the button show one set.
    lock_ways_in(tx, asker.account);
    if (!accounts.pending.find(tx, asker.session, PendingKind::backup_codes, now)) accounts.pending.put(tx, fresh);
  });
}

std::vector<std::string> find_pending_backup_codes(const Accounts& accounts, db::Snapshot& snapshot,
                                                   const FactorAsker& asker, Instant now) {
  const auto pending = accounts.pending.find(snapshot, asker.session, PendingKind::backup_codes, now);
  if (!pending || pending->account != asker.account) return {};
  return split(pending->content);
}

Result<void> keep_new_backup_codes(Accounts& accounts, const FactorAsker& asker, bool has_them) {
  if (!has_them) return refuse_field("kept", "accounts.error.backup_codes_not_kept");
  const auto change = make_factor_change(accounts);
  const auto pending =
      accounts.pending.find(*accounts.parts.database.snapshot(), asker.session, PendingKind::backup_codes, change.now);
  if (!pending || pending->account != asker.account) {
    return refuse(FailureKind::conflict, "accounts.error.factor_gone");
  }
  const auto set = make_backup_code_set(accounts, split(pending->content));
  if (!set) return refuse(set.error());
  const bool is_done = accounts.parts.database.write([&](db::Transaction& tx) {
    lock_ways_in(tx, asker.account);
    if (!accounts.pending.take(tx, pending->id)) return false;
    accounts.factors.delete_backup_codes(tx, asker.account);
    accounts.factors.add_backup_codes(tx, asker.account, *set, change.now);
    accounts.throttle.clear(tx, kAuthenticatorTries, authenticator_subject(asker.account, SecondFactor::backup_code));
    record_factor_change(
        accounts, tx, change, asker.account,
        {.event = "factor.renewed", .detail = "backup_codes", .notice = "accounts.backup_codes_renewed"});
    return true;
  });
  if (!is_done) return refuse(FailureKind::conflict, "accounts.error.factor_gone");
  accounts.wake_deliverer();
  return {};
}

}  // namespace waymark::accounts
