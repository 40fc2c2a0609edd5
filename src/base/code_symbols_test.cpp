#include "base/code_symbols.hpp"

#include <gtest/gtest.h>

namespace waymark {
namespace {

std::string read(std::string_view typed) { return read_code_symbols(typed, 6).value_or("none"); }

TEST(CodeSymbols, AreReadAsPeopleTypeThem) {
  EXPECT_EQ(read("K7M2Q9"), "K7M2Q9");
  EXPECT_EQ(read(" k7m-2q9 "), "K7M2Q9");
  EXPECT_EQ(read("k7m\u2013 2q9\u00A0"), "K7M2Q9") << "a long dash, a blank that does not break";
}

TEST(CodeSymbols, ReadLettersThatLookAlikeAsMeant) {
  EXPECT_EQ(read("oOiIlL"), "001111");
  EXPECT_EQ(read("UuVvQ9"), "VVVVQ9");
}

TEST(CodeSymbols, AreNoneWhenItCantBeACode) {
  for (const std::string typed : {"", "K7M2Q", "K7M2Q9X", "K7M2Q!", "K7M2Qé", "\u039A7M2Q9"})
    EXPECT_EQ(read(typed), "none") << typed;
  EXPECT_EQ(read(std::string(200, ' ') + "K7M2Q9"), "none");
}

}  // namespace
}  // namespace waymark
