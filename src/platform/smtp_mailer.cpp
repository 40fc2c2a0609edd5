#include "platform/smtp_mailer.hpp"

#include <fmt/format.h>

#include <cstring>
#include <stdexcept>

#include "base/email.hpp"
#include "platform/curl.hpp"
#include "platform/mail_message.hpp"
#include "platform/text_sender.hpp"

namespace waymark {
namespace {

std::size_t hand_over(char* buffer, std::size_t size, std::size_t count, void* rest_pointer) {
  auto& rest = *static_cast<std::string_view*>(rest_pointer);
  const auto part = rest.substr(0, size * count);
  std::memcpy(buffer, part.data(), part.size());
  rest.remove_prefix(part.size());
  return part.size();
}

// 530, 534, 535, 538 (RFC 4954) speak of our sign-in and its encryption, not of the recipient: an operator repairs
// them.
bool is_about_sign_in(long reply) { return reply == 530 || reply == 534 || reply == 535 || reply == 538; }

void check(const SmtpOptions& options) {
  const bool is_smtps = options.url.starts_with("smtps://");
  if (!is_smtps && !options.url.starts_with("smtp://")) {
    throw std::invalid_argument("mail: the address must begin with smtp:// or smtps://");
  }
  if (!options.user.empty() && !options.require_tls && !is_smtps) {
    throw std::invalid_argument("mail: a user name and password are only sent over TLS; set require_tls");
  }
  const auto from = parse_email(options.from_address);
  if (!from || from->address != options.from_address) {
    throw std::invalid_argument("mail: the sender is not an email address");
  }
}

// curl greets with the path of the address; the machine's own name is nobody's business.
std::string with_greeting(const SmtpOptions& options) {
  const auto host = options.url.find("://") + 3;
  if (options.url.find('/', host) != std::string::npos) return options.url;
  return options.url + "/" + options.from_address.substr(options.from_address.rfind('@') + 1);
}

}  // namespace

struct SmtpMailer::Connection {
  std::mutex mutex;
  CurlHandle handle = make_curl();
};

SmtpMailer::SmtpMailer(SmtpOptions options, const Clock& clock) : options_(std::move(options)), clock_(clock) {
  check(options_);
  options_.url = with_greeting(options_);
  connection_ = std::make_unique<Connection>();
}

SmtpMailer::~SmtpMailer() = default;

void SmtpMailer::send(const Mail& mail) {
  const auto message = to_mail_message(mail, {options_.from_address, options_.from_name}, clock_.now());
  CurlList recipients;
  append(recipients, "<" + mail.to + ">");
  const auto sender = "<" + options_.from_address + ">";
  std::string_view rest = message;

  const std::scoped_lock lock(connection_->mutex);
  CURL* const curl = connection_->handle.get();
  prepare_curl(curl, options_.url, "smtp,smtps", options_.connect_max, options_.total_max, options_.authorities_file);
  curl_easy_setopt(curl, CURLOPT_USE_SSL, static_cast<long>(options_.require_tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
  if (!options_.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, options_.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, options_.password.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, sender.c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, hand_over);
  curl_easy_setopt(curl, CURLOPT_READDATA, &rest);
  const CURLcode outcome = curl_easy_perform(curl);
  if (outcome == CURLE_OK) return;
  long reply = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply);
  const bool is_refusal = reply >= 500 && reply < 600 && outcome != CURLE_USE_SSL_FAILED && !is_about_sign_in(reply);
  throw DeliveryFailed(fmt::format("smtp: {} (reply {})", curl_easy_strerror(outcome), reply), is_refusal);
}

}  // namespace waymark
