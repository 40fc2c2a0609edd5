#include "platform/keys.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <stdexcept>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "platform/sodium.hpp"

namespace waymark {
namespace {

constexpr std::size_t kKeyBytes = 32;

const unsigned char* as_bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string hmac_sha256(std::string_view key, std::string_view text) {
  static_assert(crypto_auth_hmacsha256_KEYBYTES == kKeyBytes);
  WAYMARK_ASSERT(key.size() == kKeyBytes);
  start_sodium();
  std::string out(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256(reinterpret_cast<unsigned char*>(out.data()), as_bytes(text), text.size(), as_bytes(key));
  return out;
}

}  // namespace

KeyRing make_keys(Random& random) {
  return KeyRing{.roots = {{.number = 1, .bytes = random.bytes(kKeyBytes)}}, .lookup_root = random.bytes(kKeyBytes)};
}

KeyRing with_new_root(KeyRing keys, Random& random) {
  WAYMARK_ASSERT(!keys.roots.empty());
  keys.roots.push_back({.number = keys.roots.back().number + 1, .bytes = random.bytes(kKeyBytes)});
  return keys;
}

std::string derive_key(std::string_view root, std::string_view purpose) {
  return hmac_sha256(root, fmt::format("waymark/1/{}", purpose));
}

KeyedHash::KeyedHash(const KeyRing& keys, std::string_view purpose) : key_(derive_key(keys.lookup_root, purpose)) {}

std::string KeyedHash::of(std::string_view text) const { return hmac_sha256(key_, text); }

std::string sha256(std::string_view text) {
  std::string out(crypto_hash_sha256_BYTES, '\0');
  crypto_hash_sha256(reinterpret_cast<unsigned char*>(out.data()), as_bytes(text), text.size());
  return out;
}

}  // namespace waymark
