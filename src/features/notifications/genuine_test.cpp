#include "features/notifications/genuine.hpp"

#include <gmock/gmock.h>

#include <boost/json.hpp>

#include "base/text.hpp"
#include "features/notifications/limits.hpp"
#include "features/notifications/routes.hpp"
#include "support/notifications_bed.hpp"
#include "support/page_browser.hpp"
#include "support/stored_values.hpp"

namespace waymark::notifications {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class GenuinePage : public testing::WithNotifications {
 protected:
  void SetUp() override {
    WithNotifications::SetUp();
    if (IsSkipped()) return;
    auto& accounts_bed = bed().accounts_bed;
    web::Router router;
    add_routes(router, bed().notifications);
    site_ = std::make_unique<web::Site>(accounts_bed.site_parts(metrics()), std::move(router));
    browser_ = std::make_unique<testing::PageBrowser>(*site_, "account.northport.example");
  }
  void TearDown() override {
    browser_.reset();
    site_.reset();
    WithNotifications::TearDown();
  }
  testing::PageBrowser& browser() { return *browser_; }
  FixedClock& clock() { return bed().accounts_bed.clock; }

  // Sends it; its reference.
  std::string send(const journal::Telling& telling) {
    bed().deliver(telling);
    return bed().reference_of(telling.id);
  }
  std::string mail_to(std::string address) { return send(bed().sign_up_code_to(std::move(address))); }
  Result<std::optional<Sent>> ask(std::string reference, std::string receiver, std::string country = "US",
                                  std::string peer = "203.0.113.9") {
    return check_message(bed().notifications, {.reference = std::move(reference),
                                               .receiver = std::move(receiver),
                                               .country = std::move(country),
                                               .peer = std::move(peer)});
  }
  bool is_ours(std::string reference, std::string receiver, std::string country = "US") {
    const auto found = ask(std::move(reference), std::move(receiver), std::move(country));
    EXPECT_TRUE(found.has_value()) << testing::refusal_of(found);
    return found && found->has_value();
  }
  web::Response submit(const std::string& reference, const std::string& receiver) {
    return browser().submit("/genuine", {{"reference", reference}, {"receiver", receiver}, {"country", "US"}});
  }

  std::unique_ptr<web::Site> site_;
  std::unique_ptr<testing::PageBrowser> browser_;
};
ON_BOTH_DATABASES(GenuinePage);

TEST_P(GenuinePage, SaysWhatWasSentWhenBothAreRight) {
  const auto reference = mail_to("bo@example.org");
  const auto page = submit(reference, "bo@example.org");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("We sent a message with this reference"));
  EXPECT_THAT(page.body, HasSubstr("A code for you to type in on our pages"));
  EXPECT_THAT(page.body, HasSubstr("Monday, 23 November 2026"));
  EXPECT_THAT(page.body, HasSubstr("What we never ask for"));
  EXPECT_THAT(page.body, Not(HasSubstr("482913"))) << "never a code";
  EXPECT_THAT(page.body, Not(HasSubstr("bo@example.org")));
}

TEST_P(GenuinePage, ACheatsOwnReferenceConvincesNobodyElse) {
  const auto cheats = mail_to("cheat@example.net");
  const auto victims = mail_to("bo@example.org");
  EXPECT_TRUE(is_ours(cheats, "cheat@example.net"));
  EXPECT_FALSE(is_ours(cheats, "bo@example.org"));
  EXPECT_FALSE(is_ours(victims, "cheat@example.net"));
  EXPECT_FALSE(is_ours(victims, "+15555550123"));
}

TEST_P(GenuinePage, GivesOneAnswerWhateverWasWrong) {
  const auto reference = mail_to("bo@example.org");
  const auto plain = [&](web::Response page) {
    EXPECT_EQ(page.status, 200);
    auto& body = page.body;
    for (std::size_t at = 0; (at = body.find("name=\"csrf\" value=\"", at)) != std::string::npos;) {
      at += 19;
      body.erase(at, body.find('"', at) - at);
    }
    return body;
  };
  const auto wrong_address = plain(submit(reference, "eve@example.org"));
  EXPECT_THAT(wrong_address, HasSubstr("We can’t say that this message is from us"));
  EXPECT_EQ(plain(submit("K7M2Q-9XD4P", "bo@example.org")), wrong_address);
  EXPECT_EQ(plain(submit("CASE-2026/77", "bo@example.org")), wrong_address) << "no reference at all: made up";
  EXPECT_EQ(plain(submit("K7M2Q-9XD4P", "+15555550123")), wrong_address);
  clock().move(kSentMessageKept);
  EXPECT_EQ(plain(submit(reference, "bo@example.org")), wrong_address) << "too old";
}

