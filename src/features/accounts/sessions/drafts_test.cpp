#include "features/accounts/sessions/drafts.hpp"

#include "features/accounts/limits.hpp"
#include "support/account_pages.hpp"

namespace waymark::accounts {
namespace {

using testing::PageBrowser;

const std::string kPreferences = "/account/preferences";
const std::vector<std::pair<std::string, std::string>> kTyped{
    {"language", "en"}, {"time_zone", "Asia/Kabul"}, {"password", "a secret"}};

class DraftPages : public testing::AccountPagesContract {
 protected:
  // The form is drawn, the session lapses, and only then the form is sent.
  web::Response send_too_late(PageBrowser& browser, std::chrono::minutes later = 15min) {
    const auto token = PageBrowser::token_in(browser.get(kPreferences).body);
    clock().move(later);
    return browser.post(kPreferences, token, kTyped);
  }
  bool is_offered(PageBrowser& browser) {
    const auto page = browser.get(kPreferences);
    const bool is_said = shows(page, "We kept what you typed");
    EXPECT_EQ(is_said, shows(page, "value=\"Asia/Kabul\" selected")) << page.body;
    return is_said;
  }
  std::int64_t count() {
    static constexpr db::Query kCount{"test.drafts", "SELECT COUNT(*) FROM form_drafts"};
    return database().snapshot()->find(kCount, {}, [](const db::Row& row) { return row.integer(0); }).value_or(-1);
  }
};

TEST_P(DraftPages, WhatCameAfterTheEndStandsInTheFormAgain) {
  auto here = signed_in();
  EXPECT_TRUE(went_to(send_too_late(here)).starts_with("/sign-in?return_to=%2Faccount%2Fpreferences"));
  auto again = signed_in();
  EXPECT_TRUE(is_offered(again));
  EXPECT_FALSE(again.get(kPreferences).may_compress);
  // Sent at last: it has done its work.
  EXPECT_EQ(went_to(again.submit(kPreferences, {{"language", "en"}, {"time_zone", "Asia/Kabul"}})), "/account");
  EXPECT_EQ(count(), 0);
}

TEST_P(DraftPages, HoldOnlyTheFieldsThatTheRouteNames) {
  auto here = signed_in();
  send_too_late(here);
  const auto kept = ana().accounts().drafts.find(*database().snapshot(), ana().account, kPreferences);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->fields(),
            (std::vector<std::pair<std::string, std::string>>{{"language", "en"}, {"time_zone", "Asia/Kabul"}}));
}

TEST_P(DraftPages, AreSealedAndShownToTheirAccountAlone) {
  auto here = signed_in();
  send_too_late(here);
  static constexpr db::Query kAll{"test.draft", "SELECT fields_sealed, page_index FROM form_drafts"};
  const auto stored = database().snapshot()->find(
      kAll, {}, [](const db::Row& row) { return std::string(row.bytes(0)) + std::string(row.bytes(1)); });
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->find("Kabul"), std::string::npos);
  EXPECT_EQ(stored->find("preferences"), std::string::npos);
  // Another person signs in, in the same browser.
  testing::SigningUp other{.bed = ana().bed, .email = "mallory@example.org"};
  other.finish();
  here.set_cookie(std::string(web::kSessionCookie), other.session.token);
  EXPECT_FALSE(is_offered(here));
  auto hers = signed_in();
  EXPECT_TRUE(is_offered(hers));
}

TEST_P(DraftPages, LapseAfterHalfAnHour) {
  auto here = signed_in();
  send_too_late(here);
  clock().move(kDraftLifetime - 1ms);
  auto in_time = signed_in();
  EXPECT_TRUE(is_offered(in_time));
  clock().move(1ms);
  auto late = signed_in();
  EXPECT_FALSE(is_offered(late));
  ana().accounts().delete_lapsed();
  EXPECT_EQ(count(), 0);
}

TEST_P(DraftPages, AreNotMadeByASessionThatSomebodyEnded) {
  const auto key = start();
  auto thief = browser_of(key);
  const auto token = PageBrowser::token_in(thief.get(kPreferences).body);
  const auto audit_id = ana().bed.ids.next_value();
  database().write([&](db::Transaction& tx) {
    ana().accounts().sessions.end_all(tx, ana().account, SessionId{}, audit_id, clock().now());
  });
  thief.post(kPreferences, token, kTyped);
  EXPECT_EQ(count(), 0);
}

TEST_P(DraftPages, AreNotMadeWithoutTheFormsToken) {
  auto here = signed_in();
  here.get(kPreferences);
  clock().move(15min);
  here.post(kPreferences, "", kTyped);
  here.post(kPreferences, std::string(64, 'A'), kTyped);
  auto stranger = signed_in();
  const auto foreign = PageBrowser::token_in(stranger.get(kPreferences).body);
  here.post(kPreferences, foreign, kTyped);
  EXPECT_EQ(count(), 0);
}

TEST_P(DraftPages, AreNotMadeForALockedAccountOrLongAfterTheEnd) {
  auto here = signed_in();
  send_too_late(here, std::chrono::minutes{24h + 1min});
  EXPECT_EQ(count(), 0);
  auto locked = signed_in();
  const auto token = PageBrowser::token_in(locked.get(kPreferences).body);
  ana().set_locked(true);
  locked.post(kPreferences, token, kTyped);
  EXPECT_EQ(count(), 0);
}

TEST_P(DraftPages, AreKeptByThePagesScriptWithoutKeepingTheSession) {
  auto here = signed_in();
  const auto token = PageBrowser::token_in(here.get(kPreferences).body);
  clock().move(14min + 59s);
  auto fields = kTyped;
  fields.emplace_back("draft_page", kPreferences);
  EXPECT_EQ(here.post("/session/draft", token, fields).status, 204);
  clock().move(1s);
  EXPECT_FALSE(is_signed_in(here)) << "keeping a draft is no activity";
  auto again = signed_in();
  EXPECT_TRUE(is_offered(again));
}

TEST_P(DraftPages, AreKeptByThePagesScriptAfterTheEndToo) {
  auto here = signed_in();
  const auto token = PageBrowser::token_in(here.get(kPreferences).body);
  clock().move(1h);
  auto fields = kTyped;
  fields.emplace_back("draft_page", kPreferences);
  here.post("/session/draft", "", fields);
  EXPECT_EQ(count(), 0) << "without the page's token";
  here.post("/session/draft", token, fields);
  auto again = signed_in();
  EXPECT_TRUE(is_offered(again));
}

TEST_P(DraftPages, AreKeptForNoFormThatDoesNotAskForIt) {
  auto here = signed_in();
  const auto token = PageBrowser::token_in(here.get(kPreferences).body);
  for (const std::string page : {"/sign-in/again", "/no/such/page", "", "https://evil.example"}) {
    EXPECT_EQ(here.post("/session/draft", token, {{"draft_page", page}, {"password", "a secret"}}).status, 204);
  }
  EXPECT_EQ(count(), 0);
}

TEST_P(DraftPages, AreOneAPageAndTheNewestWins) {
  auto& drafts = ana().accounts().drafts;
  web::Form first, second;
  first.set("language", "en");
  second.set("language", "es & fr = \"?\"");
  drafts.keep(ana().account, kPreferences, first);
  drafts.keep(ana().account, kPreferences, second);
  EXPECT_EQ(count(), 1);
  const auto kept = drafts.find(*database().snapshot(), ana().account, kPreferences);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->get("language"), second.get("language"));
}

ON_BOTH_DATABASES(DraftPages);

}  // namespace
}  // namespace waymark::accounts
