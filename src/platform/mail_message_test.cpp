#include "platform/mail_message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.hpp"
#include "platform/keys.hpp"
#include "platform/text_sender.hpp"

namespace waymark {
namespace {

using testing::HasSubstr;

constexpr Instant kAt{std::chrono::sys_days{std::chrono::year{2026} / 11 / 3} + std::chrono::hours{9}};
const MailSender kFrom{"account@northport.example", "Northport Immigration Service"};

Mail make_mail() {
  return {.id = "n42", .to = "ana@example.org", .subject = "Your code", .text = "Hello\n", .language = "en"};
}

TEST(MailMessage, HasTheHeadersOfAnAutomaticMail) {
  EXPECT_EQ(to_mail_message(make_mail(), kFrom, kAt),
            "Date: Tue, 03 Nov 2026 09:00:00 +0000\r\n"
            "From: \"Northport Immigration Service\" <account@northport.example>\r\n"
            "To: ana@example.org\r\n"
            "Subject: Your code\r\n"
            "Message-ID: <n42@northport.example>\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n"
            "Content-Language: en\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "\r\n"
            "Hello\r\n");
}

TEST(MailMessage, TheSameIdGivesTheSameMessageId) {
  auto mail = make_mail();
  mail.id = "case 7, ana@example.org";
  const auto message = to_mail_message(mail, kFrom, kAt);
  EXPECT_EQ(message.find("case 7"), std::string::npos);
  EXPECT_EQ(message, to_mail_message(mail, kFrom, kAt));
  EXPECT_THAT(message, HasSubstr("Message-ID: <" + to_hex(sha256(mail.id)) + "@northport.example>"));
}

TEST(MailMessage, Incident_I31_NoHeaderCanBeBroken) {
  const auto refused = [](auto change) {
    auto mail = make_mail();
    auto from = kFrom;
    change(mail, from);
    try {
      to_mail_message(mail, from, kAt);
      return false;
    } catch (const DeliveryFailed& failed) {
      return failed.permanent && std::string_view(failed.what()).find("bob") == std::string_view::npos;
    }
  };
  for (const std::string bad : {"x\r\nBcc: bob@example.org", "x\nBcc: bob@example.org", "x\rbob"}) {
    EXPECT_TRUE(refused([&](Mail& mail, MailSender&) { mail.subject = bad; }));
    EXPECT_TRUE(refused([&](Mail& mail, MailSender&) { mail.language = bad; }));
    EXPECT_TRUE(refused([&](Mail& mail, MailSender&) { mail.to = "ana@example.org" + bad; }));
    EXPECT_TRUE(refused([&](Mail&, MailSender& from) { from.name = bad; }));
    EXPECT_TRUE(refused([&](Mail&, MailSender& from) { from.address = "a@example.org" + bad; }));
  }
  for (const std::string to : {"ana@example.org, bob@example.org", "ana@example.org bob@example.org",
                               "=?utf-8?q?ana?= <bob@example.org>", "ana@b@example.org", ""}) {
    EXPECT_TRUE(refused([&](Mail& mail, MailSender&) { mail.to = to; })) << to;
  }
}

TEST(MailMessage, AnEncodedWordInASubjectIsShownAndNotRead) {
  EXPECT_EQ(to_header_text("=?utf-8?q?free?="), "=?UTF-8?B?" + to_base64("=?utf-8?q?free?=") + "?=");
}

TEST(MailMessage, SubjectsInOtherScriptsFoldBetweenLetters) {
  std::string subject;
  for (int i = 0; i < 40; ++i) subject += "ñ李";
  const auto header = to_header_text(subject);
  std::string decoded;
  for (auto line : split(header, '\n')) {
    line = trim(line);
    EXPECT_LE(line.size(), 75U);
    ASSERT_TRUE(line.starts_with("=?UTF-8?B?") && line.ends_with("?="));
    const auto word = from_base64(line.substr(10, line.size() - 12));
    ASSERT_TRUE(word);
    EXPECT_TRUE(is_valid_utf8(*word)) << "a letter must not be cut in two";
    decoded += *word;
  }
  EXPECT_EQ(decoded, subject);
}

TEST(QuotedPrintable, EncodesWhatMailServersMightChange) {
  EXPECT_EQ(to_quoted_printable("a=b\nñ \r\nend\t"), "a=3Db\r\n=C3=B1=20\r\nend=09\r\n");
  EXPECT_EQ(to_quoted_printable(""), "");
  EXPECT_EQ(to_quoted_printable("a\n\n"), "a\r\n\r\n");
}

RC_GTEST_PROP(QuotedPrintable, KeepsLinesShortAndDecodesToItsText, (const std::vector<std::uint8_t>& bytes)) {
  std::string text(bytes.begin(), bytes.end());
  std::erase(text, '\r');
  for (int i = 0; i < 4; ++i) text += text.substr(0, 500);
  const auto encoded = to_quoted_printable(text);
  std::string decoded;
  for (auto rest = std::string_view(encoded); !rest.empty();) {
    const auto end = rest.find("\r\n");
    RC_ASSERT(end != std::string_view::npos && end <= 76U);
    auto line = rest.substr(0, end);
    rest.remove_prefix(end + 2);
    const bool goes_on = line.ends_with('=');
    if (goes_on) line.remove_suffix(1);
    for (std::size_t at = 0; at < line.size(); ++at) {
      if (line[at] != '=') {
        decoded += line[at];
        continue;
      }
      decoded += static_cast<char>(std::stoi(std::string(line.substr(at + 1, 2)), nullptr, 16));
      at += 2;
    }
    if (!goes_on) decoded += '\n';
  }
  if (!text.empty() && !text.ends_with('\n')) text += '\n';
  RC_ASSERT(decoded == text);
}

}  // namespace
}  // namespace waymark
