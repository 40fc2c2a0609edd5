#include <cbor.h>

#include "platform/webauthn_parts.hpp"

namespace waymark::webauthn {
namespace {

constexpr int kNestingMax = 4;  // CTAP2 canonical CBOR, and what attestation statements need
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kHeadBytes = kHashBytes + 1 + 4;
constexpr std::size_t kAaguidBytes = 16;

enum Flag : std::uint8_t {
  user_present = 0x01,
  user_verified = 0x04,
  backup_eligible = 0x08,
  backed_up = 0x10,
  has_credential = 0x40,
  has_extensions = 0x80,
};

std::uint64_t read_number(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<std::uint8_t>(byte);
  return number;
}

struct Head {
  std::uint8_t kind = 0;
  std::uint64_t value = 0;
  std::size_t size = 0;
};

std::optional<Head> read_head(std::string_view bytes) {
  if (bytes.empty()) return std::nullopt;
  const auto first = static_cast<std::uint8_t>(bytes.front());
  const std::uint8_t more = first & 0x1f;
  Head head{.kind = static_cast<std::uint8_t>(first >> 5), .value = more, .size = 1};
  if (more < 24) return head;
  if (more > 27) return std::nullopt;  // reserved, or of indefinite length
  const std::size_t length = std::size_t{1} << (more - 24);
  if (bytes.size() < 1 + length) return std::nullopt;
  head.value = read_number(bytes.substr(1, length));
  head.size += length;
  return head;
}

std::optional<std::size_t> item_size(std::string_view bytes, int nesting_left) {
  const auto head = read_head(bytes);
  if (!head) return std::nullopt;
  std::size_t size = head->size;
  switch (head->kind) {
    case 0:
    case 1:
      return size;
    case 2:
    case 3:
      if (head->value > bytes.size() - size) return std::nullopt;
      return size + static_cast<std::size_t>(head->value);
    case 4:
    case 5: {
      // Each entry takes a byte at least, so that a length that is only claimed ends the walk at once.
      if (nesting_left == 0 || head->value > bytes.size() - size) return std::nullopt;
      const std::uint64_t entries = head->kind == 5 ? head->value * 2 : head->value;
      for (std::uint64_t i = 0; i < entries; ++i) {
        const auto entry = item_size(bytes.substr(size), nesting_left - 1);
        if (!entry) return std::nullopt;
        size += *entry;
      }
      return size;
    }
    case 7:
      // false, true, null; no floats, no unassigned simple values.
      return head->size == 1 && head->value >= 20 && head->value <= 22 ? std::optional(size) : std::nullopt;
    default:
      return std::nullopt;  // tags
  }
}

struct CborDeleter {
  void operator()(cbor_item_t* item) const { cbor_decref(&item); }
};
using Cbor = std::unique_ptr<cbor_item_t, CborDeleter>;

// The whole of `bytes` as one item.
Cbor load(std::string_view bytes) {
  if (cbor_item_size(bytes) != bytes.size()) return nullptr;
  cbor_load_result result{};
  Cbor item(cbor_load(reinterpret_cast<cbor_data>(bytes.data()), bytes.size(), &result));
  if (result.error.code != CBOR_ERR_NONE || result.read != bytes.size()) return nullptr;
  return item;
}

std::optional<std::int64_t> number_of(const cbor_item_t* item) {
  if (!cbor_is_int(item)) return std::nullopt;
  const auto value = cbor_get_int(item);
  if (value > 0x7fff'ffff) return std::nullopt;
  const auto number = static_cast<std::int64_t>(value);
  return cbor_isa_negint(item) ? -1 - number : number;
}

std::optional<std::string> bytes_of(const cbor_item_t* item) {
  if (!cbor_isa_bytestring(item) || !cbor_bytestring_is_definite(item)) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(cbor_bytestring_handle(item)), cbor_bytestring_length(item));
}

std::optional<std::string> text_of(const cbor_item_t* item) {
  if (!cbor_isa_string(item) || !cbor_string_is_definite(item)) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(cbor_string_handle(item)), cbor_string_length(item));
}

// The value under a key that `is_it` knows; null when there is none, or more than one.
template <typename IsIt>
const cbor_item_t* only_value(const cbor_item_t* map, const IsIt& is_it) {
  const cbor_item_t* found = nullptr;
  for (std::size_t i = 0; i < cbor_map_size(map); ++i) {
    const auto& pair = cbor_map_handle(map)[i];
    if (!is_it(pair.key)) continue;
    if (found != nullptr) return nullptr;
    found = pair.value;
  }
  return found;
}

const cbor_item_t* value_at(const cbor_item_t* map, std::int64_t key) {
  return only_value(map, [&](const cbor_item_t* item) { return number_of(item) == key; });
}

const cbor_item_t* value_at(const cbor_item_t* map, std::string_view key) {
  return only_value(map, [&](const cbor_item_t* item) { return text_of(item) == key; });
}

std::optional<std::int64_t> number_at(const cbor_item_t* map, std::int64_t key) {
  const auto* value = value_at(map, key);
  return value == nullptr ? std::nullopt : number_of(value);
}

std::string bytes_at(const cbor_item_t* map, std::int64_t key) {
  const auto* value = value_at(map, key);
  return value == nullptr ? std::string{} : bytes_of(value).value_or("");
}

// What stands after the fixed head: a new credential when its flag is set, extensions when theirs is, and no more.
std::optional<AttestedCredential> take_credential(std::string_view& rest) {
  if (rest.size() < kAaguidBytes + 2) return std::nullopt;
  AttestedCredential credential{.aaguid = std::string(rest.substr(0, kAaguidBytes))};
  const auto length = static_cast<std::size_t>(read_number(rest.substr(kAaguidBytes, 2)));
  rest.remove_prefix(kAaguidBytes + 2);
  if (length > rest.size()) return std::nullopt;
  credential.id = std::string(rest.substr(0, length));
  rest.remove_prefix(length);
  const auto key_size = cbor_item_size(rest);
  if (!key_size) return std::nullopt;
  credential.public_key = std::string(rest.substr(0, *key_size));
  rest.remove_prefix(*key_size);
  return credential;
}

bool is_map(std::string_view bytes) { return !bytes.empty() && static_cast<std::uint8_t>(bytes.front()) >> 5 == 5; }

// RFC 9053, section 2.1 and 7.1; RFC 8230, section 4. The numbers are the labels of COSE keys.
std::expected<PublicKey, Refusal> key_of(const cbor_item_t* map) {
  const auto algorithm = number_at(map, 3);
  const auto kind = number_at(map, 1);
  if (!algorithm || !kind) return std::unexpected(Refusal::public_key);
  PublicKey key{.algorithm = static_cast<int>(*algorithm)};
  const auto size = cbor_map_size(map);
  if (*algorithm == kEs256) {
    key.x = bytes_at(map, -2);
    key.y = bytes_at(map, -3);
    if (size == 5 && *kind == 2 && number_at(map, -1) == 1 && key.x.size() == 32 && key.y.size() == 32) return key;
  } else if (*algorithm == kEdDsa) {
    key.x = bytes_at(map, -2);
    if (size == 4 && *kind == 1 && number_at(map, -1) == 6 && key.x.size() == 32) return key;
  } else if (*algorithm == kRs256) {
    key.x = bytes_at(map, -1);
    key.y = bytes_at(map, -2);
    const bool is_sized = key.x.size() >= 256 && key.x.size() <= 512 && key.x.front() != 0 && (key.x.back() & 1) == 1;
    if (size == 4 && *kind == 3 && is_sized && key.y == std::string_view("\x01\x00\x01", 3)) return key;
  } else {
    return std::unexpected(Refusal::algorithm);
  }
  return std::unexpected(Refusal::public_key);
}

}  // namespace

