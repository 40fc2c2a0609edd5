#include "platform/password_hasher.hpp"

#include <gtest/gtest.h>

#include <latch>
#include <thread>

#include "base/text.hpp"

namespace waymark {
namespace {

using namespace std::chrono_literals;

constexpr PasswordHashCost kCheap{.memory_bytes = 8192, .passes = 1};
constexpr PasswordHashCost kSlow{.memory_bytes = 64 * 1024 * 1024, .passes = 6};

PasswordHasher make_hasher() { return PasswordHasher(kCheap, 2, 64, 5s); }

TEST(PasswordHasher, KnowsTheRightPasswordFromTheWrongOne) {
  auto hasher = make_hasher();
  const auto encoded = hasher.hash("correct horse battery staple");
  ASSERT_TRUE(encoded);
  EXPECT_TRUE(encoded->starts_with("$argon2id$v=19$m=8,t=1,p=1$")) << *encoded;
  EXPECT_EQ(hasher.is_right("correct horse battery staple", *encoded), true);
  EXPECT_EQ(hasher.is_right("correct horse battery stapl", *encoded), false);
  EXPECT_EQ(hasher.is_right("", *encoded), false);
  EXPECT_NE(hasher.hash("correct horse battery staple").value(), encoded.value()) << "each has a salt of its own";
}

TEST(PasswordHasher, DerivesTheSameFromTheSameSecretAndRecipeAlone) {
  auto hasher = make_hasher();
  const auto recipe = hasher.make_recipe();
  EXPECT_TRUE(recipe.starts_with("argon2id m=8 t=1 ")) << recipe;
  const auto derived = hasher.derive("k3m9twz4xq7hd2p", recipe);
  ASSERT_TRUE(derived);
  EXPECT_EQ(derived->size(), 32U);
  PasswordHasher dearer({.memory_bytes = 16384, .passes = 2}, 1, 64, 5s);
  EXPECT_EQ(dearer.derive("k3m9twz4xq7hd2p", recipe).value(), *derived) << "the recipe's cost, not the hasher's";
  EXPECT_NE(hasher.derive("k3m9twz4xq7hd2q", recipe).value(), *derived);
  EXPECT_NE(hasher.derive("k3m9twz4xq7hd2p", hasher.make_recipe()).value(), *derived) << "each has a salt of its own";
}

TEST(PasswordHasher, DerivesByTheStandard) {
  // The reference implementation's own: argon2 "somesaltsomesalt" -id -t 2 -k 64 -r, of "password".
  auto hasher = make_hasher();
  const auto recipe = "argon2id m=64 t=2 " + to_base64url("somesaltsomesalt");
  EXPECT_EQ(to_hex(hasher.derive("password", recipe).value()),
            "1a98fba8e6394425c9bdc333a9c750aaf811df070f5fb4a5788e1cf4db5793a1");
}

TEST(PasswordHasher, RefusesADamagedRecipe) {
  auto hasher = make_hasher();
  const auto salt = to_base64url("somesaltsomesalt");
  for (const auto& recipe : std::initializer_list<std::string>{
           "", "argon2id", "argon2i m=64 t=2 " + salt, "argon2id m=0 t=2 " + salt, "argon2id m=64 t=-1 " + salt,
           "argon2id t=64 m=2 " + salt, "argon2id m=64 t=2 c29tZQ", "argon2id m=64 t=2 " + salt + " "}) {
    EXPECT_THROW(static_cast<void>(hasher.derive("secret", recipe)), std::runtime_error) << recipe;
  }
}

TEST(PasswordHasher, Incident_I32_EveryByteOfTheLongestPasswordCounts) {
  auto hasher = make_hasher();
  std::string password;
  while (password.size() < 4 * 128) password += "\xF0\x9F\x94\x91";  // 128 code points of four bytes
  const auto encoded = hasher.hash(password);
  ASSERT_TRUE(encoded);
  EXPECT_EQ(hasher.is_right(password, *encoded), true);
  for (const std::size_t at : {0UL, 52UL, 53UL, 71UL, 72UL, 73UL, 255UL, 256UL, 511UL}) {
    auto other = password;
    other[at] = 'x';
    EXPECT_EQ(hasher.is_right(other, *encoded), false) << "byte " << at;
    EXPECT_EQ(hasher.is_right(password.substr(0, at), *encoded), false) << "cut at byte " << at;
  }
  EXPECT_EQ(hasher.is_right(password + "x", *encoded), false);
}

TEST(PasswordHasher, DoesNotStopAtANul) {
  auto hasher = make_hasher();
  const auto encoded = hasher.hash(std::string_view("abc\0def", 7));
  EXPECT_EQ(hasher.is_right("abc", *encoded), false);
}

TEST(PasswordHasher, NothingIsRightForAnAddressWithoutAnAccount) {
  auto hasher = make_hasher();
  EXPECT_EQ(hasher.is_right("anything", ""), false);
  EXPECT_EQ(hasher.is_right("anything", "damaged"), false);
  EXPECT_EQ(hasher.is_right("anything", std::string(1000, '$')), false);
}

TEST(PasswordHasher, WantsARehashWhenTheCostWasRaised) {
  auto cheap = make_hasher();
  const auto encoded = cheap.hash("abc");
  EXPECT_FALSE(cheap.needs_rehash(*encoded));
  const PasswordHasher dearer({.memory_bytes = 16384, .passes = 1}, 1, 1, 1s);
  EXPECT_TRUE(dearer.needs_rehash(*encoded));
  EXPECT_TRUE(cheap.needs_rehash("damaged"));
}

TEST(PasswordHasher, HashesForManyCallersAtOnce) {
  auto hasher = make_hasher();
  const auto encoded = hasher.hash("abc");
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> callers;
    for (int i = 0; i < 16; ++i) {
      callers.emplace_back([&] {
        for (int n = 0; n < 20; ++n) right += hasher.is_right("abc", *encoded) == true ? 1 : 0;
      });
    }
  }
  EXPECT_EQ(right, 320);
}

TEST(PasswordHasher, RefusesAtOnceWhenTheLineIsFull) {
  PasswordHasher hasher(kSlow, 1, 0, 60s);  // one at work, none may wait
  std::latch begun(1);
  std::jthread busy([&] {
    begun.count_down();
    EXPECT_TRUE(hasher.hash("first"));
  });
  begun.wait();
  std::this_thread::sleep_for(30ms);
  const auto before = std::chrono::steady_clock::now();
  const auto refused = hasher.hash("second");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, FailureKind::unavailable);
  EXPECT_EQ(refused.error().message.key, "web.error.busy");
  EXPECT_TRUE(refused.error().retry_after);
  EXPECT_LT(std::chrono::steady_clock::now() - before, 5s) << "it must not wait for its turn";
}

TEST(PasswordHasher, RefusesWhoWaitedTooLongAndGoesOnAfterwards) {
  PasswordHasher hasher(kSlow, 1, 10, 20ms);
  std::latch begun(1);
  std::jthread busy([&] {
    begun.count_down();
    EXPECT_TRUE(hasher.hash("first"));
  });
  begun.wait();
  std::this_thread::sleep_for(10ms);
  const auto refused = hasher.is_right("second", "");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, FailureKind::unavailable);
  busy.join();
  EXPECT_TRUE(hasher.hash("third"));
}

TEST(PasswordHasher, HasTheCostThatWasChosen) {
  PasswordHasher hasher(PasswordHashCost{}, 1, 1, 5s);
  const auto encoded = hasher.hash("correct horse battery staple");
  ASSERT_TRUE(encoded);
  EXPECT_TRUE(encoded->starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << *encoded;
}

}  // namespace
}  // namespace waymark
