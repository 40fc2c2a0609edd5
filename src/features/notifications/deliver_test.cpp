// What leaves, as its receiver sees it: reference, phrase, and nothing in the table that could tell of either.
#include "features/notifications/deliver.hpp"

#include <gmock/gmock.h>

#include <regex>
#include <set>

#include "platform/mail_message.hpp"
#include "platform/scripted_outbox.hpp"
#include "support/notifications_bed.hpp"
#include "support/stored_values.hpp"

namespace waymark::notifications {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Delivery : public testing::WithNotifications {
 protected:
  SentMessage deliver(const journal::Telling& telling) { return bed().deliver(telling); }
  static std::string reference_in(const SentMessage& message) {
    std::smatch match;
    const std::regex pattern("\\b[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}\\b");
    return std::regex_search(message.text, match, pattern) ? match.str() : "none";
  }
};
ON_BOTH_DATABASES(Delivery);

TEST_P(Delivery, EveryMailAndTextCarriesItsReference) {
  const auto mail = deliver(bed().mail_to_owner());
  EXPECT_NE(reference_in(mail), "none") << mail.text;
  EXPECT_THAT(mail.text, HasSubstr("https://account.northport.example/genuine"));
  const auto text = deliver(bed().text_to("+15555550123"));
  EXPECT_NE(reference_in(text), "none") << text.text;
  EXPECT_THAT(text.text, HasSubstr("Ref " + reference_in(text)));
  EXPECT_NE(reference_in(text), reference_in(mail));
}

TEST_P(Delivery, ACallCarriesNoReferenceAndNoneIsKept) {
  auto call = bed().text_to("+15555550123");
  call.spoken = true;
  EXPECT_EQ(reference_in(deliver(call)), "none");
  EXPECT_EQ(bed().count_sent(), 0);
}

TEST_P(Delivery, ASecondTryCarriesTheSameReferenceAndIsOneRow) {
  const auto telling = bed().mail_to_owner();
  const auto first = deliver(telling);
  bed().accounts_bed.clock.move(std::chrono::minutes{3});
  const auto second = deliver(telling);
  EXPECT_EQ(reference_in(first), reference_in(second));
  EXPECT_EQ(bed().count_sent(), 1);
}

TEST_P(Delivery, AReferenceIsKnownBeforeItsMessageLeaves) {
  bed().outbox.fail_next(1, false);
  const auto telling = bed().mail_to_owner();
  EXPECT_THROW(deliver(telling), DeliveryFailed);
  EXPECT_EQ(bed().count_sent(), 1) << "a server that took the mail and then broke off has sent it all the same";
}

TEST_P(Delivery, ThePhraseStandsAtTheTopOfMailsToTheOwnAddressAndInNoOther) {
  bed().set_phrase("the red kite");
  const auto own = deliver(bed().mail_to_owner());
  EXPECT_TRUE(own.text.starts_with("Your phrase: the red kite\n")) << own.text;
  EXPECT_EQ(own.text.find("the red kite"), own.text.rfind("the red kite"));
  EXPECT_THAT(own.subject, Not(HasSubstr("kite")));

  auto named = bed().mail_to_owner();
  named.email = "ana@example.org";
  EXPECT_THAT(deliver(named).text, HasSubstr("the red kite")) << "the own address, named in full";
  for (const std::string other :
       {"old@example.org", "new@example.net", "ANA@example.org", "ana@example.org.evil.example"}) {
    auto telling = bed().mail_to_owner();
    telling.email = other;
    EXPECT_THAT(deliver(telling).text, Not(HasSubstr("kite"))) << other << " was left, or is not proved";
  }
  EXPECT_THAT(deliver(bed().sign_up_code_to("ana@example.org")).text, Not(HasSubstr("kite")));
  auto text = bed().text_to("+15555550123");
  text.account = bed().account;
  EXPECT_THAT(deliver(text).text, Not(HasSubstr("kite")));
}

TEST_P(Delivery, Incident_I60_MarkupAndPlaceholdersInAPhraseAreInert) {
  bed().set_phrase("<b>x</b> {origin} '{'");
  const auto mail = deliver(bed().mail_to_owner());
  EXPECT_TRUE(mail.text.starts_with("Your phrase: <b>x</b> {origin} '{'\n")) << mail.text;
}

TEST_P(Delivery, Incident_I31_APhraseReachesNoHeader) {
  bed().set_phrase("kite\r\nBcc: eve@example.net");
  const auto sent = deliver(bed().mail_to_owner());
  const auto wire =
      to_mail_message({.id = sent.id, .to = sent.to, .subject = sent.subject, .text = sent.text, .language = "en"},
                      {.address = "no-reply@northport.example", .name = "Northport"}, sent.sent_at);
  const auto head = wire.substr(0, wire.find("\r\n\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("Bcc")));
  EXPECT_THAT(head, Not(HasSubstr("kite")));
}

TEST_P(Delivery, NothingOfTheContentTheAddressOrTheReferenceIsStored) {
  bed().set_phrase("canarykite");
  auto telling = bed().mail_to_owner();
  telling.email = "canary.bird@example.org";
  const auto mail = deliver(telling);
  const auto text = deliver(bed().text_to("+15555550188"));
  const auto symbols = [](std::string code) { return code.erase(code.find('-'), 1); };
  for (const auto& value : testing::list_stored(database(), is_sqlite())) {
    for (const auto& canary : {std::string("canary"), std::string("5550188"), mail.subject, reference_in(mail),
                               reference_in(text), symbols(reference_in(mail)), symbols(reference_in(text))}) {
      EXPECT_EQ(value.find(canary), std::string::npos) << canary << " in " << value;
    }
  }
}

TEST_P(Delivery, DoesNotReachWhoCantBeReached) {
  EXPECT_THROW(deliver({.id = bed().next_id(), .kind = "accounts.account_opened"}), DeliveryFailed);
  EXPECT_THROW(deliver({.id = bed().next_id(), .kind = "accounts.account_opened", .account = AccountId{1}}),
               DeliveryFailed);
  EXPECT_EQ(bed().count_sent(), 0);
}

TEST(References, AreTenSymbolsThatDifferFromIdToIdAndFromKeyToKey) {
  SeededRandom random(5);
  FixedClock clock{Instant{std::chrono::sys_days{std::chrono::November / 23 / 2026}}};
  testing::TestDatabase made("sqlite");
  const SentMessages one(made.database(), clock, make_keys(random));
  const SentMessages other(made.database(), clock, make_keys(random));
  std::set<std::string> seen;
  for (std::int64_t id = 1; id <= 5000; ++id) {
    const auto reference = one.reference_of(journal::OutboxId{id});
    EXPECT_EQ(reference.size(), kReferenceSymbols);
    EXPECT_NE(reference, other.reference_of(journal::OutboxId{id}));
    seen.insert(reference);
  }
  EXPECT_EQ(seen.size(), 5000U);
  EXPECT_EQ(format_reference("K7M2Q9XD4P"), "K7M2Q-9XD4P");
}

}  // namespace
}  // namespace waymark::notifications
