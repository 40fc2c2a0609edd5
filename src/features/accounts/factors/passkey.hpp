// A passkey or security key of an account, as it is kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/id.hpp"
#include "base/time.hpp"

namespace waymark::accounts {

using PasskeyId = Id<struct PasskeyTag>;

struct Passkey {
  PasskeyId id{};
  AccountId account{};
  std::string name{};           // as the person called it
  std::string credential_id{};  // raw bytes
  std::string public_key{};     // COSE_Key
  std::uint32_t sign_count = 0;
  bool is_backup_eligible = false;  // a copy may lie in the maker's cloud
  bool is_backed_up = false;
  std::string transports{};  // "hybrid internal": how browsers reach it
  std::string aaguid{};      // 16 bytes: the kind of device, or zeros
  Instant created_at{};
  std::optional<Instant> used_at{};
  std::optional<Instant> switched_off_at{};  // a copy of it was seen; it proves nothing since
};

}  // namespace waymark::accounts
