#include "features/accounts/factors/password.hpp"
#include "features/accounts/recovery/end_everything.hpp"
#include "features/accounts/recovery/recovery.hpp"
#include "features/accounts/recovery/waits.hpp"
#include "features/accounts/sign_in/sign_in_places.hpp"
#include "journal/audit.hpp"

namespace waymark::accounts {
namespace {

constexpr std::string_view kStep = "new_password";

struct ChangeKey {
  WaitKey wait{};  // its notice tells of the wait, or of the change
  std::int64_t audit_id = 0;
  std::int64_t sessions_audit_id = 0;
};

ChangeKey make_change_key(Accounts& accounts) {
  return {.wait = make_wait_key(accounts),
          .audit_id = accounts.parts.ids.next_value(),
          .sessions_audit_id = accounts.parts.ids.next_value()};
}

// Nothing that was open for the account goes on: sessions, devices and flows end, and with them this one.
void put_password(const Accounts& accounts, db::Transaction& tx, const ChangeKey& key, AccountId account,
                  std::string_view encoded) {
  const auto now = key.wait.now;
  const auto profile = accounts.store.load_profile(tx, account);
  accounts.store.replace_password_hash(tx, account, encoded);
  accounts.store.lift_owner_lock(tx, account);
  // Whoever guessed at the old password guessed in vain: its owner need not wait for the new one.
  forget_password_tries(accounts, tx, account, profile.email.canonical);
  end_everything(accounts, tx, account, SessionId{}, key.sessions_audit_id, now);
  accounts.notices.tell(tx, key.wait.notice, account,
                        {.kind = "accounts.password_recovered", .link = LinkPurpose::not_me});
  journal::record(tx, {.id = key.audit_id, .at = now, .event = "password.recovered", .account = account});
}

std::vector<std::string> password_hints(const Accounts& accounts, const Profile& profile) {
  return {profile.email.address, profile.given_name, profile.family_name, accounts.parts.catalogue.brand().agency_name};
}

}  // namespace

Result<RecoveryReply> choose_recovered_password(Accounts& accounts, const RecoveryAsker& asker,
                                                std::string_view typed) {
  const auto found = find_recovery(accounts, asker);
  if (!found) return RecoveryReply{.is_gone = true};
  // Before the hash: a form sent out of turn costs no hashing.
  if (present_step(asker.purpose, found).name != kStep) return RecoveryReply{};
  const auto account = *found->recovery.account;
  const auto profile = accounts.store.load_profile(*accounts.parts.database.snapshot(), account);
  const auto chosen = check_new_password(typed, password_hints(accounts, profile), accounts.parts.breached);
  if (!chosen) return refuse(chosen.error());
  const auto hash = accounts.parts.hasher.hash(chosen->normal);
  if (!hash) return refuse(hash.error());

  const auto key = make_change_key(accounts);
  return change_recovery(accounts, asker, kStep, key.wait.now,
                         [&](db::Transaction& tx, RecoveryView& view, RecoveryReply& reply) {
                           const auto ways = find_recovery_ways(accounts, tx, account);
                           if (proves_less(ways, view.recovery.factor)) {
                             // One that waits already goes on as it is.
                             start_wait(accounts, tx, key.wait, account, WaitKind::password_reset, *hash);
                             return std::optional<Failure>{};
                           }
                           put_password(accounts, tx, key, account, *hash);
                           reply.is_finished = true;
                           return std::optional<Failure>{};
                         });
}

Result<RecoveryReply> finish_recovered_password(Accounts& accounts, const RecoveryAsker& asker) {
  const auto key = make_change_key(accounts);
  return change_recovery(accounts, asker, kStep, key.wait.now,
                         [&](db::Transaction& tx, RecoveryView& view, RecoveryReply& reply) {
                           if (!view.wait) return std::optional<Failure>{};
                           const auto finished = finish_wait(accounts, tx, key.wait, view.wait->id);
                           if (!finished) return std::optional<Failure>{};
                           put_password(accounts, tx, key, finished->account, finished->content);
                           reply.is_finished = true;
                           return std::optional<Failure>{};
                         });
}

}  // namespace waymark::accounts
