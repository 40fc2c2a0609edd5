// Somebody who gets back into Ana's account, step by step.
#pragma once

#include <string>
#include <string_view>

#include "features/accounts/recovery/recovery.hpp"
#include "support/signing_in.hpp"

namespace waymark::testing {

using namespace accounts;

inline constexpr std::string_view kNewPassword = "harbour lantern mosaic thunder";

// One browser in which somebody gets back in.
struct GettingBack {
  SigningIn& ana;
  RecoveryAsker asker{.purpose = RecoveryPurpose::password, .peer = "198.51.100.7", .language = "en"};

  Accounts& accounts() { return ana.bed.accounts; }
  std::string take(const Result<RecoveryReply>& reply) {
    if (!reply) return refusal_of(reply);
    if (reply->is_gone) return "gone";
    if (!reply->new_token.empty()) asker.token = reply->new_token;
    return reply->is_finished ? "finished" : "";
  }
  std::string step() {
    const auto view = find_recovery(accounts(), asker);
    return view ? std::string(present_step(asker.purpose, view).name) : "none";
  }
  // The code that was mailed; empty when another mail came.
  std::string start(const std::string& email = "ana@example.org") {
    ana.bed.take_told();
    EXPECT_EQ(take(start_recovery(accounts(), asker, email)), "");
    const auto told = ana.bed.take_told();
    return told.size() == 1 && told[0].kind == "accounts.recovery_code" ? argument_of(told[0], "code") : "";
  }
  std::string give_code(const std::string& code) { return take(prove_recovery_code(accounts(), asker, code)); }
  std::string give_factor(const std::string& code, RecoveryFactor way = RecoveryFactor::totp) {
    return take(prove_recovery_factor(accounts(), asker, way, code));
  }
  std::string choose(std::string_view password = kNewPassword) {
    return take(choose_recovered_password(accounts(), asker, password));
  }
  std::string finish() { return take(finish_recovered_password(accounts(), asker)); }
  std::string give_password(std::string_view password) { return take(prove_old_password(accounts(), asker, password)); }
  std::string app_code() {
    const auto view = find_recovery(accounts(), asker);
    return totp_code(view->recovery.draft.totp_secret, ana.bed.clock.now());
  }
  // A browser that stands at the step of the second factor.
  void prove_address() { EXPECT_EQ(give_code(start()), ""); }
  // The same at the new password, by a text to the phone.
  void prove_by_text(PhoneId phone) {
    prove_address();
    EXPECT_EQ(take(text_recovery_code(accounts(), asker, phone)), "");
    EXPECT_EQ(give_factor(argument_of(ana.bed.take_told().at(0), "code"), RecoveryFactor::text), "");
  }
};

inline PhoneId add_phone_that_signs_in(SigningIn& ana) {
  const auto phone = ana.bed.accounts.parts.ids.next<PhoneId>();
  ana.bed.accounts.parts.database.write([&](db::Transaction& tx) {
    ana.bed.accounts.phones.add(tx, {.id = phone,
                                     .account = ana.account,
                                     .number = "+15555550123",
                                     .proved_at = ana.bed.clock.now(),
                                     .is_second_factor = true});
  });
  return phone;
}

}  // namespace waymark::testing
