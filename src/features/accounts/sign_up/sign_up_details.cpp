// The steps that only write down what somebody says: consent, names and birth date, password, backup codes kept.
#include "features/accounts/factors/backup_code_hashes.hpp"
#include "features/accounts/factors/password.hpp"
#include "features/accounts/sign_up/personal_details.hpp"
#include "features/accounts/sign_up/sign_up_change.hpp"

namespace waymark::accounts {
namespace {

std::vector<std::string> password_hints(const Accounts& accounts, const SignUp& sign_up) {
  const auto& brand = accounts.parts.catalogue.brand();
  std::vector<std::string> hints{sign_up.email.address, sign_up.draft.given_name, sign_up.draft.family_name,
                                 brand.agency_name,     brand.short_name,         "waymark"};
  std::erase(hints, "");
  return hints;
}

}  // namespace

Result<SignUpReply> agree_to_terms(Accounts& accounts, const SignUpAsker& asker, bool agrees) {
  if (!agrees) return refuse_field("consent", "accounts.error.consent_missing");
  const auto now = accounts.parts.clock.now();
  return change_sign_up(accounts, asker, "consent", now, [&](db::Transaction&, SignUp& sign_up) {
    sign_up.draft.consented_at = now;
    sign_up.draft.consent_version = kConsentVersion;
    return std::optional<Failure>{};
  });
}

Result<SignUpReply> tell_about_you(Accounts& accounts, const SignUpAsker& asker, const AboutYou& answer) {
  const auto now = accounts.parts.clock.now();
  const auto today = catalogue::day_in_zone(now, accounts.parts.catalogue.brand().time_zone);
  auto names = read_names(answer.given_name, answer.family_name);
  const auto birth = read_date_of_birth(answer.day, answer.month, answer.year, today);
  const auto* language = accounts.parts.words.find(answer.language);
  Failure failure{.kind = FailureKind::bad_input, .message = {"web.error.check_answers", {}}};
  if (!names) failure.fields = names.error().fields;
  if (!birth) failure.fields.insert(failure.fields.end(), birth.error().fields.begin(), birth.error().fields.end());
  if (language == nullptr) failure.fields.push_back({"language", {"accounts.error.language_missing", {}}});
  if (!failure.fields.empty()) return refuse(std::move(failure));

  return change_sign_up(accounts, asker, "about_you", now, [&](db::Transaction&, SignUp& sign_up) {
    sign_up.draft.given_name = names->given;
    sign_up.draft.family_name = names->family;
    sign_up.draft.date_of_birth = *birth;
    sign_up.draft.language = language->tag();
    return std::optional<Failure>{};
  });
}

Result<SignUpReply> choose_password(Accounts& accounts, const SignUpAsker& asker, std::string_view typed) {
  const auto found = find_sign_up(accounts, asker);
  if (!found) return SignUpReply{.is_gone = true};
  // Before the hash: a form sent out of turn costs no hashing.
  if (!may_take_step(found, sign_up_step("password"))) return SignUpReply{};
  const auto chosen = check_new_password(typed, password_hints(accounts, *found), accounts.parts.breached);
  if (!chosen) return refuse(chosen.error());
  const auto hash = accounts.parts.hasher.hash(chosen->normal);
  if (!hash) return refuse(hash.error());
  return change_sign_up(accounts, asker, "password", accounts.parts.clock.now(),
                        [&](db::Transaction&, SignUp& sign_up) {
                          sign_up.draft.password_hash = *hash;
                          sign_up.draft.password_score = chosen->score;
                          forget_passkey(sign_up.draft);
                          return std::optional<Failure>{};
                        });
}

Result<SignUpReply> keep_backup_codes(Accounts& accounts, const SignUpAsker& asker, bool has_them) {
  if (!has_them) return refuse_field("kept", "accounts.error.backup_codes_not_kept");
  const auto found = find_sign_up(accounts, asker);
  if (!found) return SignUpReply{.is_gone = true};
  // Before the hashes: a form sent out of turn costs none.
  if (!may_take_step(found, sign_up_step("backup_codes"))) return SignUpReply{};
  const auto& codes = found->draft.backup_codes;
  const auto hashed = hash_backup_codes(accounts, codes);
  if (!hashed) return refuse(hashed.error());
  return change_sign_up(accounts, asker, "backup_codes", accounts.parts.clock.now(),
                        [&](db::Transaction&, SignUp& sign_up) {
                          auto& draft = sign_up.draft;
                          // A new app meanwhile, with codes of its own: the page shows those.
                          if (draft.backup_codes != codes) return std::optional<Failure>{};
                          draft.backup_code_recipe = hashed->recipe;
                          draft.backup_code_hashes = hashed->hashes;
                          draft.backup_codes.clear();
                          return std::optional<Failure>{};
                        });
}

}  // namespace waymark::accounts
