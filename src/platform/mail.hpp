// Mail out. The real one is SMTP by libcurl; the scripted one keeps what was sent, for the demo's outbox and the tests.
#pragma once

#include <string>

namespace waymark {

struct Mail {
  std::string id;  // stable: a second delivery of the same message carries the same Message-ID
  std::string to;  // an address that parse_email accepted
  std::string subject;
  std::string text;      // plain text, UTF-8
  std::string language;  // BCP 47, for Content-Language
};

// Throws DeliveryFailed; `permanent` when trying again is pointless (the address does not exist).
class Mailer {
 public:
  virtual ~Mailer() = default;
  virtual void send(const Mail& mail) = 0;
};

}  // namespace waymark
