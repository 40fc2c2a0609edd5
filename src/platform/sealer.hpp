// Seals sensitive columns: XChaCha20-Poly1305 under the newest root key, bound to table, column and row id, so that a
// sealed value copied to another row does not open. Layout: version(1) key number(4, big-endian) nonce(24)
// ciphertext+tag.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "platform/keys.hpp"
#include "platform/random.hpp"

namespace waymark {

// Where a sealed value lives.
struct SealPlace {
  std::string_view table;
  std::string_view column;
  std::int64_t row = 0;
};

class Sealer {
 public:
  Sealer(const KeyRing& keys, Random& random);  // `random` must outlive the sealer
  std::string seal(const SealPlace& place, std::string_view plain) const;
  // Throws std::runtime_error (place named, no content) when the value was changed, moved, or sealed with a lost key.
  std::string open(const SealPlace& place, std::string_view sealed) const;
  // Nothing instead of an exception: for values that come from outside (cookies, imports).
  std::optional<std::string> try_open(const SealPlace& place, std::string_view sealed) const;
  // True when the value was sealed with an older root than the newest: rotation rewrites it.
  bool is_outdated(std::string_view sealed) const;

 private:
  std::map<std::uint32_t, std::string> keys_;  // derived, by root number
  Random& random_;
};

}  // namespace waymark