std::optional<std::size_t> cbor_item_size(std::string_view bytes) { return item_size(bytes, kNestingMax); }

std::expected<AuthenticatorData, Refusal> read_authenticator_data(std::string_view bytes) {
  if (bytes.size() < kHeadBytes || bytes.size() > kAuthenticatorDataBytesMax)
    return std::unexpected(Refusal::authenticator_data);
  const auto flags = static_cast<std::uint8_t>(bytes[kHashBytes]);
  AuthenticatorData data{.relying_party_hash = std::string(bytes.substr(0, kHashBytes)),
                         .is_user_present = (flags & user_present) != 0,
                         .is_user_verified = (flags & user_verified) != 0,
                         .is_backup_eligible = (flags & backup_eligible) != 0,
                         .is_backed_up = (flags & backed_up) != 0,
                         .sign_count = static_cast<std::uint32_t>(read_number(bytes.substr(kHashBytes + 1, 4)))};
  auto rest = bytes.substr(kHeadBytes);
  if ((flags & has_credential) != 0) {
    data.credential = take_credential(rest);
    if (!data.credential) return std::unexpected(Refusal::authenticator_data);
    if (data.credential->id.empty() || data.credential->id.size() > kCredentialIdBytesMax)
      return std::unexpected(Refusal::credential_id);
  }
  if ((flags & has_extensions) != 0) {
    // None is asked for; some keys tell of one unasked (credProtect). It is passed over.
    const auto size = is_map(rest) ? cbor_item_size(rest) : std::nullopt;
    if (!size) return std::unexpected(Refusal::authenticator_data);
    rest.remove_prefix(*size);
  }
  if (!rest.empty()) return std::unexpected(Refusal::authenticator_data);
  return data;
}

std::optional<std::string> read_attestation(std::string_view bytes) {
  const auto item = load(bytes);
  if (!item || !cbor_isa_map(item.get()) || cbor_map_size(item.get()) != 3) return std::nullopt;
  const auto* format = value_at(item.get(), "fmt");
  const auto* statement = value_at(item.get(), "attStmt");
  const auto* data = value_at(item.get(), "authData");
  if (format == nullptr || statement == nullptr || data == nullptr) return std::nullopt;
  const auto name = text_of(format);
  if (!name || !cbor_isa_map(statement)) return std::nullopt;
  if (*name == "none" && cbor_map_size(statement) != 0) return std::nullopt;
  return bytes_of(data);
}

std::expected<PublicKey, Refusal> read_public_key(std::string_view cose) {
  const auto item = load(cose);
  if (!item || !cbor_isa_map(item.get())) return std::unexpected(Refusal::public_key);
  auto key = key_of(item.get());
  if (key && !is_sound(*key)) return std::unexpected(Refusal::public_key);
  return key;
}

}  // namespace waymark::webauthn
