#include "platform/sealer.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <stdexcept>

#include "base/assert.hpp"
#include "platform/sodium.hpp"

namespace waymark {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kNumberAt = 1;
constexpr std::size_t kNonceAt = 5;
constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kCipherAt = kNonceAt + kNonceBytes;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* as_bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* as_bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

template <typename Number>
void append_big_endian(std::string& out, Number number) {
  for (unsigned shift = sizeof number * 8; shift > 0;) {
    shift -= 8;
    out += static_cast<char>(static_cast<unsigned char>(number >> shift & 0xFF));
  }
}

std::optional<std::uint32_t> find_key_number(std::string_view sealed) {
  if (sealed.size() < kCipherAt + kTagBytes || sealed[0] != kVersion) return std::nullopt;
  std::uint32_t number = 0;
  for (std::size_t i = kNumberAt; i < kNonceAt; ++i) number = number << 8 | static_cast<unsigned char>(sealed[i]);
  return number;
}

// What the seal binds: the value's own head (version, key number), then table, column and row. Lengths come first, so
// that no two places read the same.
std::string associated_data(std::string_view head, const SealPlace& place) {
  std::string data(head);
  append_big_endian(data, static_cast<std::uint32_t>(place.table.size()));
  data += place.table;
  append_big_endian(data, static_cast<std::uint32_t>(place.column.size()));
  data += place.column;
  append_big_endian(data, static_cast<std::uint64_t>(place.row));
  return data;
}

}  // namespace

Sealer::Sealer(const KeyRing& keys, Random& random) : random_(random) {
  start_sodium();
  WAYMARK_ASSERT(!keys.roots.empty());
  for (const auto& root : keys.roots) keys_.emplace(root.number, derive_key(root.bytes, "seal"));
}

std::string Sealer::seal(const SealPlace& place, std::string_view plain) const {
  const auto& [number, key] = *keys_.rbegin();
  std::string sealed(1, kVersion);
  append_big_endian(sealed, number);
  const auto data = associated_data(sealed, place);
  const auto nonce = random_.bytes(kNonceBytes);
  sealed += nonce;
  sealed.resize(kCipherAt + plain.size() + kTagBytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(as_bytes(sealed) + kCipherAt, nullptr, as_bytes(plain), plain.size(),
                                             as_bytes(data), data.size(), nullptr, as_bytes(nonce), as_bytes(key));
  return sealed;
}

std::string Sealer::open(const SealPlace& place, std::string_view sealed) const {
  auto plain = try_open(place, sealed);
  if (!plain) {
    throw std::runtime_error(
        fmt::format("sealed value in {}.{}, row {}, does not open", place.table, place.column, place.row));
  }
  return std::move(*plain);
}

std::optional<std::string> Sealer::try_open(const SealPlace& place, std::string_view sealed) const {
  const auto number = find_key_number(sealed);
  if (!number) return std::nullopt;
  const auto key = keys_.find(*number);
  if (key == keys_.end()) return std::nullopt;
  const auto data = associated_data(sealed.substr(0, kNonceAt), place);
  const auto cipher = sealed.substr(kCipherAt);
  std::string plain(cipher.size() - kTagBytes, '\0');
  const int refused = crypto_aead_xchacha20poly1305_ietf_decrypt(
      as_bytes(plain), nullptr, nullptr, as_bytes(cipher), cipher.size(), as_bytes(data), data.size(),
      as_bytes(sealed.substr(kNonceAt)), as_bytes(key->second));
  if (refused != 0) return std::nullopt;
  return plain;
}

bool Sealer::is_outdated(std::string_view sealed) const {
  const auto number = find_key_number(sealed);
  return number && *number != keys_.rbegin()->first;
}

}  // namespace waymark
