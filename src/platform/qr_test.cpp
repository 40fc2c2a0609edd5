#include "platform/qr.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace waymark {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Qr, DrawsDarkOnLightWithAQuietZone) {
  const auto svg = qr_svg("HELLO", "Scan me");
  EXPECT_TRUE(svg.starts_with("<svg ") && svg.ends_with("</svg>"));
  EXPECT_THAT(svg, HasSubstr("viewBox=\"0 0 29 29\""));  // version 1: 21 modules, and 4 on each side
  EXPECT_THAT(svg, HasSubstr("<rect width=\"29\" height=\"29\" fill=\"#fff\"/>"));
  EXPECT_THAT(svg, HasSubstr("d=\"M4 4h7v1h-7z")) << "the finder pattern begins after four light modules";
  EXPECT_THAT(svg, Not(HasSubstr("style"))) << "the page's policy allows no inline style";
}

TEST(Qr, EscapesItsLabel) {
  const auto svg = qr_svg("x", "\"><script>&'");
  EXPECT_THAT(svg, HasSubstr("role=\"img\" aria-label=\"&quot;&gt;&lt;script&gt;&amp;&#39;\""));
}

TEST(Qr, RefusesWhatNoCodeCanHold) { EXPECT_THROW(qr_svg(std::string(5000, 'x'), "x"), std::runtime_error); }

}  // namespace
}  // namespace waymark
