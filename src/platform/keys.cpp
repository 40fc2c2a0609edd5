#include "platform/keys.hpp"

#include <fmt/format.h>
// OpenSSL uses the processor's own SHA instructions, sodium does not: a fifth of the time. Its newer interface
// allocates for each hash.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
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

// The two hashes of an HMAC, each begun with its padded key: every page hashes some short texts, and half of the work
// would be to take the key in anew.
struct KeyedHash::Begun {
  SHA256_CTX inner, outer;
};

KeyedHash::KeyedHash(const KeyRing& keys, std::string_view purpose) {
  const auto key = derive_key(keys.lookup_root, purpose);
  const auto begin = [&](char pad) {
    std::string block(SHA256_CBLOCK, pad);
    for (std::size_t i = 0; i < key.size(); ++i) block[i] = static_cast<char>(block[i] ^ key[i]);
    SHA256_CTX context;
    SHA256_Init(&context);
    SHA256_Update(&context, block.data(), block.size());
    return context;
  };
  begun_ = std::make_shared<const Begun>(begin('\x36'), begin('\x5c'));
}

std::string KeyedHash::of(std::string_view text) const {
  std::string out(SHA256_DIGEST_LENGTH, '\0');
  auto* bytes = reinterpret_cast<unsigned char*>(out.data());
  SHA256_CTX inner = begun_->inner;
  SHA256_Update(&inner, text.data(), text.size());
  SHA256_Final(bytes, &inner);
  SHA256_CTX outer = begun_->outer;
  SHA256_Update(&outer, bytes, out.size());
  SHA256_Final(bytes, &outer);
  return out;
}

// Not SHA256(): it looks the algorithm up by name each time, which costs more than hashing a token.
std::string sha256(std::string_view text) {
  std::string out(SHA256_DIGEST_LENGTH, '\0');
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, text.data(), text.size());
  SHA256_Final(reinterpret_cast<unsigned char*>(out.data()), &context);
  return out;
}

}  // namespace waymark
