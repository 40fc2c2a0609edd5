// Lists of breached passwords as they are handed out: SHA-1 in hexadecimal.
#pragma once

#include <openssl/sha.h>

#include <string>
#include <string_view>

#include "base/text.hpp"

namespace waymark::testing {

inline std::string breached_hash_of(std::string_view password) {
  unsigned char digest[SHA_DIGEST_LENGTH];
  SHA1(reinterpret_cast<const unsigned char*>(password.data()), password.size(), digest);
  return to_ascii_upper(to_hex({reinterpret_cast<const char*>(digest), sizeof digest}));
}

}  // namespace waymark::testing
