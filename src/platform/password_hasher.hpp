// Argon2id (libsodium), a bounded number at once on threads of its own; the rest wait in a bounded line, and past that
// are refused at once, so that a flood of sign-ins takes neither the memory nor the other pages' time.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace waymark {

// OWASP's Argon2id choice (docs: shared constants): 19 MiB, 2 passes.
struct PasswordHashCost {
  std::size_t memory_bytes = 19 * 1024 * 1024;
  unsigned passes = 2;
};

class PasswordHasher {
 public:
  // threads hash at once; at most `waiting_max` wait, each at most `wait_max`.
  PasswordHasher(PasswordHashCost cost, unsigned threads, std::size_t waiting_max, std::chrono::milliseconds wait_max);
  ~PasswordHasher();

  // Both block the caller and fail with FailureKind::unavailable when the line is full or the wait too long. The
  // password is hashed whole: up to 128 code points after NFC (accounts/password checks the length).
  Result<std::string> hash(std::string_view password);  // the encoded form with its parameters
  // An empty `encoded` costs the same time and is never right: for addresses without an account.
  Result<bool> is_right(std::string_view password, std::string_view encoded);
  bool needs_rehash(std::string_view encoded) const;

  // For secrets that are looked up among several: a new salt with today's cost, as text to keep beside their hashes.
  std::string make_recipe() const;
  // 32 bytes of Argon2id: the same for the same secret and recipe, whatever this hasher's own cost. Blocks and fails as
  // hash() does; throws std::runtime_error for a recipe that make_recipe did not write.
  Result<std::string> derive(std::string_view secret, std::string_view recipe);

 private:
  struct Pool;
  std::unique_ptr<Pool> pool_;
  PasswordHashCost cost_;
  std::string decoy_;  // what an empty `encoded` is compared with
};

}  // namespace waymark
