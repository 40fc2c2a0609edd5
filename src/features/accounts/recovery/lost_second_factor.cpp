// Getting back in without any second factor: the password, somebody who vouches for the person, a day, and a new app.
#include "features/accounts/factors/backup_code_hashes.hpp"
#include "features/accounts/factors/backup_codes.hpp"
#include "features/accounts/factors/codes.hpp"
#include "features/accounts/factors/passkeys.hpp"
#include "features/accounts/factors/password.hpp"
#include "features/accounts/recovery/end_everything.hpp"
#include "features/accounts/recovery/recovery.hpp"
#include "features/accounts/recovery/vouching.hpp"
#include "features/accounts/recovery/waits.hpp"
#include "features/accounts/sign_in/sign_in.hpp"
#include "features/accounts/sign_in/sign_in_lock.hpp"
#include "journal/audit.hpp"
#include "platform/totp.hpp"
#include "web/request.hpp"

namespace waymark::accounts {
namespace {

// What the new factors are written with, made before the unit.
struct NewFactors {
  WaitKey wait{};
  TotpFactorId app{};
  NewBackupCodes codes{};
  std::int64_t audit_id = 0;
  std::int64_t sessions_audit_id = 0;
};

Result<NewFactors> make_new_factors(Accounts& accounts, const std::vector<std::string>& backup_codes) {
  auto codes = make_backup_code_set(accounts, backup_codes);
  if (!codes) return refuse(codes.error());
  auto& ids = accounts.parts.ids;
  NewFactors made{.wait = make_wait_key(accounts), .app = ids.next<TotpFactorId>()};
  made.codes = std::move(*codes);
  made.audit_id = ids.next_value();
  made.sessions_audit_id = ids.next_value();
  return made;
}

void replace_factors(const Accounts& accounts, db::Transaction& tx, const NewFactors& made, AccountId account,
                     const RecoveryDraft& draft) {
  const auto now = made.wait.now;
  accounts.factors.delete_totp(tx, account);
  accounts.factors.delete_backup_codes(tx, account);
  passkey_store(accounts).remove_all(tx, account);
  for (const auto& phone : accounts.phones.list(tx, account)) {
    accounts.phones.set_second_factor(tx, account, phone.id, false);
  }
  accounts.factors.add_totp(tx, {.id = made.app,
                                 .account = account,
                                 .secret = draft.totp_secret,
                                 .used_step = *draft.totp_step,
                                 .created_at = now});
  accounts.factors.add_backup_codes(tx, account, made.codes, now);
  // Both are bound anew: what was guessed at the old ones is past.
  accounts.throttle.clear(tx, kSecondFactorTries, std::to_string(account.value));
  for (const auto way : {SecondFactor::totp, SecondFactor::backup_code}) {
    accounts.throttle.clear(tx, kAuthenticatorTries, authenticator_subject(account, way));
  }
}

// The account's own count of guessed passwords: what is tried here is not tried at the sign-in page.
Result<std::vector<TryPlace>> check_old_password(Accounts& accounts, const RecoveryAsker& asker,
                                                 const Recovery& recovery, std::string_view typed,
                                                 std::string_view encoded) {
  if (typed.empty()) return refuse_field("password", "accounts.error.password_missing");
  const auto normal = normal_password(typed);
  if (!normal) return refuse_field("password", "accounts.error.password_wrong");
  const auto& canonical = recovery.email.canonical;
  auto places = accounts.throttle.reserve_all({{kNetworkTries, web::network_of(asker.peer)},
                                               {kSignInTries, canonical},
                                               {kPasswordTries, canonical, "accounts.error.password_off"}});
  if (!places) return refuse(places.error());
  const auto is_right = accounts.parts.hasher.is_right(*normal, encoded);
  if (!is_right) {
    give_back_all(*places);
    return refuse(is_right.error());
  }
  if (*is_right) return std::move(*places);
  places->at(0).wrong();
  const bool is_locked = places->at(1).wrong();
  if (places->at(2).wrong()) {
    record_lock(accounts, *recovery.account, kPasswordOff);
  } else if (is_locked) {
    record_lock(accounts, *recovery.account, kSignInLock);
  }
  return refuse_field("password", "accounts.error.password_wrong");
}

}  // namespace

Result<RecoveryReply> prove_old_password(Accounts& accounts, const RecoveryAsker& asker, std::string_view typed) {
  const auto found = find_recovery(accounts, asker);
  if (!found) return RecoveryReply{.is_gone = true};
  if (present_step(asker.purpose, found).name != "old_password") return RecoveryReply{};
  auto& parts = accounts.parts;
  const auto account = *found->recovery.account;
  const auto encoded = accounts.store.find_password_hash(*parts.database.snapshot(), account).value_or(std::string{});
  // Who signs in with a passkey alone has none to give: the two who vouch and the day are what is left.
  Result<std::vector<TryPlace>> places = std::vector<TryPlace>{};
  if (!encoded.empty()) places = check_old_password(accounts, asker, found->recovery, typed, encoded);
  if (!places) return refuse(places.error());
  const auto notice = accounts.notices.make_key();
  const auto request = parts.ids.next<FactorResetRequestId>();
  const auto audit_id = parts.ids.next_value();
  auto reply = change_recovery(
      accounts, asker, "old_password", notice.now, [&](db::Transaction& tx, RecoveryView& view, RecoveryReply&) {
        // What was checked must be what the account has.
        if (accounts.store.find_password_hash(tx, account).value_or(std::string{}) != encoded) {
          return std::optional<Failure>{};
        }
        view.recovery.password_proved_at = notice.now;
        if (view.wait || !request_vouching(tx, request, account, notice.now)) return std::optional<Failure>{};
        accounts.notices.tell(tx, notice, account,
                              {.kind = "accounts.second_factor_reset_asked", .link = LinkPurpose::not_me});
        journal::record(tx,
                        {.id = audit_id, .at = notice.now, .event = "second_factor.reset_asked", .account = account});
        return std::optional<Failure>{};
      });
  for (auto& place : *places) place.right();
  return reply;
}

// No limit on tries here: who may type them sees the secret itself on the same page.
Result<RecoveryReply> confirm_new_app(Accounts& accounts, const RecoveryAsker& asker, std::string_view typed_code) {
  const auto code = parse_code(typed_code);
  if (!code) return refuse_field("totp", "accounts.error.totp_form");
  const auto now = accounts.parts.clock.now();
  const auto codes = make_backup_codes(accounts.parts.random);
  return change_recovery(accounts, asker, "authenticator", now,
                         [&](db::Transaction&, RecoveryView& view, RecoveryReply&) -> std::optional<Failure> {
                           auto& draft = view.recovery.draft;
                           const auto step = find_totp_step(draft.totp_secret, *code, now);
                           if (!step) return refuse_field("totp", "accounts.error.totp_wrong").error();
                           draft.totp_step = *step;
                           draft.backup_codes = codes;
                           return std::nullopt;
                         });
}

Result<RecoveryReply> finish_new_factors(Accounts& accounts, const RecoveryAsker& asker, bool has_codes) {
  if (!has_codes) return refuse_field("kept", "accounts.error.backup_codes_not_kept");
  const auto found = find_recovery(accounts, asker);
  if (!found) return RecoveryReply{.is_gone = true};
  // Before the hashes: a form sent out of turn costs none.
  if (present_step(asker.purpose, found).name != "backup_codes") return RecoveryReply{};
  const auto& codes = found->recovery.draft.backup_codes;
  const auto new_factors = make_new_factors(accounts, codes);
  if (!new_factors) return refuse(new_factors.error());
  const auto& made = *new_factors;
  return change_recovery(
      accounts, asker, "backup_codes", made.wait.now,
      [&](db::Transaction& tx, RecoveryView& view, RecoveryReply& reply) {
        if (view.recovery.draft.backup_codes != codes) return std::optional<Failure>{};
        const auto finished = finish_wait(accounts, tx, made.wait, view.wait->id);
        if (!finished) return std::optional<Failure>{};
        replace_factors(accounts, tx, made, finished->account, view.recovery.draft);
        end_everything(accounts, tx, finished->account, SessionId{}, made.sessions_audit_id, made.wait.now);
        accounts.notices.tell(tx, made.wait.notice, finished->account,
                              {.kind = "accounts.second_factor_reset", .link = LinkPurpose::not_me});
        journal::record(
            tx,
            {.id = made.audit_id, .at = made.wait.now, .event = "second_factor.reset", .account = finished->account});
        reply.is_finished = true;
        return std::optional<Failure>{};
      });
}

}  // namespace waymark::accounts
