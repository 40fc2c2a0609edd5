// A list of breached passwords (passwords.breached_file) is asked wherever a password is chosen.
#include <fstream>

#include "features/accounts/factors/change_password.hpp"
#include "support/breached_list.hpp"
#include "support/getting_back.hpp"
#include "support/temporary_folder.hpp"

namespace waymark::accounts {
namespace {

using testing::refusal_of;

constexpr std::string_view kBreached = "harbour velvet orbit marble";
constexpr std::string_view kRefusal = "accounts.error.password_breached";

class BreachedPassword : public testing::WithAna {
 protected:
  void SetUp() override {
    WithAna::SetUp();
    if (IsSkipped()) return;
    const auto path = folder_.path() / "breached.txt";
    std::ofstream(path) << testing::breached_hash_of(kBreached) << ":12\n";
    list_ = std::make_unique<BreachedPasswords>(path.string());
    accounts().parts.breached = list_.get();
  }

  TemporaryFolder folder_;
  std::unique_ptr<BreachedPasswords> list_;
};
ON_BOTH_DATABASES(BreachedPassword);

TEST_P(BreachedPassword, IsRefusedAtSignUp) {
  testing::SigningUp bo{.bed = ana().bed, .email = "bo@example.org"};
  bo.go_until("password");
  EXPECT_EQ(refusal_of(choose_password(accounts(), bo.asker, kBreached)), kRefusal);
  EXPECT_EQ(bo.step(), "password");
  EXPECT_EQ(refusal_of(choose_password(accounts(), bo.asker, testing::kGoodPassword)), "");
}

TEST_P(BreachedPassword, IsRefusedWhenItIsChanged) {
  const auto session = accounts().sessions.make_key({.peer = "203.0.113.9"});
  database().write([&](db::Transaction& tx) {
    accounts().sessions.start_full(tx, session, ana().account, SharedComputer::no, "totp");
  });
  EXPECT_EQ(refusal_of(change_password(accounts(), {.account = ana().account,
                                                    .session = session.id,
                                                    .current_password = std::string(testing::kGoodPassword),
                                                    .password = std::string(kBreached),
                                                    .client = {.peer = "203.0.113.9"}})),
            kRefusal);
  EXPECT_TRUE(ana().give(testing::kGoodPassword));
}

TEST_P(BreachedPassword, IsRefusedWhenGettingBackIn) {
  testing::GettingBack lost{.ana = ana()};
  lost.prove_address();
  EXPECT_EQ(lost.give_factor(ana().app_code()), "");
  EXPECT_EQ(lost.choose(kBreached), kRefusal);
  EXPECT_EQ(lost.choose(), "finished");
}

}  // namespace
}  // namespace waymark::accounts
