// Ed25519 keys of one purpose, derived from the key file's roots: the newest signs, all of them can be checked, so that
// what was signed before a rotation stays good. The public halves may be given to anybody.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "platform/keys.hpp"

namespace waymark {

// Threads: immutable after construction.
class SigningKeys {
 public:
  SigningKeys(const KeyRing& keys, std::string_view purpose);
  std::uint32_t newest() const { return pairs_.rbegin()->first; }
  // 64 bytes, by the newest key; the same for the same text.
  std::string sign(std::string_view text) const;
  // False too when there is no key of this number.
  bool is_signed(std::uint32_t number, std::string_view text, std::string_view signature) const;
  // 32 bytes each, by root number.
  std::map<std::uint32_t, std::string> public_keys() const;

 private:
  struct Pair {
    std::string public_key, secret_key;
  };
  std::map<std::uint32_t, Pair> pairs_;
};

}  // namespace waymark
