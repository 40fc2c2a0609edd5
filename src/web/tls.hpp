// The server's side of TLS, for installations without a proxy before them.
#pragma once

#include <memory>
#include <string>

#include <boost/asio/ssl/context.hpp>

namespace waymark::web {

struct Tls {
  boost::asio::ssl::context context{boost::asio::ssl::context::tls_server};
};

// TLS 1.2 with forward-secret AEAD ciphers, and 1.3. The certificate file holds the whole chain, PEM. Throws
// std::runtime_error that names the file when one is missing, damaged, or the two don't belong together.
std::shared_ptr<Tls> load_tls(const std::string& certificate_file, const std::string& key_file);

}  // namespace waymark::web
