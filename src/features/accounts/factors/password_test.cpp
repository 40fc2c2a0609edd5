#include "features/accounts/factors/password.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "base/text.hpp"
#include "features/accounts/limits.hpp"
#include "features/accounts/sign_up/personal_details.hpp"
#include "support/temporary_folder.hpp"

namespace waymark::accounts {
namespace {

template <typename T>
std::string refusal(const Result<T>& result) {
  return result ? "" : result.error().fields.front().message.key;
}

constexpr Date kToday{std::chrono::year{2026} / 11 / 23};

TEST(Password, OfTwelveHardToGuessLettersIsTaken) {
  const auto chosen = check_new_password("turnip velvet orbit", {}, nullptr);
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->normal, "turnip velvet orbit");
  EXPECT_GE(chosen->score, kPasswordScoreMin);
}

TEST(Password, IsRefusedWhenShortLongOrCommon) {
  EXPECT_EQ(refusal(check_new_password("", {}, nullptr)), "accounts.error.password_empty");
  EXPECT_EQ(refusal(check_new_password("kT9!vq2#", {}, nullptr)), "accounts.error.password_short");
  EXPECT_EQ(refusal(check_new_password(std::string(129, 'x'), {}, nullptr)), "accounts.error.password_long");
  EXPECT_EQ(refusal(check_new_password("aaaaaaaaaaaaaa", {}, nullptr)), "accounts.error.password_common");
}

TEST(Password, IsCountedInCodePointsAfterNfc) {
  // "é" typed as two code points is one: eleven letters are too few.
  std::string eleven;
  for (int i = 0; i < 11; ++i) eleven += "e\u0301";
  EXPECT_EQ(refusal(check_new_password(eleven, {}, nullptr)), "accounts.error.password_short");
  EXPECT_EQ(normal_password("cafe\u0301"), "caf\u00e9");
  EXPECT_TRUE(normal_password(std::string(128, 'x')));
  EXPECT_FALSE(normal_password(std::string(129, 'x')));
  EXPECT_FALSE(normal_password("\xff\xfe"));
}

TEST(Password, MadeOfThePersonsOwnWordsIsWeak) {
  const std::vector<std::string> hints{"xavierquintanilla@example.org", "Xavier", "Quintanilla"};
  EXPECT_EQ(refusal(check_new_password("xavierquintanilla", hints, nullptr)), "accounts.error.password_weak");
}

TEST(Password, IsRefusedWhenItWasStolenElsewhere) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "breached.txt";
  // SHA-1 of "turnip velvet orbit".
  std::ofstream(file) << "F94166C55AC3F7B3A7268A1F908B5D77723578EE:3\n";
  const BreachedPasswords breached(file.string());
  EXPECT_EQ(refusal(check_new_password("turnip velvet orbit", {}, &breached)), "accounts.error.password_breached");
  EXPECT_TRUE(check_new_password("turnip velvet orbits", {}, &breached));
}

TEST(PersonalDetails, KeepNamesAsTypedButTidy) {
  const auto names = read_names("  Ana   María ", "Muñoz\u202e Ortiz");
  ASSERT_TRUE(names);
  EXPECT_EQ(names->given, "Ana María");
  EXPECT_EQ(names->family, "Muñoz Ortiz");
}

TEST(PersonalDetails, LetSomebodyHaveOneNameOnly) {
  EXPECT_TRUE(read_names("", "Suharto"));
  EXPECT_EQ(refusal(read_names("Ana", " ")), "accounts.error.family_name_missing");
  EXPECT_EQ(refusal(read_names(std::string(101, 'a'), "b")), "accounts.error.name_long");
}

TEST(PersonalDetails, TakeOnlyRealBirthDatesInThePast) {
  EXPECT_EQ(read_date_of_birth("27", "3", "1984", kToday).value(), (Date{std::chrono::year{1984} / 3 / 27}));
  EXPECT_TRUE(read_date_of_birth("29", "02", "2000", kToday));
  EXPECT_TRUE(read_date_of_birth("23", "11", "2026", kToday));
  EXPECT_EQ(refusal(read_date_of_birth("29", "2", "1900", kToday)), "accounts.error.birth_date_form");
  EXPECT_EQ(refusal(read_date_of_birth("31", "4", "1984", kToday)), "accounts.error.birth_date_form");
  EXPECT_EQ(refusal(read_date_of_birth("0", "0", "1984", kToday)), "accounts.error.birth_date_form");
  EXPECT_EQ(refusal(read_date_of_birth("x", "4", "1984", kToday)), "accounts.error.birth_date_form");
  EXPECT_EQ(refusal(read_date_of_birth("", "", "", kToday)), "accounts.error.birth_date_missing");
  EXPECT_EQ(refusal(read_date_of_birth("27", "3", "84", kToday)), "accounts.error.birth_date_year");
  EXPECT_EQ(refusal(read_date_of_birth("24", "11", "2026", kToday)), "accounts.error.birth_date_future");
  EXPECT_EQ(refusal(read_date_of_birth("31", "12", "1899", kToday)), "accounts.error.birth_date_early");
}

}  // namespace
}  // namespace waymark::accounts
