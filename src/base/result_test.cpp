#include "base/result.hpp"

#include <gtest/gtest.h>

#include "base/assert.hpp"
#include "base/id.hpp"

namespace waymark {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return refuse(FailureKind::conflict, "test.odd");
  return number / 2;
}

TEST(Result, ChainsValues) {
  EXPECT_EQ(and_then(half(8), half), 2);
  EXPECT_EQ(transform(half(8), [](int number) { return std::to_string(number); }), "4");
}

TEST(Result, HandsOnTheFirstFailure) {
  const auto failed = and_then(half(3), [](int) -> Result<int> { return 1; });
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, FailureKind::conflict);
  EXPECT_EQ(failed.error().message.key, "test.odd");
  EXPECT_FALSE(transform(half(3), [](int number) { return number; }));
}

TEST(Result, NamesTheFieldThatWasRefused) {
  const Result<int> refused = refuse_field("email", "test.missing", {{"name", "x"}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, FailureKind::bad_input);
  ASSERT_EQ(refused.error().fields.size(), 1U);
  EXPECT_EQ(refused.error().fields[0].field, "email");
  EXPECT_EQ(refused.error().fields[0].message.key, "test.missing");
}

TEST(Id, IsFalseUntilItIsGiven) {
  EXPECT_FALSE(CaseId{});
  EXPECT_TRUE(CaseId{7});
  EXPECT_LT(CaseId{7}, CaseId{8});
  static_assert(!std::is_convertible_v<CaseId, AccountId>);
}

TEST(AssertDeathTest, SaysWhatWasBrokenAndEndsTheProcess) {
  EXPECT_DEATH(WAYMARK_ASSERT(1 + 1 == 3), "broken promise: 1 \\+ 1 == 3");
}

}  // namespace
}  // namespace waymark
