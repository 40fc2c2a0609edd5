// A mail as it goes over the wire (RFC 5322, MIME): headers, blank line, body; CRLF line ends.
#pragma once

#include <string>
#include <string_view>

#include "base/time.hpp"
#include "platform/mail.hpp"

namespace waymark {

struct MailSender {
  std::string address;  // one that parse_email accepts
  std::string name;     // shown beside it; may be empty
};

// Throws DeliveryFailed, permanent, when a header would hold a control character or `to` is not exactly one address.
std::string to_mail_message(const Mail& mail, const MailSender& from, Instant at);

// The text as a header value: as it is when short and printable ASCII, else in RFC 2047 encoded words on folded lines.
std::string to_header_text(std::string_view text);
// RFC 2045 section 6.7; line feeds become CRLF.
std::string to_quoted_printable(std::string_view text);

}  // namespace waymark
