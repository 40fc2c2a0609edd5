#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "features/cases/case_access.hpp"
#include "features/cases/connecting/connect_case.hpp"
#include "features/cases/connecting/export_letters.hpp"
#include "features/cases/connecting/request_new_code.hpp"
#include "features/cases/party_store.hpp"
#include "support/case_world.hpp"
#include "support/databases.hpp"

namespace waymark::cases {
namespace {

using testing::CaseWorld;
using testing::RecordsOf;

constexpr AccountId kAna{101};
const std::string kReceipt = "NPT2690001234";
const std::string kOrigin = "https://account.northport.example";

class Letters : public testing::CaseBed {
 protected:
  void SetUp() override {
    CaseBed::SetUp();
    if (IsSkipped()) return;
    world().take_in(RecordsOf(kReceipt)
                        .party("ana", Role::applicant)
                        .code("ana", "K7QF9ZTM4WXCP")
                        .organisation("law", Role::representative, "NR-4471902"));
  }
  Result<void> request(std::string birth_date = "1990-04-12", std::string receipt_number = kReceipt,
                       AccountId account = kAna) {
    return request_new_code(world().cases, account,
                            {.receipt_number = std::move(receipt_number),
                             .proof_kind = ProofKind::birth_date,
                             .proof = std::move(birth_date)},
                            "");
  }
  std::size_t waiting() { return list_waiting_letters(*database().snapshot(), 10).size(); }
  std::vector<std::string> export_all() {
    static const catalogue::Words words(testing::embedded_words(), false);
    const auto folder = made().folder() / "letters";
    const auto exported = export_letters(world().cases, words, kOrigin, folder);
    std::vector<std::string> texts;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      std::ifstream stream(file.path());
      std::stringstream text;
      text << stream.rdbuf();
      texts.push_back(text.str());
      EXPECT_EQ(std::filesystem::status(file.path()).permissions(),
                std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }
    EXPECT_EQ(static_cast<std::size_t>(exported.written), texts.size());
    return texts;
  }
  static std::string code_of(const std::string& letter) {
    const auto at = letter.find("Access code      ");
    return at == std::string::npos ? "" : letter.substr(at + 17, 15);
  }
  Result<ConnectedCase> connect(const std::string& code) {
    return connect_case(
        world().cases, kAna,
        {.receipt_number = kReceipt, .access_code = code, .proof_kind = ProofKind::birth_date, .proof = "1990-04-12"},
        "");
  }
};

TEST_P(Letters, AreWrittenOnlyWhenCaseAndProofMatchAndTheAnswerIsTheSame) {
  EXPECT_TRUE(request("1990-04-13"));
  EXPECT_TRUE(request("1990-04-12", "NPT2690009999"));
  EXPECT_EQ(waiting(), 0U);
  EXPECT_TRUE(request());
  EXPECT_EQ(waiting(), 1U);
}

TEST_P(Letters, AreWrittenOnceInTwentyFourHoursToAParty) {
  EXPECT_TRUE(request());
  EXPECT_TRUE(request("1990-04-12", kReceipt, AccountId{7}));
  EXPECT_EQ(waiting(), 1U);
  world().clock.move(std::chrono::hours{24});
  EXPECT_TRUE(request());
  EXPECT_EQ(waiting(), 2U);
}

TEST_P(Letters, AreNotAskedForMoreThanFiveTimesInSixHours) {
  for (int time = 0; time < 5; ++time) EXPECT_TRUE(request("1990-04-13"));
  const auto stopped = request();
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().kind, FailureKind::too_many);
  EXPECT_EQ(waiting(), 0U);
}

TEST_P(Letters, NameTheFieldsThatCantBeRight) {
  const auto refusal = request("", "NPT1");
  ASSERT_FALSE(refusal);
  ASSERT_EQ(refusal.error().fields.size(), 2U);
  EXPECT_EQ(refusal.error().fields[0].field, "receipt_number");
  EXPECT_EQ(refusal.error().fields[1].field, "date_of_birth");
}

TEST_P(Letters, CarryACodeThatConnectsTheCaseWhileTheOldOneStaysGood) {
  ASSERT_TRUE(request());
  const auto letters = export_all();
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_NE(letters[0].find("18 Harbor Lane\nNorthport, NY 00000"), std::string::npos);
  EXPECT_NE(letters[0].find("Ana Reyes ana"), std::string::npos);
  EXPECT_NE(letters[0].find(kReceipt), std::string::npos);
  EXPECT_NE(letters[0].find(kOrigin), std::string::npos);
  EXPECT_EQ(waiting(), 0U);
  EXPECT_TRUE(connect(code_of(letters[0])));
}

TEST_P(Letters, LeaveTheFirstCodeGood) {
  ASSERT_TRUE(request());
  export_all();
  EXPECT_TRUE(connect("K7QF9ZTM4WXCP"));
}

TEST_P(Letters, AreInTheLanguageOfTheParty) {
  ASSERT_TRUE(request_new_code(
      world().cases, kAna,
      {.receipt_number = kReceipt, .proof_kind = ProofKind::registration_number, .proof = "nr 4471902"}, ""));
  const auto letters = export_all();
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_NE(letters[0].find("Código de acceso para su caso"), std::string::npos);
}

TEST_P(Letters, AreNotPostedToAPartyThatIsConnectedMeanwhile) {
  ASSERT_TRUE(request());
  ASSERT_TRUE(connect("K7QF9ZTM4WXCP"));
  EXPECT_TRUE(export_all().empty());
}

TEST_P(Letters, CodesExpireAfterNinetyDays) {
  ASSERT_TRUE(request());
  const auto letters = export_all();
  world().clock.move(std::chrono::days{90});
  EXPECT_FALSE(connect(code_of(letters[0])));
}

ON_BOTH_DATABASES(Letters);

}  // namespace
}  // namespace waymark::cases
