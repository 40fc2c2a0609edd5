#include "web/accept.hpp"

#include <gtest/gtest.h>

namespace waymark::web {
namespace {

TEST(WeightOf, ReadsWeights) {
  EXPECT_EQ(weight_of("gzip, br;q=0.5, deflate;q=0", "gzip"), 1000);
  EXPECT_EQ(weight_of("gzip, br;q=0.5, deflate;q=0", "br"), 500);
  EXPECT_EQ(weight_of("gzip, br;q=0.5, deflate;q=0", "deflate"), 0);
  EXPECT_EQ(weight_of("gzip", "br"), std::nullopt);
  EXPECT_EQ(weight_of("GZip ; Q=0.25", "gzip"), 250);
  EXPECT_EQ(weight_of("application/json;v=1;q=0.9", "application/json"), 900);
  EXPECT_EQ(weight_of("", "gzip"), std::nullopt);
}

TEST(WeightOf, TakesABrokenWeightForARefusal) {
  for (const std::string_view list :
       {"gzip;q=", "gzip;q=2", "gzip;q=1.5", "gzip;q=-1", "gzip;q=0.1234", "gzip;q=x", "gzip;q=0,5"}) {
    EXPECT_EQ(weight_of(list, "gzip"), 0) << list;
  }
}

TEST(Encodings, GiveTheStarToWhatIsNotNamed) {
  const Encodings star("br;q=0, *;q=0.5");
  EXPECT_EQ(star.brotli, 0);
  EXPECT_EQ(star.gzip, 500);
  const Encodings none("");
  EXPECT_EQ(none.gzip + none.brotli, 0);
  EXPECT_EQ(Encodings("identity").gzip, 0);
  EXPECT_EQ(Encodings("*;q=0").gzip, 0);
}

TEST(MatchesEtag, ComparesWeaklyInALlist) {
  EXPECT_TRUE(matches_etag("\"a\"", "\"a\""));
  EXPECT_TRUE(matches_etag("\"x\", W/\"a\"", "\"a\""));
  EXPECT_TRUE(matches_etag("\"a\"", "W/\"a\""));
  EXPECT_TRUE(matches_etag("*", "\"a\""));
  EXPECT_FALSE(matches_etag("", "\"a\""));
  EXPECT_FALSE(matches_etag("\"b\"", "\"a\""));
  EXPECT_FALSE(matches_etag("a", "\"a\""));
}

}  // namespace
}  // namespace waymark::web
