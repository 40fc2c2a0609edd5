#include "platform/random.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>

namespace waymark {
namespace {

TEST(Random, GivesTheSameForTheSameSeed) {
  SeededRandom one(42);
  SeededRandom same(42);
  SeededRandom other(43);
  const auto token = one.token();
  EXPECT_EQ(token, same.token());
  EXPECT_NE(token, other.token());
  EXPECT_NE(token, one.token());
  EXPECT_EQ(token.size(), 43U);
}

TEST(Random, StaysBelowItsBoundAndReachesAllOfIt) {
  SeededRandom random(1);
  std::array<int, 7> seen{};
  for (int i = 0; i < 7000; ++i) ++seen.at(random.below(7));
  for (const int count : seen) EXPECT_NEAR(count, 1000, 150);
  EXPECT_EQ(random.below(1), 0U);
}

TEST(Random, MakesCodesOfTheAlphabetAlone) {
  SeededRandom random(2);
  EXPECT_EQ(random.digits(6).find_first_not_of("0123456789"), std::string::npos);
  EXPECT_EQ(random.digits(6).size(), 6U);
  EXPECT_EQ(random.symbols("xy", 100).find_first_not_of("xy"), std::string::npos);
  EXPECT_EQ(random.bytes(0), "");
}

TEST(Random, NeverRepeatsAToken) {
  SystemRandom random;
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(random.token(16)).second);
}

// Bytes are fetched ahead, some hundreds at a time.
TEST(Random, HandsOutNoByteTwice) {
  constexpr int kThreads = 4, kTimes = 500;
  SystemRandom random;
  std::array<std::vector<std::string>, kThreads> taken;
  {
    std::vector<std::jthread> threads;
    for (auto& own : taken) {
      threads.emplace_back([&] {
        for (int time = 0; time < kTimes; ++time) {
          for (const std::size_t size : {8U, 16U, 63U, 64U, 65U, 600U}) own.push_back(random.bytes(size));
        }
      });
    }
  }
  std::set<std::string> beginnings;
  for (const auto& own : taken) {
    for (const auto& bytes : own) EXPECT_TRUE(beginnings.insert(bytes.substr(0, 8)).second);
  }
}

TEST(Random, SeededThreadsShareOneSequence) {
  SeededRandom random(3);
  std::array<std::set<std::string>, 4> seen;
  {
    std::vector<std::jthread> threads;
    for (auto& mine : seen) {
      threads.emplace_back([&random, &mine] {
        for (int i = 0; i < 1000; ++i) mine.insert(random.bytes(8));
      });
    }
  }
  std::set<std::string> all;
  for (const auto& mine : seen) all.insert(mine.begin(), mine.end());
  EXPECT_EQ(all.size(), 4000U);
}

}  // namespace
}  // namespace waymark
