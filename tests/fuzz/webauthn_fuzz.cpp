// Any answer of a passkey: reading it never crashes, what is taken keeps the promises of platform/webauthn.hpp. The
// first byte chooses the reader.
#include "base/assert.hpp"
#include "base/text.hpp"
#include "platform/webauthn_parts.hpp"

using namespace waymark;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(data + 1, data + size);
  const webauthn::RelyingParty party{.id = "example.org", .origin = "https://example.org"};
  switch (data[0] % 5) {
    case 0:
      if (const auto read = webauthn::read_client_data(bytes)) {
        WAYMARK_ASSERT(is_valid_utf8(read->type) && is_valid_utf8(read->origin));
        static_cast<void>(webauthn::check_registration(party, read->challenge, {bytes, {}}));
      }
      break;
    case 1:
      if (const auto read = webauthn::read_authenticator_data(bytes); read && read->credential) {
        WAYMARK_ASSERT(!read->credential->id.empty());
        WAYMARK_ASSERT(read->credential->id.size() <= webauthn::kCredentialIdBytesMax);
        WAYMARK_ASSERT(webauthn::cbor_item_size(read->credential->public_key) == read->credential->public_key.size());
        static_cast<void>(webauthn::read_public_key(read->credential->public_key));
      }
      break;
    case 2:
      if (const auto read = webauthn::read_attestation(bytes)) {
        WAYMARK_ASSERT(webauthn::cbor_item_size(bytes) == bytes.size());
        static_cast<void>(webauthn::read_authenticator_data(*read));
      }
      break;
    case 3:
      if (const auto key = webauthn::read_public_key(bytes)) {
        WAYMARK_ASSERT(!webauthn::is_signed_by(*key, party, std::string(37, '\0'), std::string(32, '\0'), bytes));
      }
      break;
    default:
      if (const auto read = webauthn::cbor_item_size(bytes)) WAYMARK_ASSERT(*read > 0 && *read <= bytes.size());
  }
  return 0;
}
