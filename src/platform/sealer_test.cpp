#include "platform/sealer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace waymark {
namespace {

const SealPlace kName{"accounts", "name", 7};

class SealerTest : public testing::Test {
 protected:
  SystemRandom random_;
  KeyRing keys_ = make_keys(random_);
  Sealer sealer_{keys_, random_};
};

TEST_F(SealerTest, OpensWhatItSealed) {
  for (const std::string plain : {"", "Ana", "a longer name with ñ and 李"}) {
    EXPECT_EQ(sealer_.open(kName, sealer_.seal(kName, plain)), plain);
  }
}

TEST_F(SealerTest, NeverSealsTheSameTextAlike) { EXPECT_NE(sealer_.seal(kName, "Ana"), sealer_.seal(kName, "Ana")); }

TEST_F(SealerTest, HidesTheText) { EXPECT_EQ(sealer_.seal(kName, "Ana Ruiz Ana Ruiz").find("Ana"), std::string::npos); }

TEST_F(SealerTest, OpensAtItsOwnPlaceOnly) {
  const auto sealed = sealer_.seal(kName, "Ana");
  for (const SealPlace& place :
       {SealPlace{"accounts", "name", 8}, SealPlace{"accounts", "phone", 7}, SealPlace{"parties", "name", 7},
        SealPlace{"accountsn", "ame", 7}, SealPlace{"account", "sname", 7}, SealPlace{"accounts", "name", -7}}) {
    EXPECT_FALSE(sealer_.try_open(place, sealed)) << place.table << "." << place.column << " " << place.row;
    EXPECT_THROW(sealer_.open(place, sealed), std::runtime_error);
  }
}

TEST_F(SealerTest, NoticesAChangeOfAnyByte) {
  const auto sealed = sealer_.seal(kName, "Ana");
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    for (const unsigned flip : {1U, 0x80U, 0xFFU}) {
      auto changed = sealed;
      changed[i] = static_cast<char>(static_cast<unsigned char>(changed[i]) ^ flip);
      EXPECT_FALSE(sealer_.try_open(kName, changed)) << "byte " << i;
    }
  }
  for (std::size_t size = 0; size < sealed.size(); ++size)
    EXPECT_FALSE(sealer_.try_open(kName, sealed.substr(0, size)));
  EXPECT_FALSE(sealer_.try_open(kName, sealed + "x"));
}

TEST_F(SealerTest, SaysWhereItFailedAndNothingOfTheContent) {
  try {
    sealer_.open(kName, "not sealed at all, but long enough to look as if it were sealed");
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("accounts.name, row 7"));
    EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("not sealed")));
  }
}

TEST_F(SealerTest, SealsWithTheNewestRootAndOpensWithAll) {
  const auto old = sealer_.seal(kName, "Ana");
  const auto rotated_keys = with_new_root(keys_, random_);
  const Sealer rotated(rotated_keys, random_);
  EXPECT_EQ(rotated.open(kName, old), "Ana");
  EXPECT_TRUE(rotated.is_outdated(old));
  const auto fresh = rotated.seal(kName, "Ana");
  EXPECT_FALSE(rotated.is_outdated(fresh));
  EXPECT_FALSE(sealer_.try_open(kName, fresh)) << "the old ring has no second root";
}

TEST_F(SealerTest, DoesNotOpenWithAnotherInstallationsKeys) {
  const auto other_keys = make_keys(random_);
  EXPECT_FALSE(Sealer(other_keys, random_).try_open(kName, sealer_.seal(kName, "Ana")));
}

RC_GTEST_PROP(SealerProperties, OpensEveryTextAtEveryPlace, (const std::string& plain, std::int64_t row)) {
  SeededRandom random(9);
  const auto keys = make_keys(random);
  const Sealer sealer(keys, random);
  const SealPlace place{"t", "c", row};
  RC_ASSERT(sealer.open(place, sealer.seal(place, plain)) == plain);
}

}  // namespace
}  // namespace waymark
