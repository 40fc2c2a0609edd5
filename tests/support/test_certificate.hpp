// Certificates for tests of TLS, made on the spot.
#pragma once

#include <chrono>
#include <string>

namespace waymark::testing {

struct CertificateOptions {
  std::string name = "localhost";                             // the common name
  std::string address = "127.0.0.1";                          // the one IP address that it is good for; empty: none
  std::chrono::seconds valid_from{-3600}, valid_until{3600};  // from now on
};

// Self-signed (P-256), in PEM files; whoever trusts the certificate file trusts the server.
void write_self_signed(const std::string& certificate_file, const std::string& key_file,
                       const CertificateOptions& options = {});

}  // namespace waymark::testing
