#include "platform/mail_message.hpp"

#include <fmt/format.h>

#include "base/email.hpp"
#include "base/text.hpp"
#include "platform/keys.hpp"
#include "platform/text_sender.hpp"

namespace waymark {
namespace {

constexpr std::size_t kPlainHeaderMax = 60;       // leaves room for the header's name on a line of 78
constexpr std::size_t kEncodedWordBytesMax = 45;  // 60 symbols of base64 and the frame: under RFC 2047's 75
constexpr std::size_t kQuotedLineMax = 75;        // and the "=" of a soft break: RFC 2045's 76

[[noreturn]] void refuse_header(std::string_view name) {
  throw DeliveryFailed(fmt::format("mail refused: its {} cannot stand in a header", name), true);
}

bool is_printable_ascii(char c) { return c >= ' ' && c <= '~'; }

void check_header(std::string_view name, std::string_view value) {
  const bool has_control =
      std::any_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (has_control || !is_valid_utf8(value)) refuse_header(name);
}

std::string mail_date(Instant at) {
  constexpr std::string_view kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const Date date{day};
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(at - day)};
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000", kDays[std::chrono::weekday{day}.c_encoding()],
                     static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

// The id as it stands where it is plain; else a hash of it, which is as stable.
std::string message_id(std::string_view id, std::string_view from_address) {
  const bool is_plain = !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
  const auto domain = from_address.substr(from_address.rfind('@') + 1);
  return fmt::format("<{}@{}>", is_plain ? std::string(id) : to_hex(sha256(id)), domain);
}

std::string sender_text(const MailSender& from) {
  if (from.name.empty()) return from.address;
  const auto encoded = to_header_text(from.name);
  if (encoded != from.name) return fmt::format("{} <{}>", encoded, from.address);
  std::string quoted;
  for (const char c : from.name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return fmt::format("\"{}\" <{}>", quoted, from.address);
}

// How many of the first bytes make at most `most` bytes of whole code points.
std::size_t whole_code_points(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text.size();
  std::size_t size = most;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return size == 0 ? most : size;
}

}  // namespace

std::string to_header_text(std::string_view text) {
  const bool is_plain = text.size() <= kPlainHeaderMax && std::all_of(text.begin(), text.end(), is_printable_ascii) &&
                        text.find("=?") == std::string_view::npos;
  if (is_plain) return std::string(text);
  std::string out;
  while (!text.empty()) {
    const auto size = whole_code_points(text, kEncodedWordBytesMax);
    if (!out.empty()) out += "\r\n ";
    out += fmt::format("=?UTF-8?B?{}?=", to_base64(text.substr(0, size)));
    text.remove_prefix(size);
  }
  return out;
}

std::string to_quoted_printable(std::string_view text) {
  std::string out;
  std::size_t column = 0;
  const auto put = [&](std::string_view piece) {
    if (column + piece.size() > kQuotedLineMax) {
      out += "=\r\n";
      column = 0;
    }
    out += piece;
    column += piece.size();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool ends_line = at + 1 == text.size() || text[at + 1] == '\n' || text.substr(at + 1).starts_with("\r\n");
    if (c == '\r' && at + 1 < text.size() && text[at + 1] == '\n') continue;
    if (c == '\n') {
      out += "\r\n";
      column = 0;
    } else if ((is_printable_ascii(c) && c != '=' && !(c == ' ' && ends_line)) || (c == '\t' && !ends_line)) {
      put({&c, 1});
    } else {
      put(fmt::format("={:02X}", static_cast<unsigned char>(c)));
    }
  }
  if (column > 0) out += "\r\n";
  return out;
}

std::string to_mail_message(const Mail& mail, const MailSender& from, Instant at) {
  check_header("subject", mail.subject);
  check_header("language", mail.language);
  check_header("sender", from.name);
  const auto sender = parse_email(from.address);
  if (!sender || sender->address != from.address) refuse_header("sender");
  const auto recipient = parse_email(mail.to);
  if (!recipient || recipient->address != mail.to) refuse_header("recipient");
  const bool is_language = std::all_of(mail.language.begin(), mail.language.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
  if (!is_language) refuse_header("language");
  std::string out;
  out += fmt::format("Date: {}\r\n", mail_date(at));
  out += fmt::format("From: {}\r\n", sender_text(from));
  out += fmt::format("To: {}\r\n", mail.to);
  out += fmt::format("Subject: {}\r\n", to_header_text(mail.subject));
  out += fmt::format("Message-ID: {}\r\n", message_id(mail.id, from.address));
  out += "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n";
  out += "Content-Transfer-Encoding: quoted-printable\r\n";
  if (!mail.language.empty()) out += fmt::format("Content-Language: {}\r\n", mail.language);
  out += "Auto-Submitted: auto-generated\r\n\r\n";
  return out + to_quoted_printable(mail.text);
}

}  // namespace waymark
