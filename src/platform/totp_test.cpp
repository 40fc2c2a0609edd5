#include "platform/totp.hpp"

#include <gtest/gtest.h>

namespace waymark {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kSecret = "12345678901234567890";  // RFC 6238, appendix B

Instant at(std::int64_t seconds) { return from_millis(seconds * 1000); }

// The RFC's codes have eight digits; ours are their last six.
TEST(Totp, MatchesTheVectorsOfRfc6238) {
  EXPECT_EQ(totp_code(kSecret, at(59)), "287082");
  EXPECT_EQ(totp_code(kSecret, at(1111111109)), "081804");
  EXPECT_EQ(totp_code(kSecret, at(1111111111)), "050471");
  EXPECT_EQ(totp_code(kSecret, at(1234567890)), "005924");
  EXPECT_EQ(totp_code(kSecret, at(2000000000)), "279037");
  EXPECT_EQ(totp_code(kSecret, at(20000000000)), "353130");
}

TEST(Totp, TakesOneStepEitherWayAndNamesIt) {
  const auto code = totp_code(kSecret, at(1111111109));
  const std::int64_t step = 1111111109 / 30;
  EXPECT_EQ(find_totp_step(kSecret, code, at(1111111109)), step);
  EXPECT_EQ(find_totp_step(kSecret, code, at(1111111109 + 30)), step);
  EXPECT_EQ(find_totp_step(kSecret, code, at(1111111109 - 30)), step);
  EXPECT_FALSE(find_totp_step(kSecret, code, at(1111111109 + 60)));
  EXPECT_FALSE(find_totp_step(kSecret, code, at(1111111109 - 60)));
}

TEST(Totp, RefusesOtherCodes) {
  for (const auto* code : {"", "28708", "2870822", "287083", " 287082", "abcdef"}) {
    EXPECT_FALSE(find_totp_step(kSecret, code, at(59))) << code;
  }
  EXPECT_TRUE(find_totp_step(kSecret, totp_code(kSecret, at(0)), at(0)));
}

TEST(Totp, MakesSecretsOf160Bits) {
  SeededRandom random(1);
  EXPECT_EQ(make_totp_secret(random).size(), 20U);
}

TEST(Totp, WritesTheAddressForTheApp) {
  EXPECT_EQ(totp_uri(kSecret, "Northport & Co", "ana+x@example.org"),
            "otpauth://totp/Northport%20%26%20Co:ana%2Bx%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&"
            "issuer=Northport%20%26%20Co&algorithm=SHA1&digits=6&period=30");
}

TEST(Totp, WritesTheSecretInGroupsOfFour) {
  EXPECT_EQ(totp_typed_secret(kSecret), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
}

}  // namespace
}  // namespace waymark
