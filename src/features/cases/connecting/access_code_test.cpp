#include "features/cases/connecting/access_code.hpp"

#include <gtest/gtest.h>

namespace waymark::cases {
namespace {

TEST(AccessCode, HasThirteenSymbolsThatReadBackAsTheyWereMade) {
  SeededRandom random(3);
  for (int round = 0; round < 200; ++round) {
    const auto code = make_access_code(random);
    EXPECT_EQ(code.size(), kAccessCodeSymbols);
    EXPECT_EQ(parse_access_code(code), code);
    EXPECT_EQ(parse_access_code(format_access_code(code)), code);
  }
}

TEST(AccessCode, IsPrintedInGroupsOfFourFourAndFive) {
  EXPECT_EQ(format_access_code("K7QF9ZTM4WXCP"), "K7QF-9ZTM-4WXCP");
}

TEST(AccessCode, IsReadHoweverItIsTyped) { EXPECT_EQ(parse_access_code(" k7qf 9ztm-4wxcp "), "K7QF9ZTM4WXCP"); }

TEST(AccessCode, ReadsLettersThatLookLikeOthersAsThose) {
  EXPECT_EQ(parse_access_code("OIlU-0000-00000"), "011V000000000");
}

TEST(AccessCode, RefusesWhatCantBeACode) {
  EXPECT_FALSE(parse_access_code(""));
  EXPECT_FALSE(parse_access_code("K7QF-9ZTM-4WXC"));
  EXPECT_FALSE(parse_access_code("K7QF-9ZTM-4WXCPP"));
  EXPECT_FALSE(parse_access_code("K7QF-9ZTM-4WXC!"));
  EXPECT_FALSE(parse_access_code("K7QF-9ZTM-4WXC\xc3\x91"));
}

}  // namespace
}  // namespace waymark::cases
