// Mails and texts over TLS, with real handshakes: nothing is said to a server that can't prove its name.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/smtp_mailer.hpp"
#include "platform/text_gateway.hpp"
#include "support/scripted_server.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_certificate.hpp"

namespace waymark {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// https; smtps; STARTTLS
enum class Start { at_once, at_once_with_greeting, when_asked };

// A mail server or gateway behind TLS that keeps what it was told.
class TlsServer {
 public:
  explicit TlsServer(Start start, const waymark::testing::CertificateOptions& options = {}) : start_(start) {
    waymark::testing::write_self_signed(certificate(), key(), options);
    server_.emplace([this](ServedConnection& connection) { play(connection); });
  }
  std::string certificate() const { return (folder_.path() / "certificate.pem").string(); }
  std::uint16_t port() const { return server_->port(); }
  // What came in after the handshake.
  std::vector<std::string> lines() const {
    const std::scoped_lock lock(mutex_);
    return lines_;
  }
  std::vector<std::string> lines_in_clear() const {
    const std::scoped_lock lock(mutex_);
    return clear_lines_;
  }

 private:
  std::string key() const { return (folder_.path() / "key.pem").string(); }
  void keep(std::vector<std::string>& lines, const std::string& line) {
    const std::scoped_lock lock(mutex_);
    lines.push_back(line);
  }

  void play(ServedConnection& connection) {
    if (start_ != Start::when_asked) {
      if (!connection.start_tls(certificate(), key())) return;
      if (start_ == Start::at_once_with_greeting) connection.write("220 mail.example\r\n");
      speak(connection);
      return;
    }
    connection.write("220 mail.example\r\n");
    while (auto line = connection.read_line()) {
      keep(clear_lines_, *line);
      if (line->starts_with("STARTTLS")) {
        connection.write("220 go on\r\n");
        if (connection.start_tls(certificate(), key())) speak(connection);
        return;
      }
      connection.write("250-mail.example\r\n250 STARTTLS\r\n");
    }
  }

  void speak(ServedConnection& connection) {
    bool in_data = false;
    bool is_first = true;
    while (auto line = connection.read_line()) {
      keep(lines_, *line);
      if (std::exchange(is_first, false) && line->starts_with("POST ")) return answer_http(connection);
      if (in_data && *line != ".") continue;
      const bool begins_data = *line == "DATA";
      connection.write(begins_data ? "354 go on\r\n" : "250 ok\r\n");
      in_data = begins_data;
    }
  }

  void answer_http(ServedConnection& connection) {
    while (auto line = connection.read_line()) {
      if (line->empty()) break;
      keep(lines_, *line);
    }
    connection.write("HTTP/1.1 201 X\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");
  }

  TemporaryFolder folder_;
  Start start_;
  mutable std::mutex mutex_;
  std::vector<std::string> lines_, clear_lines_;
  std::optional<ScriptedServer> server_;
};

const FixedClock kClock(from_millis(1'700'000'000'000));

std::string send_mail(const TlsServer& server, Start start, bool trusts = true) {
  const auto* scheme = start == Start::when_asked ? "smtp" : "smtps";
  SmtpMailer mailer({.url = fmt::format("{}://127.0.0.1:{}", scheme, server.port()),
                     .from_address = "account@northport.example",
                     .authorities_file = trusts ? server.certificate() : "",
                     .connect_max = std::chrono::milliseconds{2000},
                     .total_max = std::chrono::milliseconds{3000}},
                    kClock);
  try {
    mailer.send({.id = "n1", .to = "ana@example.org", .subject = "Hello", .text = "Hello\n", .language = "en"});
  } catch (const DeliveryFailed& failed) {
    EXPECT_FALSE(failed.permanent) << "an operator mends it, and the mail goes out then";
    return failed.what();
  }
  return "sent";
}

std::string send_text(const TlsServer& server, bool trusts = true) {
  TextGateway gateway({.base_url = fmt::format("https://127.0.0.1:{}", server.port()),
                       .account = "AC123",
                       .token = "secret",
                       .from = "+15555550100",
                       .authorities_file = trusts ? server.certificate() : "",
                       .connect_max = std::chrono::milliseconds{2000},
                       .total_max = std::chrono::milliseconds{3000}});
  try {
    gateway.send({.id = "t1", .to = "+15555550123", .text = "Hello", .way = TextWay::text, .language = "en"});
  } catch (const DeliveryFailed& failed) {
    EXPECT_FALSE(failed.permanent);
    return failed.what();
  }
  return "sent";
}

TEST(SendingOverTls, HandsMailsOverAfterStartTls) {
  const TlsServer server(Start::when_asked);
  EXPECT_EQ(send_mail(server, Start::when_asked), "sent");
  EXPECT_THAT(server.lines(), Contains(HasSubstr("RCPT TO:<ana@example.org>")));
  for (const auto& line : server.lines_in_clear()) {
    EXPECT_TRUE(line.starts_with("EHLO") || line.starts_with("STARTTLS")) << line;
  }
}

TEST(SendingOverTls, HandsMailsOverBySmtps) {
  const TlsServer server(Start::at_once_with_greeting);
  EXPECT_EQ(send_mail(server, Start::at_once_with_greeting), "sent");
  EXPECT_THAT(server.lines(), Contains(HasSubstr("RCPT TO:<ana@example.org>")));
}

TEST(SendingOverTls, HandsTextsOverByHttps) {
  const TlsServer server(Start::at_once);
  EXPECT_EQ(send_text(server), "sent");
  EXPECT_THAT(server.lines(), Contains(HasSubstr("Authorization: Basic")));
}

TEST(SendingOverTls, SaysNothingToAServerThatNobodyVouchesFor) {
  const TlsServer mail(Start::when_asked);
  EXPECT_NE(send_mail(mail, Start::when_asked, false), "sent");
  EXPECT_THAT(mail.lines(), IsEmpty());
  const TlsServer gateway(Start::at_once);
  EXPECT_NE(send_text(gateway, false), "sent");
  EXPECT_THAT(gateway.lines(), IsEmpty());
}

TEST(SendingOverTls, SaysNothingToAServerOfAnotherName) {
  const waymark::testing::CertificateOptions elsewhere{.name = "mail.example", .address = "192.0.2.7"};
  const TlsServer mail(Start::when_asked, elsewhere);
  EXPECT_NE(send_mail(mail, Start::when_asked), "sent");
  EXPECT_THAT(mail.lines(), IsEmpty());
  const TlsServer gateway(Start::at_once, elsewhere);
  EXPECT_NE(send_text(gateway), "sent");
  EXPECT_THAT(gateway.lines(), IsEmpty());
}

TEST(SendingOverTls, SaysNothingToAServerWhoseCertificateHasExpired) {
  const waymark::testing::CertificateOptions old{.valid_from = std::chrono::hours{-48},
                                                 .valid_until = std::chrono::hours{-24}};
  const TlsServer mail(Start::when_asked, old);
  EXPECT_NE(send_mail(mail, Start::when_asked), "sent");
  EXPECT_THAT(mail.lines(), IsEmpty());
  const TlsServer gateway(Start::at_once, old);
  EXPECT_NE(send_text(gateway), "sent");
  EXPECT_THAT(gateway.lines(), IsEmpty());
}

}  // namespace
}  // namespace waymark
