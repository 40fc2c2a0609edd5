#include "platform/hash_memory.hpp"

#include <gtest/gtest.h>
#include <sodium.h>
#include <sys/mman.h>

#include <string>

#include "platform/sodium.hpp"

namespace waymark {
namespace {

constexpr std::size_t kMebibyte = 1024 * 1024;

std::string hash_of(std::string_view password, std::size_t memory = 4 * kMebibyte) {
  start_sodium();
  const std::string salt(crypto_pwhash_SALTBYTES, 's');
  std::string out(32, '\0');
  EXPECT_EQ(crypto_pwhash(reinterpret_cast<unsigned char*>(out.data()), out.size(), password.data(), password.size(),
                          reinterpret_cast<const unsigned char*>(salt.data()), 2, memory, crypto_pwhash_ALG_ARGON2ID13),
            0);
  return out;
}

TEST(HashMemory, ServesTheHashesOfItsThreadAndNoOthers) {
  HashMemory memory;
  hash_of("before");
  EXPECT_EQ(memory.kept_bytes(), 0U);
  {
    const HashMemory::Use use(memory);
    hash_of("within");
  }
  EXPECT_GE(memory.kept_bytes(), 4 * kMebibyte) << "the linker hands us the calls of libsodium";
  memory.release();
  hash_of("after");
  EXPECT_EQ(memory.kept_bytes(), 0U);
}

TEST(HashMemory, ChangesNoHashWhateverWasLeftInIt) {
  const auto fresh = hash_of("correct horse"), fresh_large = hash_of("correct horse", 8 * kMebibyte);
  HashMemory memory;
  const HashMemory::Use use(memory);
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(hash_of("correct horse"), fresh) << round;
    EXPECT_NE(hash_of("another one"), fresh) << round;
    EXPECT_EQ(hash_of("correct horse", 8 * kMebibyte), fresh_large) << round;
  }
}

TEST(HashMemory, IsLentOnceAtATimeAndOnlyForWhatIsLarge) {
  HashMemory memory;
  EXPECT_EQ(memory.lend(4096), nullptr) << "guarded secrets are mapped anew";
  void* lent = memory.lend(2 * kMebibyte);
  ASSERT_NE(lent, nullptr);
  EXPECT_EQ(memory.lend(2 * kMebibyte), nullptr);
  EXPECT_FALSE(memory.take_back(&memory));
  EXPECT_TRUE(memory.take_back(lent));
  EXPECT_FALSE(memory.take_back(lent));
  EXPECT_EQ(memory.lend(kMebibyte), lent) << "kept";
  EXPECT_TRUE(memory.take_back(lent));
}

TEST(HashMemory, LeavesWhatIsNoHashsToTheSystem) {
  HashMemory memory;
  const HashMemory::Use use(memory);
  void* mapped = mmap(nullptr, 4 * kMebibyte, PROT_READ, MAP_ANONYMOUS | MAP_PRIVATE, -1, 0);
  ASSERT_NE(mapped, MAP_FAILED);
  EXPECT_EQ(memory.kept_bytes(), 0U);
  EXPECT_EQ(munmap(mapped, 4 * kMebibyte), 0);
}

}  // namespace
}  // namespace waymark