TEST_P(GenuinePage, ReadsWhatPeopleTypeAsTheyMeanIt) {
  std::string reference;
  // One with a zero or a one in it, so that a letter can stand for it.
  do reference = mail_to("Bo@Example.org");
  while (reference.find('0') == std::string::npos && reference.find('1') == std::string::npos);
  EXPECT_TRUE(is_ours(" " + to_ascii_lower(reference) + " ", " bO@example.ORG "));
  auto typed = reference;
  std::ranges::replace(typed, '0', 'O');
  std::ranges::replace(typed, '1', 'l');
  std::ranges::replace(typed, '-', ' ');
  EXPECT_TRUE(is_ours(typed, "bo@example.org")) << typed;
}

TEST_P(GenuinePage, ReadsNumbersInEveryUsualForm) {
  const auto reference = send(bed().text_to("+12125550123"));
  for (const std::string typed :
       {"+12125550123", "+1 (212) 555-0123", "001 212 555 0123", "212-555-0123", "1 212 555 0123"}) {
    EXPECT_TRUE(is_ours(reference, typed)) << typed;
  }
  EXPECT_TRUE(is_ours(reference, "+1 212 555 0123", "MX")) << "its own country code wins over the chosen country";
  EXPECT_FALSE(is_ours(reference, "+1 212 555 0124"));
  const auto mexican = send(bed().text_to("+525512345678"));
  EXPECT_TRUE(is_ours(mexican, "55 1234 5678", "MX"));
  EXPECT_TRUE(is_ours(mexican, "52 55 1234 5678", "US"));
  EXPECT_FALSE(is_ours(mexican, "55 1234 5679", "MX"));
}

TEST_P(GenuinePage, SaysAtTheFieldWhatIsMissingOrCantBeRead) {
  EXPECT_EQ(testing::refusal_of(ask("", "bo@example.org")), "notifications.error.reference_missing");
  EXPECT_EQ(testing::refusal_of(ask("K7M2Q-9XD4P", " ")), "notifications.error.receiver_missing");
  for (const std::string typed : {"bo", "bo@", "12", "bo@example.org,eve@example.org", "+999999999999999999"}) {
    EXPECT_EQ(testing::refusal_of(ask("K7M2Q-9XD4P", typed)), "notifications.error.receiver_form") << typed;
  }
  const auto page = submit("K7M2Q-9XD4P", "bo@");
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(page.body, HasSubstr("bo@"));
}

TEST_P(GenuinePage, AFloodFromOneNetworkEnds) {
  for (int i = 0; i < kChecksFromNetwork.tries_max; ++i) {
    EXPECT_TRUE(ask(fmt::format("K7M2Q-{:05}", i), "bo@example.org").has_value());
  }
  const auto refused = ask("K7M2Q-9XD4P", "bo@example.org");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, FailureKind::too_many);
  EXPECT_TRUE(ask("K7M2Q-9XD4P", "bo@example.org", "US", "198.51.100.7").has_value());
  clock().move(std::chrono::hours{1});
  EXPECT_TRUE(ask("K7M2Q-9XD4P", "bo@example.org").has_value());
}

TEST_P(GenuinePage, OneNetworkOfTheNewerAddressesIsItsFirst64Bits) {
  for (int i = 0; i < kChecksFromNetwork.tries_max; ++i) {
    const auto peer = fmt::format("2001:db8:7:7:{:x}::{:x}", i, i);
    EXPECT_TRUE(ask(fmt::format("K7M2Q-{:05}", i), "bo@example.org", "US", peer).has_value());
  }
  EXPECT_FALSE(ask("K7M2Q-9XD4P", "bo@example.org", "US", "2001:db8:7:7:ffff::1").has_value());
  EXPECT_TRUE(ask("K7M2Q-9XD4P", "bo@example.org", "US", "2001:db8:7:8::1").has_value());
}

