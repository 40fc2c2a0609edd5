#include "features/accounts/activity/activity_routes.hpp"

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "features/accounts/limits.hpp"
#include "journal/audit.hpp"
#include "support/account_pages.hpp"

namespace waymark::accounts {
namespace {

namespace fs = std::filesystem;

class ActivityPages : public testing::AccountPagesContract {
 protected:
  void record(std::string_view event, std::string_view actor = "person", std::string network = {}) {
    const auto id = ana().bed.ids.next_value();
    database().write([&](db::Transaction& tx) {
      journal::record(tx, {.id = id,
                           .at = clock().now(),
                           .event = event,
                           .account = ana().account,
                           .actor = actor,
                           .network = network});
    });
  }
};

TEST_P(ActivityPages, SayWhatHappenedByWhomAndFromWhere) {
  auto here = signed_in();
  record("account.sign_in_locked", "stranger", ana().accounts().sessions.hash_network("198.51.100.7"));
  clock().move(1min);
  record("account.unlocked", "operator");
  const auto text = text_of(here.get("/account/activity"));
  const auto locked = text.find("signing in was stopped for a while Somebody · Another network");
  const auto unlocked = text.find("The account was unlocked The agency");
  ASSERT_NE(locked, std::string::npos) << text;
  ASSERT_NE(unlocked, std::string::npos) << text;
  EXPECT_LT(unlocked, locked) << "the newest comes first";
  EXPECT_NE(text.find("Signed in You · Authenticator app · Same network as now"), std::string::npos) << text;
  EXPECT_NE(text.find("Monday, 23 November 2026"), std::string::npos) << text;
}

TEST_P(ActivityPages, StandByDayInThePersonsZone) {
  record("device.forgotten");
  // Past midnight in New York, still the same day in UTC or not: the headings are the person's days.
  clock().move(14h);
  auto later = signed_in();
  const auto text = text_of(later.get("/account/activity"));
  const auto tuesday = text.find("Tuesday, 24 November 2026");
  const auto monday = text.find("Monday, 23 November 2026");
  ASSERT_NE(tuesday, std::string::npos) << text;
  ASSERT_NE(monday, std::string::npos);
  EXPECT_LT(tuesday, monday);
}

TEST_P(ActivityPages, GiveFiftyAPageAndLoseNoneBetweenTwo) {
  auto here = signed_in();
  for (int i = 0; i < 120; ++i) record("device.forgotten");  // all at one moment
  std::string next = "/account/activity";
  int found = 0, pages = 0;
  static const std::regex entry("A device was forgotten"), older("href=\"(/account/activity\\?before=[0-9]+)\"");
  while (!next.empty()) {
    const auto page = here.get(next);
    ASSERT_EQ(page.status, 200);
    found += static_cast<int>(
        std::distance(std::sregex_iterator(page.body.begin(), page.body.end(), entry), std::sregex_iterator{}));
    ++pages;
    std::smatch match;
    next = std::regex_search(page.body, match, older) ? match[1].str() : "";
  }
  EXPECT_EQ(found, 120);
  EXPECT_EQ(pages, 3);
}

TEST_P(ActivityPages, Incident_I40_ShowNothingOfOthers) {
  testing::SigningUp stranger{.bed = ana().bed, .email = "mallory@example.org"};
  const auto other = stranger.finish();
  const auto rows = journal::list_for_account(*database().snapshot(), other, 1);
  ASSERT_EQ(rows.size(), 1U);
  auto here = signed_in();
  EXPECT_TRUE(journal::list_for_account_before(*database().snapshot(), ana().account, rows.front().id, 10).empty());
  EXPECT_EQ(here.get("/account/activity?before=" + std::to_string(rows.front().id)).status, 200);
}

TEST_P(ActivityPages, LeadToTheOwnersLockWhichEndsEverySession) {
  auto here = signed_in();
  auto elsewhere = signed_in();
  EXPECT_NE(here.get("/account/activity").body.find("href=\"/account/lock\""), std::string::npos);
  EXPECT_EQ(here.get("/account/lock").status, 200) << "asks, and does nothing";
  EXPECT_EQ(elsewhere.get("/account").status, 200);
  const auto locked = here.submit("/account/lock", {});
  EXPECT_EQ(locked.status, 303);
  EXPECT_EQ(testing::PageBrowser::location_of(locked), "/recover/locked");
  EXPECT_NE(elsewhere.get("/account").status, 200) << "a thief's session ends too";
  EXPECT_TRUE(ana().accounts().store.is_locked_by_owner(*database().snapshot(), ana().account));
}

ON_BOTH_DATABASES(ActivityPages);

// Each constant that the code names as an event of the trail. Its look is "noun.what_happened", as that of queries,
// keys and log events is; what is none is taken out, or named below.
std::set<std::string> events_of_code() {
  static const std::regex other_names(
      R"re((Query\s+\w+\{\s*|log\(LogLevel::\w+,\s*|try_to\(|KeyedHash\(\w+,\s*|_\(keys,\s*)"[^"]*")re");
  static const std::regex name("\"([a-z_]+\\.[a-z_]+)\"");
  // Features and tables are named in the plural, events of the trail by a single thing.
  static const std::set<std::string> nouns_of_others{"web",      "feed",     "overview", "help",   "people", "waymark",
                                                     "database", "manifest", "control",  "mail",   "demo",   "text",
                                                     "upkeep",   "security", "evil",     "office", "network"};
  std::set<std::string> events;
  for (const auto& folder : {"src/features", "src/app"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(WAYMARK_SOURCE_DIR) / folder)) {
      const auto file = entry.path().filename().string();
      const bool is_code = file.ends_with(".cpp") || file.ends_with(".hpp");
      if (!is_code || file.ends_with("_test.cpp") || file == "settings.cpp" || file.starts_with("config")) continue;
      std::ostringstream content;
      content << std::ifstream(entry.path()).rdbuf();
      const auto text = std::regex_replace(content.str(), other_names, "");
      for (std::sregex_iterator match(text.begin(), text.end(), name), end; match != end; ++match) {
        const auto event = (*match)[1].str();
        const auto noun = event.substr(0, event.find('.'));
        if (event.ends_with(".json") || event.ends_with(".csv") || event == "server.port") continue;
        if (!noun.ends_with('s') && !nouns_of_others.contains(noun)) events.insert(event);
      }
    }
  }
  return events;
}

TEST(ActivityWords, EveryEventOfTheTrailHasWordsInEveryLanguage) {
  const auto events = events_of_code();
  EXPECT_TRUE(events.contains("session.started"));
  EXPECT_TRUE(events.contains("case.connected"));
  EXPECT_TRUE(events.contains("account.sign_in_locked"));
  std::string missing;
  for (const auto& event : events) {
    for (const auto* language : testing::AccountsBed::shipped_words().list()) {
      if (!language->has("accounts.activity.event." + event)) missing += fmt::format("\n{} {}", language->tag(), event);
    }
  }
  EXPECT_EQ(missing, "") << "add accounts.activity.event.EVENT to locales/";
}

}  // namespace
}  // namespace waymark::accounts
