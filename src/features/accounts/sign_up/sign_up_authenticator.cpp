#include "features/accounts/factors/backup_codes.hpp"
#include "features/accounts/factors/codes.hpp"
#include "features/accounts/sign_up/sign_up_change.hpp"
#include "platform/totp.hpp"

namespace waymark::accounts {

// No limit on tries here: who may type them sees the secret itself on the same page.
Result<SignUpReply> confirm_authenticator(Accounts& accounts, const SignUpAsker& asker, std::string_view typed_code) {
  const auto code = parse_code(typed_code);
  if (!code) return refuse_field("totp", "accounts.error.totp_form");
  const auto now = accounts.parts.clock.now();
  const auto backup_codes = make_backup_codes(accounts.parts.random);
  return change_sign_up(accounts, asker, "authenticator", now,
                        [&](db::Transaction&, SignUp& sign_up) -> std::optional<Failure> {
                          auto& draft = sign_up.draft;
                          if (draft.totp_step || draft.phone_signs_in) return std::nullopt;
                          const auto step = find_totp_step(draft.totp_secret, *code, now);
                          if (!step) return refuse_field("totp", "accounts.error.totp_wrong").error();
                          draft.totp_step = *step;
                          draft.backup_codes = backup_codes;
                          return std::nullopt;
                        });
}

Result<SignUpReply> choose_phone_for_signing_in(Accounts& accounts, const SignUpAsker& asker) {
  const auto backup_codes = make_backup_codes(accounts.parts.random);
  return change_sign_up(accounts, asker, "authenticator", accounts.parts.clock.now(),
                        [&](db::Transaction&, SignUp& sign_up) {
                          auto& draft = sign_up.draft;
                          if (!draft.phone_proved_at || draft.totp_step || draft.phone_signs_in) {
                            return std::optional<Failure>{};
                          }
                          draft.phone_signs_in = true;
                          draft.backup_codes = backup_codes;
                          return std::optional<Failure>{};
                        });
}

Result<SignUpReply> set_up_authenticator_again(Accounts& accounts, const SignUpAsker& asker) {
  const auto secret = make_totp_secret(accounts.parts.random);
  return change_sign_up(accounts, asker, "authenticator", accounts.parts.clock.now(),
                        [&](db::Transaction&, SignUp& sign_up) {
                          sign_up_step("authenticator").forget(sign_up.draft);
                          sign_up.draft.totp_secret = secret;
                          return std::optional<Failure>{};
                        });
}

}  // namespace waymark::accounts
