#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <sodium.h>

#include "platform/sodium.hpp"
#include "platform/webauthn_parts.hpp"

namespace waymark::webauthn {
namespace {

const unsigned char* raw(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

struct Deleter {
  void operator()(es256_pk_t* key) const { es256_pk_free(&key); }
  void operator()(eddsa_pk_t* key) const { eddsa_pk_free(&key); }
  void operator()(fido_assert_t* assertion) const { fido_assert_free(&assertion); }
  void operator()(BIGNUM* number) const { BN_free(number); }
  void operator()(OSSL_PARAM_BLD* builder) const { OSSL_PARAM_BLD_free(builder); }
  void operator()(OSSL_PARAM* parameters) const { OSSL_PARAM_free(parameters); }
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
template <typename T>
using Owned = std::unique_ptr<T, Deleter>;

// libfido2 refuses points that don't lie on the curve.
Owned<es256_pk_t> es256_key(const PublicKey& key) {
  Owned<es256_pk_t> made(es256_pk_new());
  const std::string point = key.x + key.y;
  if (!made || es256_pk_from_ptr(made.get(), point.data(), point.size()) != FIDO_OK) return nullptr;
  return made;
}

Owned<eddsa_pk_t> eddsa_key(const PublicKey& key) {
  Owned<eddsa_pk_t> made(eddsa_pk_new());
  if (!made || eddsa_pk_from_ptr(made.get(), key.x.data(), key.x.size()) != FIDO_OK) return nullptr;
  return made;
}

// libfido2's RS256 knows moduli of 2,048 bits only, so RSA goes straight to OpenSSL.
Owned<EVP_PKEY> rsa_key(const PublicKey& key) {
  const Owned<BIGNUM> modulus(BN_bin2bn(raw(key.x), static_cast<int>(key.x.size()), nullptr));
  const Owned<BIGNUM> exponent(BN_bin2bn(raw(key.y), static_cast<int>(key.y.size()), nullptr));
  const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
  if (!modulus || !exponent || !builder ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1)
    return nullptr;
  const Owned<OSSL_PARAM> parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* made = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
    return nullptr;
  return Owned<EVP_PKEY>(made);
}

bool is_signed_by_rsa(EVP_PKEY* key, std::string_view message, std::string_view signature) {
  const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
  return context && EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), raw(signature), signature.size(), raw(message), message.size()) == 1;
}

bool is_verified_by_fido(int algorithm, const void* key, const RelyingParty& party, std::string_view authenticator_data,
                         std::string_view client_data_hash, std::string_view signature) {
  const Owned<fido_assert_t> assertion(fido_assert_new());
  return assertion && fido_assert_set_rp(assertion.get(), party.id.c_str()) == FIDO_OK &&
         fido_assert_set_clientdata_hash(assertion.get(), raw(client_data_hash), client_data_hash.size()) == FIDO_OK &&
         fido_assert_set_up(assertion.get(), FIDO_OPT_TRUE) == FIDO_OK &&
         fido_assert_set_count(assertion.get(), 1) == FIDO_OK &&
         fido_assert_set_authdata_raw(assertion.get(), 0, raw(authenticator_data), authenticator_data.size()) ==
             FIDO_OK &&
         fido_assert_set_sig(assertion.get(), 0, raw(signature), signature.size()) == FIDO_OK &&
         fido_assert_verify(assertion.get(), 0, algorithm, key) == FIDO_OK;
}

void start_fido() {
  static const bool started = [] {
    fido_init(FIDO_DISABLE_U2F_FALLBACK);
    return true;
  }();
  static_cast<void>(started);
}

}  // namespace

bool is_sound(const PublicKey& key) {
  start_sodium();
  if (key.algorithm == kEs256) return es256_key(key) != nullptr;
  // Points of small order would "sign" every message; libsodium knows them.
  if (key.algorithm == kEdDsa) return crypto_core_ed25519_is_valid_point(raw(key.x)) == 1;
  return true;
}

bool is_signed_by(const PublicKey& key, const RelyingParty& party, std::string_view authenticator_data,
                  std::string_view client_data_hash, std::string_view signature) {
  start_fido();
  if (key.algorithm == kEs256) {
    const auto made = es256_key(key);
    return made && is_verified_by_fido(COSE_ES256, made.get(), party, authenticator_data, client_data_hash, signature);
  }
  if (key.algorithm == kEdDsa) {
    const auto made = eddsa_key(key);
    return made && is_verified_by_fido(COSE_EDDSA, made.get(), party, authenticator_data, client_data_hash, signature);
  }
  const auto made = rsa_key(key);
  return made && is_signed_by_rsa(made.get(), std::string(authenticator_data).append(client_data_hash), signature);
}

}  // namespace waymark::webauthn
