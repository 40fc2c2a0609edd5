// What a signed-in person is asked for again, and the pages of the account that hang on it.
#include "support/sign_in_site.hpp"

namespace waymark::accounts {
namespace {

using testing::kGoodPassword;
using testing::kSecondFactor;
using testing::kSession;
using testing::kWrongPassword;

class AccountPages : public testing::SignInSite {};
ON_BOTH_DATABASES(AccountPages);

TEST_P(AccountPages, AskForThePasswordAgainBeforeADelicatePage) {
  auto visitor = browser();
  sign_in(visitor);
  EXPECT_EQ(visitor.get("/delicate").body, "delicate");
  for (int i = 0; i < 3; ++i) {
    ana().bed.clock.move(7min);
    ASSERT_TRUE(is_signed_in(visitor));
  }
  const auto again = went_to(visitor.get("/delicate"));
  EXPECT_EQ(again, "/sign-in/again?return_to=%2Fdelicate");
  const auto wrong = visitor.submit(again, "/sign-in/again", {{"password", std::string(kWrongPassword)}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_FALSE(shows(wrong, kWrongPassword));
  EXPECT_EQ(went_to(visitor.get("/delicate")), again);
  const std::vector<std::pair<std::string, std::string>> right{{"password", std::string(kGoodPassword)},
                                                               {"return_to", "/delicate"}};
  EXPECT_EQ(went_to(visitor.submit(again, "/sign-in/again", right)), "/delicate");
  EXPECT_EQ(visitor.get("/delicate").body, "delicate");
}

TEST_P(AccountPages, RememberADeviceAndAskThereForACodeBeforeADelicatePage) {
  auto visitor = browser();
  give_password(visitor);
  EXPECT_TRUE(shows(visitor.get(kSecondFactor), "name=\"remember_device\""));
  visitor.submit(kSecondFactor, {{"totp", ana().app_code()}, {"remember_device", "yes"}});
  EXPECT_TRUE(is_signed_in(visitor));
  visitor.submit("/account/preferences", "/sign-out", {});
  ana().bed.clock.move(60s);
  EXPECT_EQ(went_to(visitor.submit("/sign-in", answers(kGoodPassword))), "/cases");
  EXPECT_TRUE(is_signed_in(visitor));
  for (const std::string page : {"/delicate", "/account/password", "/account/name"}) {
    EXPECT_TRUE(went_to(visitor.get(page)).starts_with("/sign-in/again")) << page;
  }
  const std::string again = "/sign-in/again?return_to=%2Fdelicate";
  EXPECT_TRUE(shows(visitor.get(again), "name=\"totp\""));
  EXPECT_TRUE(shows(visitor.get(again + "&with=backup-code"), "name=\"backup_code\""));
  const auto submit = [&](const std::string& code) {
    return visitor.submit(again, "/sign-in/again",
                          {{"password", std::string(kGoodPassword)}, {"totp", code}, {"return_to", "/delicate"}});
  };
  EXPECT_EQ(submit("").status, 422);
  EXPECT_EQ(submit(ana().wrong_app_code()).status, 422);
  const auto before = visitor.cookie(kSession);
  EXPECT_EQ(went_to(submit(ana().app_code())), "/delicate");
  EXPECT_NE(visitor.cookie(kSession), before);
  EXPECT_EQ(visitor.get("/delicate").body, "delicate");
}

TEST_P(AccountPages, TextACodeToWhoTheDeviceStoodForBeforeADelicatePage) {
  const auto phone = add_phone();
  auto visitor = browser();
  give_password(visitor);
  visitor.submit(kSecondFactor, {{"totp", ana().app_code()}, {"remember_device", "yes"}});
  const auto sending = [&] {
    return visitor.submit("/account/preferences", "/sign-in/again/text",
                          {{"phone", std::to_string(phone.value)}, {"phone_way", "text"}, {"return_to", "/delicate"}});
  };
  EXPECT_EQ(sending().status, 404) << "nothing is owed in this session";
  visitor.submit("/account/preferences", "/sign-out", {});
  ana().bed.clock.move(60s);
  visitor.submit("/sign-in", answers(kGoodPassword));
  const std::string again = "/sign-in/again?with=text&return_to=%2Fdelicate";
  EXPECT_TRUE(shows(visitor.get(again), "/sign-in/again/text"));
  EXPECT_FALSE(shows(visitor.get(again), "name=\"password\"")) << "first the code";
  EXPECT_EQ(went_to(sending()), again + "&sent=yes");
  EXPECT_TRUE(shows(visitor.get(again), "name=\"text_code\""));
  const auto code = testing::argument_of(ana().bed.take_told().back(), "code");
  const auto submit = [&](const std::string& typed) {
    return visitor.submit(again, "/sign-in/again",
                          {{"password", std::string(kGoodPassword)}, {"text_code", typed}, {"return_to", "/delicate"}});
  };
  EXPECT_EQ(submit(code == "000000" ? "000001" : "000000").status, 422);
  EXPECT_EQ(went_to(submit(code)), "/delicate");
  EXPECT_EQ(visitor.get("/delicate").body, "delicate");
}

TEST_P(AccountPages, ChangeThePasswordAndTheName) {
  auto visitor = browser();
  sign_in(visitor);
  const auto before = visitor.cookie(kSession);
  const auto weak = visitor.submit("/account/password",
                                   {{"current_password", std::string(kGoodPassword)}, {"password", "anamorales"}});
  EXPECT_EQ(weak.status, 422);
  EXPECT_FALSE(shows(weak, "anamorales"));
  const std::string fresh = "lantern gravel mosaic 72 tide";
  EXPECT_EQ(went_to(visitor.submit("/account/password",
                                   {{"current_password", std::string(kGoodPassword)}, {"password", fresh}})),
            "/account");
  EXPECT_NE(visitor.cookie(kSession), before);
  EXPECT_TRUE(is_signed_in(visitor));
  EXPECT_TRUE(shows(visitor.get("/account/name"), "value=\"Morales\""));
  EXPECT_EQ(went_to(visitor.submit("/account/name", {{"given_name", "Ana"}, {"family_name", "<b>Ruiz</b>"}})),
            "/account");
  EXPECT_TRUE(shows(visitor.get("/account/details"), "&lt;b&gt;Ruiz")) << "Incident I60: inert";
}

TEST_P(AccountPages, KeepOnlyOfferedPreferences) {
  auto visitor = browser();
  sign_in(visitor);
  EXPECT_EQ(visitor.submit("/account/preferences", {{"language", "xx"}, {"time_zone", ""}}).status, 422);
  EXPECT_EQ(visitor.submit("/account/preferences", {{"language", "en"}, {"time_zone", "Mars/Olympus"}}).status, 422);
  EXPECT_EQ(went_to(visitor.submit("/account/preferences", {{"language", "en"}, {"time_zone", "Asia/Manila"}})),
            "/account");
  EXPECT_TRUE(shows(visitor.get("/account/preferences"), "<option value=\"Asia/Manila\" selected>"));
}

TEST_P(AccountPages, ShowTheVisitBeforeThisOne) {
  auto visitor = browser();
  sign_in(visitor);
  EXPECT_FALSE(shows(visitor.get("/account"), "5550123"));
  EXPECT_TRUE(shows(visitor.get("/account"), "2026"));
}

}  // namespace
}  // namespace waymark::accounts
