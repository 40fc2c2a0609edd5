#include "features/accounts/sign_up/sign_up_change.hpp"
#include "journal/audit.hpp"

namespace waymark::accounts {
namespace {

// What a new account is written with, made before the unit.
struct Made {
  AccountId account{};
  TotpFactorId totp{};
  std::vector<BackupCodeId> codes{};
  PhoneId phone{};
  PasskeyId passkey{};
  std::int64_t audit_id = 0;
  journal::OutboxId told{};
  SessionKey session{};
};

Made make(Accounts& accounts, const SignUpAsker& asker) {
  auto& ids = accounts.parts.ids;
  Made made{.account = ids.next<AccountId>(),
            .totp = ids.next<TotpFactorId>(),
            .phone = ids.next<PhoneId>(),
            .passkey = ids.next<PasskeyId>()};
  for (std::size_t i = 0; i < kBackupCodeCount; ++i) made.codes.push_back(ids.next<BackupCodeId>());
  made.audit_id = ids.next_value();
  made.told = ids.next<journal::OutboxId>();
  made.session = accounts.sessions.make_key(
      {.peer = asker.peer, .user_agent = asker.user_agent, .device_token = asker.device_token});
  return made;
}

NewAccount to_account(const SignUp& sign_up, AccountId id, Instant now) {
  const auto& draft = sign_up.draft;
  return NewAccount{.profile = {.id = id,
                                .email = sign_up.email,
                                .given_name = draft.given_name,
                                .family_name = draft.family_name,
                                .date_of_birth = *draft.date_of_birth,
                                .language = draft.language,
                                .created_at = now},
                    .password_hash = draft.password_hash,
                    .consent_version = draft.consent_version,
                    .consented_at = *draft.consented_at};
}

// Rolls the unit back: the same credential was registered with another account meanwhile.
struct PasskeyTaken {};

void add_factors(Accounts& accounts, db::Transaction& tx, const SignUp& sign_up, const Made& made, Instant now) {
  const auto& draft = sign_up.draft;
  // The code that confirmed the app is used: it does not sign in a second time.
  if (draft.totp_step) {
    accounts.factors.add_totp(tx, {.id = made.totp,
                                   .account = made.account,
                                   .secret = draft.totp_secret,
                                   .used_step = *draft.totp_step,
                                   .created_at = now});
  }
  if (draft.passkey) {
    auto passkey = *draft.passkey;
    passkey.id = made.passkey;
    passkey.account = made.account;
    passkey_store(accounts).keep_handle(tx, made.account, passkey_handle_of(accounts, sign_up.id));
    if (!passkey_store(accounts).add(tx, passkey)) throw PasskeyTaken{};
  }
  NewBackupCodes set{.recipe = draft.backup_code_recipe};
  for (std::size_t i = 0; i < draft.backup_code_hashes.size(); ++i) {
    set.codes.push_back({.id = made.codes.at(i), .hash = draft.backup_code_hashes[i]});
  }
  accounts.factors.add_backup_codes(tx, made.account, set, now);
  if (!draft.phone_proved_at) return;
  accounts.phones.add(tx, {.id = made.phone,
                           .account = made.account,
                           .number = draft.phone,
                           .proved_at = *draft.phone_proved_at,
                           .is_second_factor = draft.phone_signs_in,
                           .is_spoken_to = draft.phone_spoken});
}

void tell_owner(Accounts& accounts, db::Transaction& tx, const Made& made) {
  journal::Telling telling;
  telling.id = made.told;
  telling.kind = "accounts.account_opened";
  telling.account = made.account;
  telling.arguments = {{"agency", accounts.parts.catalogue.brand().agency_name}};
  accounts.parts.outbox.tell(tx, telling);
}

}  // namespace

Result<FinishedSignUp> finish_sign_up(Accounts& accounts, const SignUpAsker& asker) {
  if (asker.token.empty()) return FinishedSignUp{.is_gone = true};
  const auto made = make(accounts, asker);
  const auto now = made.session.now;
  const auto hash = sign_up_token_hash(asker.token);
  const auto unit = [&](db::Transaction& tx) -> Result<FinishedSignUp> {
    const auto sign_up = accounts.sign_ups.lock(tx, hash, now);
    if (!sign_up) return FinishedSignUp{.is_gone = true};
    if (&present_step(sign_up) != &sign_up_step("check")) return FinishedSignUp{.is_incomplete = true};
    // Flows of this address end here, this one included: whatever a stranger left in one is worth nothing now.
    accounts.sign_ups.remove_all(tx, sign_up->email.canonical);
    if (!accounts.store.add(tx, to_account(*sign_up, made.account, now))) {
      return refuse(FailureKind::conflict, "accounts.error.address_has_account");
    }
    add_factors(accounts, tx, *sign_up, made, now);
    journal::record(tx, {.id = made.audit_id,
                         .at = now,
                         .event = "account.opened",
                         .account = made.account,
                         .network = made.session.network});
    accounts.sessions.start_full(tx, made.session, made.account, SharedComputer::no, "sign_up");
    tell_owner(accounts, tx, made);
    return FinishedSignUp{.session = made.session};
  };
  try {
    auto finished = accounts.parts.database.write(unit);
    accounts.wake_deliverer();
    return finished;
  } catch (const PasskeyTaken&) {
    return refuse(FailureKind::conflict, "accounts.error.passkey_known");
  }
}

}  // namespace waymark::accounts
