#include "web/tls.hpp"

#include <stdexcept>

namespace waymark::web {

namespace {

namespace ssl = boost::asio::ssl;

constexpr const char* kCiphersOfTls12 = "ECDHE+AESGCM:ECDHE+CHACHA20";
// As ALPN has it on the wire: a length, then the name.
constexpr unsigned char kProtocols[] = "\x08http/1.1";

int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  unsigned char* chosen = nullptr;
  const int answer = SSL_select_next_proto(&chosen, out_size, kProtocols, sizeof kProtocols - 1, offered, offered_size);
  *out = chosen;
  return answer == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

void must_succeed(const boost::system::error_code& error, const char* what, const std::string& file) {
  if (error) throw std::runtime_error(std::string(what) + " " + file + ": " + error.message());
}

}  // namespace

std::shared_ptr<Tls> load_tls(const std::string& certificate_file, const std::string& key_file) {
  auto tls = std::make_shared<Tls>();
  SSL_CTX* native = tls->context.native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  if (SSL_CTX_set_cipher_list(native, kCiphersOfTls12) != 1) throw std::runtime_error("TLS ciphers are not available");
  SSL_CTX_set_options(native, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION |
                                  SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);

  boost::system::error_code error;
  tls->context.use_certificate_chain_file(certificate_file, error);
  must_succeed(error, "TLS certificate", certificate_file);
  tls->context.use_private_key_file(key_file, ssl::context::pem, error);
  must_succeed(error, "TLS key", key_file);
  if (SSL_CTX_check_private_key(native) != 1) {
    throw std::runtime_error("TLS key " + key_file + " does not belong to the certificate " + certificate_file);
  }
  return tls;
}

}  // namespace waymark::web
