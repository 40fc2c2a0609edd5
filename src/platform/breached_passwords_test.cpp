#include "platform/breached_passwords.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <vector>

#include "base/text.hpp"
#include "support/breached_list.hpp"
#include "support/temporary_folder.hpp"

namespace waymark {
namespace {

using testing::breached_hash_of;

class BreachedList : public ::testing::Test {
 protected:
  std::string write(std::string_view content) {
    const auto path = folder_.path() / "breached.txt";
    std::ofstream(path, std::ios::binary) << content;
    return path.string();
  }
  static std::vector<std::string> sorted_hashes(int count) {
    std::vector<std::string> hashes;
    for (int i = 0; i < count; ++i) hashes.push_back(breached_hash_of(fmt::format("known {}", i)));
    std::ranges::sort(hashes);
    return hashes;
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(BreachedList, FindsEachOfItsPasswordsAndNoOther) {
  for (const std::string end : {"\n", "\r\n", ":7\n", ":123456789\r\n"}) {
    for (const int count : {1, 2, 3, 500}) {
      std::string content;
      for (const auto& hash : sorted_hashes(count)) content += hash + end;
      const BreachedPasswords list(write(content));
      for (int i = 0; i < count; ++i) ASSERT_TRUE(list.contains(fmt::format("known {}", i))) << count << " " << i;
      for (int i = 0; i < 500; ++i) ASSERT_FALSE(list.contains(fmt::format("unknown {}", i))) << count << " " << i;
    }
  }
}

TEST_F(BreachedList, NeedsNoEndAfterItsLastLineNorUpperCase) {
  auto content = to_ascii_lower(breached_hash_of("known 1"));
  EXPECT_TRUE(BreachedPasswords(write(content)).contains("known 1"));
  EXPECT_FALSE(BreachedPasswords(write(content)).contains("known 2"));
}

TEST_F(BreachedList, IsTheListThatIsGivenOut) {
  // SHA-1 of "password", as FIPS 180 defines it: known from everywhere.
  const BreachedPasswords list(write("5BAA61E4C9B93F3F0682250B6CF8331B7EE68FD8:9659365\n"));
  EXPECT_TRUE(list.contains("password"));
  EXPECT_FALSE(list.contains("Password"));
}

TEST_F(BreachedList, RefusesWhatIsNoSuchList) {
  EXPECT_THROW(BreachedPasswords("/nowhere/breached.txt"), std::runtime_error);
  EXPECT_THROW(BreachedPasswords("/"), std::runtime_error);
  EXPECT_THROW(BreachedPasswords(write("")), std::runtime_error);
  EXPECT_THROW(BreachedPasswords(write("password\n123456\n")), std::runtime_error);
  EXPECT_THROW(BreachedPasswords(write(breached_hash_of("a") + "0\n")), std::runtime_error) << "a longer hash";
  auto hashes = sorted_hashes(2);
  EXPECT_THROW(BreachedPasswords(write(hashes[1] + "\n" + hashes[0] + "\n")), std::runtime_error) << "not in order";
}

TEST_F(BreachedList, SaysSoWhenItIsDamagedInTheMiddle) {
  const auto hashes = sorted_hashes(3);
  const BreachedPasswords list(write(hashes[0] + "\n" + std::string(40, '?') + "\n" + hashes[2] + "\n"));
  EXPECT_THROW(list.contains("anything"), std::runtime_error);
}

}  // namespace
}  // namespace waymark
