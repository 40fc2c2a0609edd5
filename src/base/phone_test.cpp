#include "base/phone.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace waymark {
namespace {

std::string phone_of(std::string_view country, std::string_view number) {
  return parse_phone(country, number).value_or("none");
}

TEST(Phone, ReadsTheNationalForm) {
  EXPECT_EQ(phone_of("1", "(555) 555-0123"), "+15555550123");
  EXPECT_EQ(phone_of("1", "1 555 555 0123"), "+15555550123");
  EXPECT_EQ(phone_of("52", "55 1234 5678"), "+525512345678");
  EXPECT_EQ(phone_of("44", "020 7946 0123"), "+442079460123");
  EXPECT_EQ(phone_of("39", "06 1234 5678"), "+390612345678") << "Italy keeps its 0";
  EXPECT_EQ(phone_of("1", "555\u00A0555\u20110123"), "+15555550123");
}

TEST(Phone, ReadsTheInternationalFormThatAgrees) {
  EXPECT_EQ(phone_of("52", "+52 55 1234 5678"), "+525512345678");
  EXPECT_EQ(phone_of("52", "0052 55 1234 5678"), "+525512345678");
  EXPECT_EQ(phone_of("44", "+44 (0)20 7946 0123"), "+442079460123");
  EXPECT_EQ(phone_of("52", "+1 555 555 0123"), "none");
  EXPECT_EQ(phone_of("52", "00 1 555 555 0123"), "none");
}

TEST(Phone, RefusesWhatCannotBeANumber) {
  for (const auto* number : {"", "+", "123", "555 555 0123 x9", "5555550123456789", "55a5550123", "555;5550123",
                             "5555+550123", "155555501", "055 555 0123", "٥٥٥٥٥٥٠١٢٣", "555\n5550123"}) {
    EXPECT_EQ(phone_of("1", number), "none") << number;
  }
  for (const auto* country : {"", "0", "01", "1234", "+1", "a"}) {
    EXPECT_EQ(phone_of(country, "5555550123"), "none") << country;
  }
  EXPECT_EQ(phone_of("423", "1234"), "none") << "seven digits";
  EXPECT_EQ(phone_of("423", "12345"), "+42312345");
}

RC_GTEST_PROP(Phone, AcceptedNumbersAreE164AndReadBackTheSame, (const std::string& noise)) {
  const auto country = *rc::gen::elementOf(std::vector<std::string>{"1", "52", "39", "44", "593"});
  const auto digits = *rc::gen::container<std::string>(rc::gen::inRange('0', '9'));
  const auto phone = parse_phone(country, digits + noise);
  if (!phone) return;
  RC_ASSERT(phone->size() >= 9U && phone->size() <= 16U);
  RC_ASSERT(phone->starts_with("+" + country));
  RC_ASSERT(std::all_of(phone->begin() + 1, phone->end(), [](char c) { return c >= '0' && c <= '9'; }));
}

TEST(Phone, ShowsItsLastTwoDigits) {
  EXPECT_EQ(phone_ending("+15555550123"), "23");
  EXPECT_EQ(phone_ending("7"), "7");
}

}  // namespace
}  // namespace waymark
