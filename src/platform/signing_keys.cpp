#include "platform/signing_keys.hpp"

#include <sodium.h>

#include "base/assert.hpp"
#include "platform/sodium.hpp"

namespace waymark {
namespace {

const unsigned char* as_bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* as_bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

SigningKeys::SigningKeys(const KeyRing& keys, std::string_view purpose) {
  WAYMARK_ASSERT(!keys.roots.empty());
  start_sodium();
  for (const auto& root : keys.roots) {
    const auto seed = derive_key(root.bytes, purpose);
    static_assert(crypto_sign_SEEDBYTES == 32);
    Pair pair{std::string(crypto_sign_PUBLICKEYBYTES, '\0'), std::string(crypto_sign_SECRETKEYBYTES, '\0')};
    crypto_sign_seed_keypair(as_bytes(pair.public_key), as_bytes(pair.secret_key), as_bytes(seed));
    pairs_.emplace(root.number, std::move(pair));
  }
}

std::string SigningKeys::sign(std::string_view text) const {
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(as_bytes(signature), nullptr, as_bytes(text), text.size(),
                       as_bytes(pairs_.rbegin()->second.secret_key));
  return signature;
}

bool SigningKeys::is_signed(std::uint32_t number, std::string_view text, std::string_view signature) const {
  const auto pair = pairs_.find(number);
  return pair != pairs_.end() && signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(as_bytes(signature), as_bytes(text), text.size(),
                                     as_bytes(pair->second.public_key)) == 0;
}

std::map<std::uint32_t, std::string> SigningKeys::public_keys() const {
  std::map<std::uint32_t, std::string> found;
  for (const auto& [number, pair] : pairs_) found.emplace(number, pair.public_key);
  return found;
}

}  // namespace waymark
