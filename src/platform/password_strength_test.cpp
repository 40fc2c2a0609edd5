#include "platform/password_strength.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "platform/embedded.hpp"

namespace waymark {
namespace {

TEST(PasswordStrength, ScoresFromGuessedAtOnceToHard) {
  EXPECT_EQ(password_score("password", {}), 0);
  EXPECT_EQ(password_score("", {}), 0);
  EXPECT_LE(password_score("qwertyuiop12", {}), 2);
  EXPECT_EQ(password_score("correct horse battery staple", {}), 4);
  EXPECT_EQ(password_score("x7!Kq2@mV9#zR4", {}), 4);
  EXPECT_EQ(password_score("лестница-облако-17", {}), 4);
}

TEST(PasswordStrength, CountsThePersonsOwnWordsForNothing) {
  const std::string password = "zorrilla.meneses";
  const int without = password_score(password, {});
  EXPECT_GE(without, 3);
  EXPECT_LE(password_score(password, {"zorrilla.meneses@example.org"}), 1);
  EXPECT_LT(password_score("Quintanaroosevelt", {"Quintana Roosevelt"}), 3);
}

TEST(PasswordStrength, TakesTheLongestPasswords) {
  std::string longest;
  for (int i = 0; i < 128; ++i) longest += "\xF0\x9F\x94\x91";
  EXPECT_GE(password_score(longest, {}), 0);
  EXPECT_GE(password_score(std::string(128, 'a'), {std::string(128, 'a')}), 0);
}

TEST(CommonPassword, IsFoundWholeWithoutCase) {
  for (const auto* password :
       {"ILoveYouForever", "teamomucho", "Contraseña", "CONTRASEÑA", "1qaz2wsx3edc", "qwerty123456"}) {
    EXPECT_TRUE(is_common_password(password)) << password;
  }
}

TEST(CommonPassword, IsFoundInItsDecoration) {
  for (const auto* password :
       {"Password2024!", "Welcome12345", "!!Princess1998", "password1234", "MyGreenCard2026", "12345password"}) {
    EXPECT_TRUE(is_common_password(password)) << password;
  }
}

TEST(CommonPassword, IsFoundWhenItRepeatsOrRuns) {
  for (const auto* password : {"aaaaaaaaaaaa", "abcabcabcabc", "passwordpassword", "zxcvbnm,./asdf", "123456789012",
                               "098765432109", "qwertyuiop[]", "poiuytrewqasdf", "iloveyouforeveriloveyouforever",
                               "1qaz2wsx3edc4rfv", "1234abcd!@#$", "abcdefghijkl"}) {
    EXPECT_TRUE(is_common_password(password)) << password;
  }
}

TEST(CommonPassword, IsNotWhatOnlyHoldsACommonWord) {
  for (const auto* password : {"my password is a purple kettle", "love837261940517", "turtle-welcome-anvil-9",
                               "Tr4mpoline&Gherkin", "x7!Kq2@mV9#zR4", "cielo nublado sobre Lima"}) {
    EXPECT_FALSE(is_common_password(password)) << password;
  }
}

TEST(CommonPassword, ListIsLongFoldedAndSorted) {
  const auto file = find_embedded("assets/data/common_passwords.txt");
  ASSERT_TRUE(file);
  std::size_t long_ones = 0;
  std::string_view last;
  for (const auto line : split(*file, '\n')) {
    if (line.empty() || line.starts_with('#')) continue;
    EXPECT_LT(last, line);
    EXPECT_EQ(to_ascii_lower(line), line);
    EXPECT_TRUE(is_common_password(line)) << line;
    if (count_code_points(line) >= 12) ++long_ones;
    last = line;
  }
  EXPECT_GE(long_ones, 300U);
}

}  // namespace
}  // namespace waymark
