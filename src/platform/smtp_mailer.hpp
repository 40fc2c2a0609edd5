// Mail by SMTP (libcurl).
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "platform/clock.hpp"
#include "platform/mail.hpp"

namespace waymark {

struct SmtpOptions {
  std::string url;     // "smtp://host:587" (STARTTLS) or "smtps://host:465"
  std::string user{};  // empty: no sign-in; else TLS is required
  std::string password{};
  std::string from_address;
  std::string from_name{};
  bool require_tls = true;         // false: TLS when the server offers it
  std::string authorities_file{};  // PEM; trusted instead of the system's authorities; empty: the system's
  std::chrono::milliseconds connect_max{10'000};
  std::chrono::milliseconds total_max{30'000};
};

// Keeps its connection open between mails; several threads may send, one after the other. A 5xx reply is permanent,
// unless it speaks of our own sign-in; everything else is worth another try.
class SmtpMailer final : public Mailer {
 public:
  // Throws std::invalid_argument when an option cannot be right. `clock` must outlive the mailer.
  SmtpMailer(SmtpOptions options, const Clock& clock);
  ~SmtpMailer() override;
  void send(const Mail& mail) override;

 private:
  struct Connection;
  SmtpOptions options_;
  const Clock& clock_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace waymark
