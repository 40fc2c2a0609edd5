#include "support/scripted_passkey.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include <stdexcept>

#include "base/text.hpp"
#include "platform/keys.hpp"

namespace waymark::testing {
namespace {

void insist(bool done) {
  if (!done) throw std::runtime_error("OpenSSL refused");
}

std::string big_endian(std::uint64_t number, int bytes) {
  std::string out;
  for (int i = bytes - 1; i >= 0; --i) out.push_back(static_cast<char>(number >> (8 * i)));
  return out;
}

}  // namespace

struct ScriptedPasskey::Key {
  EVP_PKEY* pkey = EVP_EC_gen("P-256");
  Key() = default;
  Key(const Key&) = delete;
  ~Key() { EVP_PKEY_free(pkey); }
};

std::string cbor_head(int kind, std::size_t value) {
  const auto first = [&](int more) { return static_cast<char>(kind << 5 | more); };
  if (value < 24) return {first(static_cast<int>(value))};
  if (value < 256) return std::string{first(24)} + big_endian(value, 1);
  return std::string{first(25)} + big_endian(value, 2);
}
std::string cbor_bytes(std::string_view bytes) { return cbor_head(2, bytes.size()).append(bytes); }
std::string cbor_text(std::string_view text) { return cbor_head(3, text.size()).append(text); }

std::string attestation_object(std::string_view authenticator_data, std::string_view format,
                               std::string_view statement) {
  return cbor_head(5, 3) + cbor_text("fmt") + cbor_text(format) + cbor_text("attStmt") + std::string(statement) +
         cbor_text("authData") + cbor_bytes(authenticator_data);
}

ScriptedPasskey::ScriptedPasskey(std::string origin, std::string credential_id)
    : origin_(std::move(origin)), credential_id_(std::move(credential_id)), key_(std::make_shared<Key>()) {
  insist(key_->pkey != nullptr);
}

std::string ScriptedPasskey::cose_key() const {
  unsigned char point[65];
  std::size_t size = 0;
  insist(EVP_PKEY_get_octet_string_param(key_->pkey, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point, &size) == 1 &&
         size == sizeof point);
  const std::string_view all(reinterpret_cast<const char*>(point), size);
  // kty 2, alg -7, crv 1, x, y
  return std::string("\xa5\x01\x02\x03\x26\x20\x01\x21", 8) + cbor_bytes(all.substr(1, 32)) + "\x22" +
         cbor_bytes(all.substr(33));
}

std::string ScriptedPasskey::sign(std::string_view message) const {
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  insist(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_->pkey) == 1);
  std::string signature(128, '\0');
  std::size_t size = signature.size();
  insist(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                        reinterpret_cast<const unsigned char*>(message.data()), message.size()) == 1);
  signature.resize(size);
  return signature;
}

std::string ScriptedPasskey::client_data(std::string_view type, std::string_view challenge,
                                         const PasskeyAnswerForm& form) const {
  return fmt::format(R"({{"type":"{}","challenge":"{}","origin":"{}","crossOrigin":false{}}})",
                     form.type.empty() ? type : form.type, to_base64url(challenge),
                     form.origin.empty() ? origin_ : form.origin, form.more_client_data);
}

std::string ScriptedPasskey::authenticator_head(const PasskeyAnswerForm& form, std::uint8_t more_flags) const {
  const auto party = form.relying_party.empty() ? webauthn::relying_party_of(origin_).id : form.relying_party;
  return sha256(party) + static_cast<char>(form.flags | more_flags) + big_endian(form.count, 4);
}

webauthn::RegistrationAnswer ScriptedPasskey::registration_of_key(std::string_view challenge, std::string_view cose,
                                                                  const PasskeyAnswerForm& form) const {
  const std::string data = authenticator_head(form, 0x40) + std::string(16, '\0') +
                           big_endian(credential_id_.size(), 2) + credential_id_ + std::string(cose) + form.after_data;
  return {.client_data = client_data("webauthn.create", challenge, form), .attestation = attestation_object(data)};
}

webauthn::RegistrationAnswer ScriptedPasskey::registration(std::string_view challenge,
                                                           const PasskeyAnswerForm& form) const {
  return registration_of_key(challenge, cose_key(), form);
}

webauthn::AssertionAnswer ScriptedPasskey::assertion(std::string_view challenge, const PasskeyAnswerForm& form) const {
  webauthn::AssertionAnswer answer{.client_data = client_data("webauthn.get", challenge, form),
                                   .authenticator_data = authenticator_head(form, 0) + form.after_data};
  answer.signature = sign(answer.authenticator_data + sha256(answer.client_data));
  return answer;
}

}  // namespace waymark::testing
