#include "base/email.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace waymark {
namespace {

std::string to_utf8(std::uint32_t c) {
  std::string out;
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6);
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  }
  return out;
}

std::string address_of(std::string_view typed) {
  const auto email = parse_email(typed);
  return email ? email->address : "none";
}

TEST(Email, KeepsTheLocalPartAsTypedAndFoldsItForCounting) {
  const auto email = parse_email("  Ana.Ruiz+Case@Example.ORG ");
  ASSERT_TRUE(email);
  EXPECT_EQ(email->address, "Ana.Ruiz+Case@example.org");
  EXPECT_EQ(email->canonical, "ana.ruiz+case@example.org");
}

TEST(Email, TurnsOtherScriptsToTheirAsciiDomain) {
  EXPECT_EQ(address_of("ana@BÜCHER.example"), "ana@xn--bcher-kva.example");
  EXPECT_EQ(address_of("ana@straße.example"), "ana@xn--strae-oqa.example");
  EXPECT_EQ(address_of("ana@例え.jp"), "ana@xn--r8jz45g.jp");
  EXPECT_EQ(address_of("ana@xn--r8jz45g.jp"), "ana@xn--r8jz45g.jp");
}

TEST(Email, RefusesWhatIsNotOneMailbox) {
  for (const auto* typed : {"",
                            "@",
                            "ana",
                            "ana@",
                            "@example.org",
                            "ana@example",
                            "ana@@example.org",
                            "ana@b@example.org",
                            "ana @example.org",
                            ".ana@example.org",
                            "ana.@example.org",
                            "a..b@example.org",
                            "\"ana\"@example.org",
                            "ana(x)@example.org",
                            "<ana@example.org>",
                            "ana@example.org,bob@example.org",
                            "ana@example.org;bob@b.org",
                            "ana@example.org.",
                            "ana@.example.org",
                            "ana@exa_mple.org",
                            "ana@-example.org",
                            "ana@example-.org",
                            "ana@127.0.0.1",
                            "ana@[127.0.0.1]",
                            "ana@example.o",
                            "josé@example.org",
                            "ana@xn--zzzzzzzz-.org",
                            "ana@exam\u00ADple.org",
                            "ana@example。org",
                            "ana@\xFF.org"}) {
    EXPECT_EQ(address_of(typed), "none") << typed;
  }
}

TEST(Email, HasTheLengthsOfRfc5321) {
  const std::string label(60, 'a');
  EXPECT_NE(address_of(std::string(64, 'x') + "@example.org"), "none");
  EXPECT_EQ(address_of(std::string(65, 'x') + "@example.org"), "none");
  EXPECT_EQ(address_of("x@" + std::string(64, 'a') + ".org"), "none");
  const auto domain = label + "." + label + "." + label + ".";
  const auto local = std::string(64, 'x') + "@";
  const auto exact = local + domain + std::string(254 - local.size() - domain.size(), 'b');
  EXPECT_EQ(exact.size(), 254U);
  EXPECT_NE(address_of(local + label + "." + label + "." + label + ".org"), "none");
  EXPECT_EQ(address_of(exact + "b"), "none");
}

// Every code point there is, in the local part and in the domain: none of them may lead to a mailbox that is spelt in
// ASCII, nor lose itself among ASCII letters.
TEST(Email, Incident_I28_NoOtherLetterEverTurnsIntoAnAsciiMailbox) {
  for (std::uint32_t c = 0x80; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    if (c > 0x2FFFF && c < 0xE0000) continue;  // unassigned planes
    if (c > 0xE0FFF) break;                    // private use
    const auto sign = to_utf8(c);
    ASSERT_FALSE(parse_email("mi" + sign + "e@example.org")) << fmt::format("U+{:04X}", c);
    const auto email = parse_email("mike@exa" + sign + "mple.org");
    if (!email) continue;
    ASSERT_TRUE(email->address.starts_with("mike@xn--ex")) << fmt::format("U+{:04X} {}", c, email->address);
    ASSERT_EQ(email->address, email->canonical);
  }
}

TEST(Email, Incident_I28_DisguisedLettersAreRefused) {
  EXPECT_FALSE(parse_email("m\u0131ke@example.org"));
  EXPECT_FALSE(parse_email("mike@g\u0131thub.com") &&
               parse_email("mike@g\u0131thub.com")->address == "mike@github.com");
  EXPECT_FALSE(parse_email("mike@\u212Aey.com"));
  EXPECT_FALSE(parse_email("mike@\u017Fite.com"));
  EXPECT_FALSE(parse_email("mike@b\u00FCcher\u017F.com")) << "nor beside a letter that IDNA keeps";
}

TEST(Email, Incident_I31_HeaderSignsAreRefused) {
  for (const auto* typed :
       {"ana@example.org\r\nBcc: bob@example.org", "ana@example.org\n", "\rana@example.org", "ana\r\n@example.org",
        "ana@example.org%0ABcc:bob@example.org", "=?utf-8?q?ana=0A?=@example.org <bob@example.org>",
        "ana@example.org bob@example.org", "ana\x00@example.org", "ana@exa\tmple.org"}) {
    EXPECT_EQ(address_of(typed), "none") << typed;
  }
}

RC_GTEST_PROP(Email, AcceptedAddressesAreStableAndPlain, (const std::string& noise)) {
  const auto email = parse_email("a" + noise + "@ex" + noise + "ample.org");
  if (!email) return;
  RC_ASSERT(parse_email(email->address)->address == email->address);
  RC_ASSERT(parse_email(email->canonical)->canonical == email->canonical);
  RC_ASSERT(email->address.size() <= 254U);
  for (const char c : email->address) RC_ASSERT(c > ' ' && c <= '~');
}

TEST(Email, IsMaskedButForItsFirstLetterAndDomain) {
  EXPECT_EQ(mask_email("ana@example.org"), "a•••@example.org");
  EXPECT_EQ(mask_email("no address"), "•••");
}

}  // namespace
}  // namespace waymark
