#include "platform/signing_keys.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.hpp"

namespace waymark {
namespace {

KeyRing first_keys() {
  return {.roots = {{.number = 1, .bytes = std::string(32, 'a')}}, .lookup_root = std::string(32, 'l')};
}

TEST(SigningKeys, SignWhatTheyThenKnow) {
  const SigningKeys keys(first_keys(), "audit.checkpoints");
  const auto signature = keys.sign("a text");
  EXPECT_EQ(signature.size(), 64U);
  EXPECT_TRUE(keys.is_signed(1, "a text", signature));
  EXPECT_FALSE(keys.is_signed(1, "a tent", signature));
  EXPECT_FALSE(keys.is_signed(2, "a text", signature));
  EXPECT_FALSE(keys.is_signed(1, "a text", signature.substr(1)));
  auto changed = signature;
  changed[7] = static_cast<char>(changed[7] ^ 1);
  EXPECT_FALSE(keys.is_signed(1, "a text", changed));
}

TEST(SigningKeys, KnowAfterARotationWhatWasSignedBefore) {
  SystemRandom random;
  const SigningKeys before(first_keys(), "audit.checkpoints");
  const SigningKeys after(with_new_root(first_keys(), random), "audit.checkpoints");
  EXPECT_TRUE(after.is_signed(1, "a text", before.sign("a text")));
  EXPECT_EQ(after.newest(), 2U);
  EXPECT_FALSE(after.is_signed(1, "a text", after.sign("a text")));
  EXPECT_TRUE(after.is_signed(2, "a text", after.sign("a text")));
}

TEST(SigningKeys, AreOthersForAnotherPurpose) {
  const SigningKeys audit(first_keys(), "audit.checkpoints");
  const SigningKeys other(first_keys(), "other");
  EXPECT_FALSE(other.is_signed(1, "a text", audit.sign("a text")));
  EXPECT_NE(other.public_keys().at(1), audit.public_keys().at(1));
}

}  // namespace
}  // namespace waymark
