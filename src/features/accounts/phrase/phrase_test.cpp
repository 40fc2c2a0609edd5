#include "features/accounts/phrase/phrase.hpp"

#include "features/accounts/limits.hpp"
#include "features/accounts/phrase/phrase_routes.hpp"
#include "journal/audit.hpp"
#include "support/page_browser.hpp"
#include "support/signing_in.hpp"
#include "support/stored_values.hpp"

namespace waymark::accounts {
namespace {

std::string read(std::string_view typed) {
  const auto phrase = read_phrase(typed);
  return phrase ? *phrase : testing::refusal_of(phrase);
}

TEST(Phrase, IsKeptAsItIsMeant) {
  EXPECT_EQ(read("  the red  kite, 1984! "), "the red kite, 1984!");
  EXPECT_EQ(read("¿Dónde está el mar?"), "¿Dónde está el mar?");
  EXPECT_EQ(read("e\u0301toile"), "\u00E9toile") << "NFC";
  EXPECT_EQ(read("красный змей"), "красный змей");
  EXPECT_EQ(read("लाल पतंग"), "लाल पतंग");
  EXPECT_EQ(read("紅い凧の空"), "紅い凧の空");
  EXPECT_EQ(read("Well. Done."), "Well. Done.");
}

TEST(Phrase, HasFourToSixtyLetters) {
  EXPECT_EQ(read(""), "accounts.error.phrase_short");
  EXPECT_EQ(read("abc"), "accounts.error.phrase_short");
  EXPECT_EQ(read("a.b c!!!!!!"), "accounts.error.phrase_link");
  EXPECT_EQ(read("- - - - -"), "accounts.error.phrase_short");
  EXPECT_EQ(read("abcd"), "abcd");
  EXPECT_EQ(read(std::string(60, 'x')), std::string(60, 'x'));
  EXPECT_EQ(read(std::string(61, 'x')), "accounts.error.phrase_long");
  std::string wide;
  for (int i = 0; i < 60; ++i) wide += "\u00E9";
  EXPECT_EQ(read(wide), wide) << "letters are counted, not bytes";
}

TEST(Phrase, Incident_I60_HoldsNoMarkupAndNoLink) {
  for (const std::string typed :
       {"<b>kite</b>", "kite & co", "\"kite\"", "http://kite", "//kite kite", "kite@example.org", "kite {origin}",
        "kite\\n", "kite;kite", "kite=kite", "kite `x`", "kite\u3002example", "kite\uFF0Eexample"}) {
    EXPECT_EQ(read(typed), "accounts.error.phrase_signs") << typed;
  }
  for (const std::string typed : {"kite.example", "www.kite", "see kite.example now", "KITE.EXAMPLE"}) {
    EXPECT_EQ(read(typed), "accounts.error.phrase_link") << typed;
  }
}

TEST(Phrase, Incident_I31_HoldsNoControlCharacter) {
  for (const std::string& typed : std::vector<std::string>{
           "kite\r\nBcc: eve@example.net", "kite\nkite", "kite\rkite", std::string("ki\0te", 5), "kite\x01",
           "kite\x1b[31m", "kite\u202Eetik", "kite\u200Bkite", "kite\u2028kite", "\xFFkite"}) {
    EXPECT_EQ(read(typed), "accounts.error.phrase_signs") << typed;
  }
}

class PhrasePage : public testing::WithAna {
 protected:
  void SetUp() override {
    WithAna::SetUp();
    if (IsSkipped()) return;
    auto& bed = ana().bed;
    web::Router router;
    add_phrase_routes(router, bed.accounts);
    site_ = std::make_unique<web::Site>(bed.site_parts(metrics()), std::move(router));
  }
  void TearDown() override {
    site_.reset();
    WithAna::TearDown();
  }
  testing::PageBrowser signed_in() {
    testing::PageBrowser browser(*site_, "account.northport.example");
    const auto key = ana().prove(ana().half(), ana().app_code());
    browser.set_cookie("__Host-session", key.value().token);
    return browser;
  }
  std::string kept() { return accounts().store.find_phrase(*database().snapshot(), ana().account); }

  std::unique_ptr<web::Site> site_;
};
ON_BOTH_DATABASES(PhrasePage);

TEST_P(PhrasePage, KeepsAPhraseTellsTheOwnerAndForgetsItAgain) {
  auto browser = signed_in();
  ana().bed.take_told();
  EXPECT_EQ(kept(), "");
  EXPECT_EQ(browser.submit("/account/phrase", {{"phrase", "the red kite"}}).status, 303);
  EXPECT_EQ(kept(), "the red kite");
  EXPECT_EQ(ana().told_kinds(), std::vector<std::string>{"accounts.phrase_changed"});
  EXPECT_NE(browser.get("/account/phrase").body.find("value=\"the red kite\""), std::string::npos);
  EXPECT_EQ(browser.submit("/account/phrase", {{"phrase", " the red kite"}}).status, 303);
  EXPECT_TRUE(ana().told_kinds().empty()) << "the same again is no change";
  EXPECT_EQ(browser.submit("/account/phrase", "/account/phrase/removal", {}).status, 303);
  EXPECT_EQ(kept(), "");
  EXPECT_EQ(ana().told_kinds(), std::vector<std::string>{"accounts.phrase_changed"});
  const auto rows = journal::list_for_account(*database().snapshot(), ana().account, 2);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].event + " " + rows[0].detail, "phrase.changed removed");
  EXPECT_EQ(rows[1].event + " " + rows[1].detail, "phrase.changed set");
}

TEST_P(PhrasePage, DrawsARefusedPhraseAgainAsText) {
  auto browser = signed_in();
  const auto page = browser.submit("/account/phrase", {{"phrase", "<b>kite</b>"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_NE(page.body.find("&lt;b&gt;kite&lt;/b&gt;"), std::string::npos);
  EXPECT_EQ(page.body.find("<b>kite"), std::string::npos);
  EXPECT_EQ(kept(), "");
}

TEST_P(PhrasePage, WantsAFreshProofToLookAndToChange) {
  auto browser = signed_in();
  const auto token = testing::PageBrowser::token_in(browser.get("/account/phrase").body);
  // Kept awake, but not proved again.
  for (int i = 0; i < 3; ++i) {
    ana().bed.clock.move(10min);
    browser.get("/account/phrase");
  }
  const auto shown = browser.get("/account/phrase");
  EXPECT_EQ(shown.status, 303);
  EXPECT_TRUE(testing::PageBrowser::location_of(shown).starts_with("/sign-in/again"));
  EXPECT_EQ(browser.post("/account/phrase", token, {{"phrase", "the red kite"}}).status, 303);
  EXPECT_EQ(browser.post("/account/phrase/removal", token, {}).status, 303);
  EXPECT_EQ(kept(), "");
}

TEST_P(PhrasePage, IsSealedInTheDatabase) {
  signed_in().submit("/account/phrase", {{"phrase", "canarykite"}});
  EXPECT_EQ(kept(), "canarykite");
  for (const auto& value : testing::list_stored(database(), is_sqlite())) {
    EXPECT_EQ(value.find("canarykite"), std::string::npos);
  }
}

}  // namespace
}  // namespace waymark::accounts
