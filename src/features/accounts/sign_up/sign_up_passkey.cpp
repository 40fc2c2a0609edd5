#include "features/accounts/factors/backup_codes.hpp"
#include "features/accounts/sign_up/sign_up_change.hpp"

namespace waymark::accounts {
namespace {

constexpr std::string_view kStep = "password";

}  // namespace

std::string passkey_handle_of(const Accounts& accounts, SignUpId sign_up) {
  const KeyedHash hash(accounts.parts.keys, "sign_ups.passkey_handle");
  return hash.of(fmt::format("{} 1", sign_up.value)) + hash.of(fmt::format("{} 2", sign_up.value));
}

Result<NewPasskeyOptions> offer_passkey_for_sign_up(Accounts& accounts, const SignUpAsker& asker,
                                                    const PasskeyAsker& passkey_asker) {
  const auto found = find_sign_up(accounts, asker);
  if (!found || !may_take_step(found, sign_up_step(kStep))) {
    return refuse(FailureKind::conflict, "accounts.error.sign_up_moved_on");
  }
  auto& parts = accounts.parts;
  const auto& draft = found->draft;
  return NewPasskeyOptions{
      .challenge = passkey_challenges(accounts).make(parts.random, {CeremonyPurpose::sign_up, passkey_asker.holder},
                                                     parts.clock.now()),
      .handle = passkey_handle_of(accounts, found->id),
      .email = found->email.address,
      .name = draft.given_name.empty() ? draft.family_name : draft.given_name + " " + draft.family_name,
      .must_keep_account = true};
}

Result<SignUpReply> choose_passkey(Accounts& accounts, const SignUpAsker& asker, const PasskeyAsker& passkey_asker,
                                   const NewPasskeyAnswer& answer) {
  const auto now = accounts.parts.clock.now();
  const auto checked = check_new_passkey(accounts, CeremonyPurpose::sign_up, passkey_asker, answer, PasskeyId{}, now);
  if (!checked) return refuse(checked.error());
  const auto backup_codes = make_backup_codes(accounts.parts.random);
  const auto store = passkey_store(accounts);
  return change_sign_up(
      accounts, asker, kStep, now, [&](db::Transaction& tx, SignUp& sign_up) -> std::optional<Failure> {
        if (!store.use_challenge(tx, checked->challenge, PasskeyChallenges::lapses_at(checked->challenge))) {
          return refuse_field("passkey", "accounts.error.passkey_late").error();
        }
        if (store.find_by_credential(tx, checked->passkey.credential_id)) {
          return refuse_field("passkey", "accounts.error.passkey_known").error();
        }
        auto& draft = sign_up.draft;
        draft.passkey = checked->passkey;
        draft.password_hash.clear();
        draft.password_score = 0;
        // What a password needs beside it is not asked for any more; the codes are made for the passkey.
        draft.totp_step.reset();
        draft.phone_signs_in = false;
        draft.backup_codes = backup_codes;
        draft.backup_code_hashes.clear();
        return std::nullopt;
      });
}

}  // namespace waymark::accounts
