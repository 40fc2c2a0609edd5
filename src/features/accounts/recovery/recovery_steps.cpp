#include "features/accounts/recovery/recovery_steps.hpp"

#include <algorithm>
#include <array>

#include "base/assert.hpp"

namespace waymark::accounts {
namespace {

bool is_begun(const RecoveryView&) { return true; }
bool is_never_done(const RecoveryView&) { return false; }
bool has_proved_email(const RecoveryView& view) { return view.recovery.email_proved_at.has_value(); }
bool has_given_factor(const RecoveryView& view) { return !view.recovery.factor.empty(); }
bool has_proved_password(const RecoveryView& view) { return view.recovery.password_proved_at.has_value(); }
bool is_vouched_for(const RecoveryView& view) { return view.is_ripe(); }
bool has_new_app(const RecoveryView& view) { return view.recovery.draft.totp_step.has_value(); }

const std::array<RecoveryStep, 4>& password_steps() {
  static const std::array<RecoveryStep, 4> steps{{
      {"email", "/recover/password", 1, is_begun},
      {"code", "/recover/password/code", 2, has_proved_email},
      {"second_factor", "/recover/password/second-factor", 3, has_given_factor},
      {"new_password", "/recover/password/new", 4, is_never_done},
  }};
  return steps;
}

const std::array<RecoveryStep, 6>& second_factor_steps() {
  static const std::array<RecoveryStep, 6> steps{{
      {"email", "/recover/second-factor", 1, is_begun},
      {"code", "/recover/second-factor/code", 2, has_proved_email},
      {"old_password", "/recover/second-factor/password", 3, has_proved_password},
      {"vouching", "/recover/second-factor/waiting", 4, is_vouched_for},
      {"authenticator", "/recover/second-factor/authenticator", 5, has_new_app},
      {"backup_codes", "/recover/second-factor/backup-codes", 6, is_never_done},
  }};
  return steps;
}

}  // namespace

std::span<const RecoveryStep> recovery_steps(RecoveryPurpose purpose) {
  if (purpose == RecoveryPurpose::password) return password_steps();
  return second_factor_steps();
}

const RecoveryStep& recovery_step(RecoveryPurpose purpose, std::string_view name) {
  const auto steps = recovery_steps(purpose);
  const auto found = std::ranges::find(steps, name, &RecoveryStep::name);
  WAYMARK_ASSERT(found != steps.end());
  return *found;
}

const RecoveryStep& present_step(RecoveryPurpose purpose, const std::optional<RecoveryView>& view) {
  const auto steps = recovery_steps(purpose);
  if (!view) return steps.front();
  const auto found = std::ranges::find_if(steps, [&](const auto& step) { return !step.is_done(*view); });
  WAYMARK_ASSERT(found != steps.end());
  return *found;
}

int recovery_places(RecoveryPurpose purpose) { return recovery_steps(purpose).back().place; }

}  // namespace waymark::accounts
