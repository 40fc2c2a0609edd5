// TLS by the server's own listener, with a certificate made on the spot.
#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <memory>

#include "support/server_fixture.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_certificate.hpp"

namespace waymark::web {
namespace {

template <auto Free>
struct FreeWith {
  void operator()(auto* thing) const { Free(thing); }
};
using Context = std::unique_ptr<SSL_CTX, FreeWith<SSL_CTX_free>>;
using Session = std::unique_ptr<SSL, FreeWith<SSL_free>>;

// A client of its own, blocking, with the versions it is told to offer.
class TlsClient {
 public:
  TlsClient(std::uint16_t port, int version_min, int version_max)
      : context_(SSL_CTX_new(TLS_client_method())), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    SSL_CTX_set_security_level(context_.get(), 0);
    SSL_CTX_set_min_proto_version(context_.get(), version_min);
    SSL_CTX_set_max_proto_version(context_.get(), version_max);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    const timeval wait{20, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    session_.reset(SSL_new(context_.get()));
    SSL_set_fd(session_.get(), socket_);
    const unsigned char protocols[] = "\x02h2\x08http/1.1";
    SSL_set_alpn_protos(session_.get(), protocols, sizeof protocols - 1);
    is_connected = SSL_connect(session_.get()) == 1;
  }
  ~TlsClient() { ::close(socket_); }
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  void send(std::string_view bytes) { SSL_write(session_.get(), bytes.data(), static_cast<int>(bytes.size())); }
  std::string read_to_end() {
    std::string all;
    std::array<char, 16384> buffer{};
    int size = 0;
    while ((size = SSL_read(session_.get(), buffer.data(), buffer.size())) > 0) {
      all.append(buffer.data(), static_cast<std::size_t>(size));
    }
    was_closed_properly = SSL_get_error(session_.get(), size) == SSL_ERROR_ZERO_RETURN;
    return all;
  }
  std::string cipher() const { return SSL_get_cipher_name(session_.get()); }
  std::string protocol() const {
    const unsigned char* name = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(session_.get(), &name, &size);
    return {name, name + size};
  }

  bool is_connected = false;
  bool was_closed_properly = false;

 private:
  Context context_;
  int socket_;
  Session session_;
};

class ServerTlsTest : public ServerTest {
 protected:
  ServerTlsTest() {
    options.tls_certificate_file = (folder_.path() / "certificate.pem").string();
    options.tls_key_file = (folder_.path() / "key.pem").string();
    testing::write_self_signed(options.tls_certificate_file, options.tls_key_file);
  }
  ~ServerTlsTest() override { server.reset(); }

  TemporaryFolder folder_;
};

constexpr std::string_view kLastGet = "GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

TEST_F(ServerTlsTest, ServesOverTls13AndTls12) {
  start();
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(server->port(), version, version);
    ASSERT_TRUE(client.is_connected);
    EXPECT_EQ(client.protocol(), "http/1.1");
    client.send("POST /pool HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nhi");
    client.send(kLastGet);
    const std::string answers = client.read_to_end();
    EXPECT_NE(answers.find("\r\n\r\nPOST /pool  hiHTTP/1.1 200 OK\r\n"), std::string::npos);
    EXPECT_TRUE(answers.ends_with("\r\n\r\nGET /a  "));
    EXPECT_TRUE(client.was_closed_properly);
    EXPECT_TRUE(last_request().is_tls);
  }
}

TEST_F(ServerTlsTest, RefusesOlderVersionsAndCiphersWithoutForwardSecrecy) {
  start();
  const TlsClient old(server->port(), TLS1_VERSION, TLS1_1_VERSION);
  EXPECT_FALSE(old.is_connected);
  const TlsClient client(server->port(), TLS1_2_VERSION, TLS1_2_VERSION);
  ASSERT_TRUE(client.is_connected);
  EXPECT_TRUE(client.cipher().starts_with("ECDHE-")) << client.cipher();
  EXPECT_EQ(refused_for("handshake"), 1);
}

TEST_F(ServerTlsTest, SendsLargeAnswersWhole) {
  const std::string page(3'000'000, 'x');
  handler.handle = [&](Request&) { return Response{.body = {}, .fixed_body = page}; };
  start();
  TlsClient client(server->port(), TLS1_3_VERSION, TLS1_3_VERSION);
  ASSERT_TRUE(client.is_connected);
  client.send(kLastGet);
  const std::string answer = client.read_to_end();
  EXPECT_EQ(answer.size() - answer.find("\r\n\r\n") - 4, page.size());
  EXPECT_TRUE(client.was_closed_properly);
}

TEST_F(ServerTlsTest, RefusesFramingTricksToo) {
  start();
  TlsClient client(server->port(), TLS1_3_VERSION, TLS1_3_VERSION);
  ASSERT_TRUE(client.is_connected);
  client.send("POST /a HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n");
  client.send(kLastGet);
  const std::string answer = client.read_to_end();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 "));
  EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos);
  EXPECT_EQ(handled(), 0);
}

TEST_F(ServerTlsTest, EndsWhoSpeaksPlainHttpOrNothing) {
  options.head_time_max = std::chrono::milliseconds(200);
  start();
  auto plain = connect();
  plain.send(kLastGet);
  EXPECT_TRUE(plain.is_closed_within());
  auto silent = connect();
  EXPECT_TRUE(silent.is_closed_within());
  EXPECT_EQ(handled(), 0);
}

TEST_F(ServerTlsTest, AKeyOfAnotherCertificateIsRefusedAtStart) {
  const std::string other = (folder_.path() / "other.pem").string();
  testing::write_self_signed(other, options.tls_key_file);
  EXPECT_THROW(Server(options, handler, metrics), std::runtime_error);
  options.tls_key_file.clear();
  EXPECT_THROW(Server(options, handler, metrics), std::runtime_error);
}

}  // namespace
}  // namespace waymark::web
