#include "base/email.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

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

// Calls `visit` with every code point that there is, assigned or not.
template <typename Visit>
void for_every_code_point(const Visit& visit) {
  for (std::uint32_t c = 1; c <= 0x10FFFF; ++c) {
    if (c < 0xD800 || c >= 0xE000) visit(c, to_utf8(c));
  }
}

std::string named(std::uint32_t c) { return fmt::format("U+{:04X}", c); }

// None of them may lead to a mailbox that is spelt in ASCII, nor lose itself among ASCII letters.
TEST(Email, Incident_I28_NoOtherLetterEverTurnsIntoAnAsciiMailbox) {
  for_every_code_point([](std::uint32_t c, const std::string& sign) {
    if (c < 0x80) return;
    ASSERT_FALSE(parse_email("mi" + sign + "e@example.org")) << named(c);
    const auto email = parse_email("mike@exa" + sign + "mple.org");
    if (!email) return;
    ASSERT_TRUE(email->address.starts_with("mike@xn--ex")) << named(c) << " " << email->address;
    ASSERT_EQ(email->address, email->canonical) << named(c);
    ASSERT_EQ(parse_email(email->address)->address, email->address) << named(c);
  });
}

// One mailbox, one account, one budget of tries: what differs by case or by how marks are put on is the same.
TEST(Email, Incident_I30_CaseAndCompositionNeverMakeASecondMailbox) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfd = icu::Normalizer2::getNFDInstance(status);
  ASSERT_TRUE(U_SUCCESS(status));
  int compared = 0;
  for_every_code_point([&](std::uint32_t c, const std::string& sign) {
    // Not the same letter as what is capital of both: the dotless i is its own, and IDNA keeps the sigma of a word's
    // end.
    if (c == 0x131 || c == 0x3C2) return;
    const auto address_with = [](const std::string& letter) { return "Mike@Exa" + letter + "mple.org"; };
    const auto email = parse_email(address_with(sign));
    if (!email) return;
    ASSERT_TRUE(email->canonical.starts_with("mike@")) << named(c);
    ASSERT_TRUE(email->address.starts_with("Mike@")) << named(c) << ": mail goes to the bytes that were typed";
    std::string decomposed;
    nfd->normalize(icu::UnicodeString(static_cast<UChar32>(c)), status).toUTF8String(decomposed);
    for (const auto& other :
         {to_utf8(static_cast<std::uint32_t>(u_toupper(static_cast<UChar32>(c)))),
          to_utf8(static_cast<std::uint32_t>(u_tolower(static_cast<UChar32>(c)))),
          to_utf8(static_cast<std::uint32_t>(u_foldCase(static_cast<UChar32>(c), 0))), decomposed}) {
      const auto same = parse_email(address_with(other));
      if (other == sign || !same) continue;  // refused is no second mailbox
      ++compared;
      ASSERT_EQ(same->canonical, email->canonical) << named(c) << " " << other;
    }
  });
  EXPECT_GT(compared, 2000);
}

TEST(Email, Incident_I30_JohnAndJOHNAreOneMailbox) {
  const auto canonical = [](const char* typed) { return parse_email(typed)->canonical; };
  EXPECT_EQ(canonical("John@Example.org"), canonical("JOHN@EXAMPLE.ORG"));
  EXPECT_EQ(canonical("john@b\u00FCcher.example"), canonical("JOHN@B\u00DCCHER.EXAMPLE"));
  EXPECT_EQ(canonical("john@bu\u0308cher.example"), canonical("john@xn--bcher-kva.example"));
  EXPECT_NE(canonical("j.ohn@example.org"), canonical("john@example.org")) << "the provider's business, not ours";
  EXPECT_NE(canonical("john+a@example.org"), canonical("john@example.org"));
}

// Full-width, circled, mathematical and other dressed-up ASCII letters and signs: refused, never undressed.
TEST(Email, Incident_I28_DressedUpAsciiIsRefused) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfkd = icu::Normalizer2::getNFKDInstance(status);
  ASSERT_TRUE(U_SUCCESS(status));
  int dressed = 0;
  for_every_code_point([&](std::uint32_t c, const std::string& sign) {
    const auto plain = nfkd->normalize(icu::UnicodeString(static_cast<UChar32>(c)), status);
    // A base letter with marks on it (é) keeps them: it is no ASCII letter.
    const bool is_ascii = c >= 0x80 && !plain.isEmpty() && [&] {
      for (std::int32_t i = 0; i < plain.length(); ++i) {
        if (plain.charAt(i) >= 0x80) return false;
      }
      return true;
    }();
    if (!is_ascii) return;
    ++dressed;
    ASSERT_FALSE(parse_email("mike@exa" + sign + "mple.org")) << named(c);
    ASSERT_FALSE(parse_email("mi" + sign + "ke@example.org")) << named(c);
    ASSERT_FALSE(parse_email("mike" + sign + "@example.org")) << named(c);
    ASSERT_FALSE(parse_email("mike@example.org" + sign)) << named(c);
  });
  EXPECT_GT(dressed, 1000);
}

// Letters of two scripts that look alike stay what they are: two mailboxes, and the other one is shown in its xn--
// form.
TEST(Email, ConfusableDomainsAreKeptApartAndShownForWhatTheyAre) {
  const auto latin = parse_email("mike@apple.example");
  const auto cyrillic = parse_email("mike@\u0430pple.example");
  ASSERT_TRUE(latin && cyrillic);
  EXPECT_NE(latin->canonical, cyrillic->canonical);
  EXPECT_EQ(cyrillic->address, "mike@xn--pple-43d.example");
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
