#include "features/accounts/sign_up/sign_up_steps.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/assert.hpp"

namespace waymark::accounts {
namespace {

void forget_nothing(Draft&) {}
void forget_everything(Draft& draft) { draft = {}; }

void forget_phone(Draft& draft) {
  // Chosen for signing in, it takes that choice and the backup codes made after it with it.
  if (std::exchange(draft.phone_signs_in, false)) {
    draft.backup_codes.clear();
    draft.backup_code_hashes.clear();
  }
  draft.phone_region.clear();
  draft.phone.clear();
  draft.phone_spoken = false;
  draft.phone_code_hash.clear();
  draft.phone_code_expires_at.reset();
  draft.phone_proved_at.reset();
  draft.phone_skipped = false;
}

void forget_authenticator(Draft& draft) {
  draft.totp_secret.clear();
  draft.totp_step.reset();
  draft.phone_signs_in = false;
  draft.backup_codes.clear();
  draft.backup_code_hashes.clear();
}

constexpr bool kAgain = true;
constexpr bool kOnce = false;

const std::array<SignUpStep, 11>& steps() {
  static const std::array<SignUpStep, 11> table{{
      {"email", "/sign-up/email", 1, [](const SignUp&) { return true; }, kAgain, forget_everything},
      {"code", "/sign-up/code", 1, [](const SignUp& s) { return s.email_proved_at || s.continues; }, kOnce,
       forget_everything},
      {"welcome_back", "/sign-up/welcome-back", 1, [](const SignUp& s) { return !s.continues; }, kOnce,
       forget_everything},
      {"consent", "/sign-up/consent", 2, [](const SignUp& s) { return s.draft.consented_at.has_value(); }, kAgain,
       forget_nothing},
      {"about_you", "/sign-up/about-you", 3, [](const SignUp& s) { return s.draft.date_of_birth.has_value(); }, kAgain,
       forget_nothing},
      {"password", "/sign-up/password", 4,
       [](const SignUp& s) { return !s.draft.password_hash.empty() || s.draft.passkey; }, kAgain, forget_nothing},
      {"phone", "/sign-up/phone", 5, [](const SignUp& s) { return s.draft.phone_skipped || !s.draft.phone.empty(); },
       kAgain, forget_phone},
      {"phone_code", "/sign-up/phone-code", 5,
       [](const SignUp& s) { return s.draft.phone_skipped || s.draft.phone_proved_at; }, kOnce, forget_phone},
      {"authenticator", "/sign-up/authenticator", 6,
       [](const SignUp& s) { return s.draft.totp_step || s.draft.phone_signs_in || s.draft.passkey; }, kAgain,
       forget_authenticator},
      {"backup_codes", "/sign-up/backup-codes", 7, [](const SignUp& s) { return !s.draft.backup_code_hashes.empty(); },
       kOnce, forget_authenticator},
      {"check", "/sign-up/check", 8, [](const SignUp&) { return false; }, kOnce, forget_nothing},
  }};
  return table;
}

}  // namespace

std::span<const SignUpStep> sign_up_steps() { return steps(); }

const SignUpStep& sign_up_step(std::string_view name) {
  const auto found = std::ranges::find(steps(), name, &SignUpStep::name);
  WAYMARK_ASSERT(found != steps().end());
  return *found;
}

const SignUpStep& present_step(const std::optional<SignUp>& sign_up) {
  if (!sign_up) return steps().front();
  const auto found = std::ranges::find_if(steps(), [&](const auto& step) { return !step.is_done(*sign_up); });
  WAYMARK_ASSERT(found != steps().end());
  return *found;
}

bool may_take_step(const std::optional<SignUp>& sign_up, const SignUpStep& step) {
  // A passkey is both factors in one: there is no app to set up.
  if (sign_up && sign_up->draft.passkey && step.name == "authenticator") return false;
  const auto& present = present_step(sign_up);
  return &step == &present || (step.may_be_visited_again && &step < &present) || step.name == "email";
}

}  // namespace waymark::accounts
