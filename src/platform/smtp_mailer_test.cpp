#include "platform/smtp_mailer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "platform/text_sender.hpp"
#include "support/scripted_server.hpp"

namespace waymark {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

// Speaks enough SMTP to take mails; answers `reply` to the command that begins with `refused`.
class MailServer {
 public:
  explicit MailServer(std::string refused = "none", std::string reply = "", std::string offers = "250 mail.example")
      : refused_(std::move(refused)), reply_(std::move(reply)), offers_(std::move(offers)) {}

  std::string url() const { return fmt::format("smtp://127.0.0.1:{}", server_.port()); }
  int connections() const { return server_.connections(); }

  std::vector<std::string> lines() const {
    const std::scoped_lock lock(mutex_);
    return lines_;
  }

 private:
  void play(ServedConnection& connection) {
    connection.write(refused_ == "greeting" ? reply_ + "\r\n" : "220 mail.example\r\n");
    bool in_data = false;
    while (auto line = connection.read_line()) {
      {
        const std::scoped_lock lock(mutex_);
        lines_.push_back(*line);
      }
      if (in_data && *line != ".") continue;
      if (line->starts_with(refused_)) {
        connection.write(reply_ + "\r\n");
        in_data = false;
      } else if (in_data) {
        in_data = false;
        connection.write("250 taken\r\n");
      } else if (line->starts_with("EHLO")) {
        connection.write(offers_ + "\r\n");
      } else if (*line == "DATA") {
        in_data = true;
        connection.write("354 go on\r\n");
      } else if (*line == "QUIT") {
        connection.write("221 bye\r\n");
        return;
      } else {
        connection.write("250 ok\r\n");
      }
    }
  }

  std::string refused_;
  std::string reply_;
  std::string offers_;
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
  ScriptedServer server_{[this](ServedConnection& connection) { play(connection); }};
};

const FixedClock kClock(from_millis(1'700'000'000'000));

Mail make_mail() {
  return {.id = "n1", .to = "ana@example.org", .subject = "Su código", .text = "Hola\n.\nBcc: x\n", .language = "es"};
}

SmtpOptions options_for(const std::string& url, bool require_tls = false) {
  return {.url = url,
          .from_address = "account@northport.example",
          .from_name = "Northport",
          .require_tls = require_tls,
          .connect_max = std::chrono::milliseconds{1000},
          .total_max = std::chrono::milliseconds{1500}};
}

// What the failure says, and whether it is for good.
std::pair<std::string, bool> failure_of(SmtpMailer& mailer) {
  try {
    mailer.send(make_mail());
  } catch (const DeliveryFailed& failed) {
    return {failed.what(), failed.permanent};
  }
  return {"sent", false};
}

TEST(SmtpMailer, HandsOverTheWholeMessageToOneRecipient) {
  MailServer server;
  {
    SmtpMailer mailer(options_for(server.url()), kClock);
    mailer.send(make_mail());
  }
  const auto lines = server.lines();
  EXPECT_THAT(lines, Contains("EHLO northport.example"));
  EXPECT_THAT(lines, Contains(HasSubstr("MAIL FROM:<account@northport.example>")));
  EXPECT_EQ(std::count_if(lines.begin(), lines.end(), [](const auto& line) { return line.starts_with("RCPT"); }), 1);
  EXPECT_THAT(lines, Contains(HasSubstr("RCPT TO:<ana@example.org>")));
  EXPECT_THAT(lines, Contains("Message-ID: <n1@northport.example>"));
  EXPECT_THAT(lines, Contains("Content-Language: es"));
  EXPECT_THAT(lines, Contains("Subject: =?UTF-8?B?U3UgY8OzZGlnbw==?="));
  EXPECT_THAT(lines, Contains("..")) << "a line of one dot must not end the mail";
}

TEST(SmtpMailer, KeepsItsConnectionForTheNextMail) {
  MailServer server;
  SmtpMailer mailer(options_for(server.url()), kClock);
  mailer.send(make_mail());
  mailer.send(make_mail());
  EXPECT_EQ(server.connections(), 1);
}

TEST(SmtpMailer, ARecipientThatDoesNotExistIsForGood) {
  MailServer server("RCPT", "550 no such user ana@example.org");
  SmtpMailer mailer(options_for(server.url()), kClock);
  const auto [reason, permanent] = failure_of(mailer);
  EXPECT_TRUE(permanent);
  EXPECT_THAT(reason, HasSubstr("550"));
  EXPECT_THAT(reason, Not(HasSubstr("ana")));
}

TEST(SmtpMailer, AnUnwantedMessageIsForGood) {
  MailServer server(".", "554 refused");
  SmtpMailer mailer(options_for(server.url()), kClock);
  EXPECT_TRUE(failure_of(mailer).second);
}

TEST(SmtpMailer, EverythingElseIsWorthAnotherTry) {
  for (const auto& [refused, reply] :
       {std::pair{"RCPT", "450 later"}, std::pair{"MAIL", "421 busy"}, std::pair{"MAIL", "530 sign in first"},
        std::pair{".", "451 disk"}, std::pair{"greeting", "421 not now"}}) {
    MailServer server(refused, reply);
    SmtpMailer mailer(options_for(server.url()), kClock);
    const auto [reason, permanent] = failure_of(mailer);
    EXPECT_NE(reason, "sent") << reply;
    EXPECT_FALSE(permanent) << reply;
  }
}

TEST(SmtpMailer, SendsNothingInClearWhereTlsIsRequired) {
  MailServer server;
  SmtpMailer mailer(options_for(server.url(), true), kClock);
  const auto [reason, permanent] = failure_of(mailer);
  EXPECT_NE(reason, "sent");
  EXPECT_FALSE(permanent);
  EXPECT_THAT(server.lines(), Not(Contains(HasSubstr("MAIL"))));
}

TEST(SmtpMailer, GivesUpOnAServerThatIsDeadOrSilent) {
  std::uint16_t freed = 0;
  {
    const ScriptedServer gone([](ServedConnection&) {});
    freed = gone.port();
  }
  SmtpMailer nobody(options_for(fmt::format("smtp://127.0.0.1:{}", freed)), kClock);
  EXPECT_FALSE(failure_of(nobody).second);
  const ScriptedServer silent([](ServedConnection& connection) { connection.read_line(); });
  SmtpMailer mailer(options_for(fmt::format("smtp://127.0.0.1:{}", silent.port())), kClock);
  const auto [reason, permanent] = failure_of(mailer);
  EXPECT_NE(reason, "sent");
  EXPECT_FALSE(permanent);
}

TEST(SmtpMailer, RefusesOptionsThatCannotBeRight) {
  auto plain_password = options_for("smtp://mail.example:25");
  plain_password.user = "waymark";
  EXPECT_THROW(SmtpMailer(plain_password, kClock), std::invalid_argument);
  EXPECT_THROW(SmtpMailer(options_for("http://mail.example"), kClock), std::invalid_argument);
  auto no_sender = options_for("smtps://mail.example");
  no_sender.from_address = "nobody";
  EXPECT_THROW(SmtpMailer(no_sender, kClock), std::invalid_argument);
}

}  // namespace
}  // namespace waymark
