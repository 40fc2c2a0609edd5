#include "catalogue/contrast.hpp"

#include <gtest/gtest.h>

namespace waymark::catalogue {
namespace {

TEST(Contrast, IsWhatWcagComputes) {
  EXPECT_NEAR(*contrast_ratio("#000000", "#FFFFFF"), 21.0, 0.001);
  EXPECT_NEAR(*contrast_ratio("#ffffff", "#FFFFFF"), 1.0, 0.001);
  EXPECT_NEAR(*contrast_ratio("#777777", "#FFFFFF"), 4.48, 0.005);
  EXPECT_NEAR(*contrast_ratio("#FFFFFF", "#767676"), 4.54, 0.005);
}

TEST(Contrast, NeedsTwoColours) {
  EXPECT_FALSE(contrast_ratio("#12345", "#FFFFFF").has_value());
  EXPECT_FALSE(contrast_ratio("#FFFFFF", "#GGGGGG").has_value());
  EXPECT_FALSE(contrast_ratio("white", "#FFFFFF").has_value());
}

}  // namespace
}  // namespace waymark::catalogue
