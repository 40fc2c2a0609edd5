// The installation's secret keys: one file (0600), outside the database and its backups. Each purpose has a key of its
// own, derived from the file's current root by name, so that one leaked derivation tells nothing of another.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/random.hpp"

namespace waymark {

// A root key with its number; the highest number seals, all of them open.
struct RootKey {
  std::uint32_t number = 0;
  std::string bytes;  // 32
};

struct KeyRing {
  std::vector<RootKey> roots;  // ascending by number, at least one
  std::string lookup_root;     // 32 bytes: blind indexes and stored HMACs; does not rotate with the roots
};

// Text form: a line a key, "root 1 BASE64", "lookup BASE64". load_keys throws std::runtime_error with a message that
// names the file and the reason (missing, readable by others, damaged) and never a key. A credential of the service
// manager (a file below $CREDENTIALS_DIRECTORY) may show a readable group: its access list shows there.
KeyRing load_keys(const std::filesystem::path& file);
KeyRing make_keys(Random& random);
void save_keys(const std::filesystem::path& file, const KeyRing& keys);  // atomically, 0600, fsynced
KeyRing with_new_root(KeyRing keys, Random& random);

// The key of one purpose: HMAC-SHA-256 under the root of "waymark/1/" and the purpose's name. 32 bytes.
std::string derive_key(std::string_view root, std::string_view purpose);

// HMAC-SHA-256 (32 bytes) under the look-up key's derivation for `purpose` ("accounts.email", "sessions.csrf").
// Threads: immutable after construction.
class KeyedHash {
 public:
  KeyedHash(const KeyRing& keys, std::string_view purpose);
  std::string of(std::string_view text) const;

 private:
  struct Begun;
  std::shared_ptr<const Begun> begun_;
};

// SHA-256, for random tokens only: what has few possible values goes through KeyedHash.
std::string sha256(std::string_view text);

}  // namespace waymark