TEST_P(GenuinePage, AFloodOnOneReferenceEndsWhereverItComesFrom) {
  const auto reference = mail_to("bo@example.org");
  const auto from = [](int i) { return fmt::format("198.51.{}.{}", i / 200, i % 200); };
  for (int i = 0; i < kChecksOfReference.tries_max; ++i) {
    EXPECT_TRUE(ask(reference, fmt::format("guess{}@example.org", i), "US", from(i)).has_value());
  }
  // Written in another way it is the same.
  const auto refused = ask(to_ascii_lower(reference), "bo@example.org", "US", from(999));
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().message.key, "notifications.error.checked_too_often");
}

TEST_P(GenuinePage, AnswersMachines) {
  const auto reference = mail_to("bo@example.org");
  browser().accept = "application/json";
  const auto token = [&] {
    browser().accept = "text/html";
    auto page = browser().get("/genuine");
    browser().accept = "application/json";
    return testing::PageBrowser::token_in(page.body);
  };
  const auto ask_json = [&](const std::string& receiver) {
    const auto answer = browser().post("/genuine", token(), {{"reference", reference}, {"receiver", receiver}});
    return std::pair(answer.status, boost::json::parse(answer.body).as_object());
  };
  const auto [status, right] = ask_json("bo@example.org");
  EXPECT_EQ(status, 200);
  EXPECT_EQ(right.at("is_ours"), boost::json::value(true));
  EXPECT_EQ(right.at("channel"), boost::json::value("email"));
  EXPECT_EQ(right.at("sent_at"), boost::json::value(to_iso(clock().now())));
  const auto [other_status, wrong] = ask_json("eve@example.org");
  EXPECT_EQ(other_status, 200);
  EXPECT_EQ(wrong.at("is_ours"), boost::json::value(false));
  EXPECT_FALSE(wrong.contains("subject"));
  const auto [bad_status, bad] = ask_json("eve@");
  EXPECT_EQ(bad_status, 422);
  EXPECT_EQ(bad.at("errors").at(0).at("field"), boost::json::value("receiver"));
}

TEST_P(GenuinePage, WhatIsTypedIsNotKept) {
  submit("Q7M2Q-9XD4P", "canary.bird@example.org");
  for (const auto& value : testing::list_stored(database(), is_sqlite())) {
    EXPECT_EQ(value.find("canary"), std::string::npos);
    EXPECT_EQ(value.find("Q7M2Q9XD4P"), std::string::npos);
  }
}

TEST_P(GenuinePage, LapsedReferencesAreDeleted) {
  mail_to("bo@example.org");
  clock().move(kSentMessageKept - std::chrono::hours{1});
  mail_to("bo@example.org");
  bed().notifications.sent.delete_lapsed();
  EXPECT_EQ(bed().count_sent(), 2);
  clock().move(std::chrono::hours{2});
  bed().notifications.sent.delete_lapsed();
  EXPECT_EQ(bed().count_sent(), 1);
}

// Every kind of message that there is, in each language: nothing of the person's is shown, and nothing is left open.
TEST(GenuineDescription, LeavesOutEverythingButTheAgency) {
  const auto& words = testing::AccountsBed::shipped_words();
  const auto& brand = testing::AccountsBed::shipped_catalogue().brand();
  boost::json::object shipped;
  for (const auto& file : testing::embedded_words()) {
    if (file.path == "locales/en.json") shipped = boost::json::parse(file.content).as_object();
  }
  ASSERT_FALSE(shipped.empty());
  for (const auto* locale : words.list()) {
    for (const auto& [key, value] : shipped) {
      const bool is_subject = key.starts_with("mail.") && key.ends_with(".subject");
      if (!is_subject) continue;
      const auto kind = std::string(key).substr(5, key.size() - 5 - 8);
      const auto shown = description_of(*locale, brand, kind);
      EXPECT_FALSE(shown.empty());
      EXPECT_EQ(shown.find_first_of("{}"), std::string::npos) << kind << ": " << shown;
    }
  }
  EXPECT_EQ(description_of(words.english(), brand, "accounts.email_code"), "A code for you to type in on our pages");
  EXPECT_EQ(description_of(words.english(), brand, "accounts.account_opened"),
            "Your account with Northport Immigration Service is open");
  EXPECT_EQ(description_of(words.english(), brand, "something.new"), "A message about your account");
}

}  // namespace
}  // namespace waymark::notifications
