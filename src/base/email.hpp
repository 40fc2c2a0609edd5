// Email addresses: what is accepted, and when two of them are the same person's mailbox for us.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace waymark {

struct Email {
  // As typed, tidied (ends trimmed, domain in lower-case ASCII): mail goes to exactly these bytes.
  std::string address;
  // What accounts and limits are counted by: the local part case-folded too. Dots and "+tags" are kept: whether
  // they matter is the mail provider's business, and guessing would join two people's accounts.
  std::string canonical;
};

// Accepts ASCII local parts of RFC 5321's dot-atom form and domains with at least one dot, 254 bytes at most; a domain
// in other scripts is turned to its xn-- form. Everything else, CR, LF, quotes, comments, a second "@" and non-ASCII
// local parts included, is none: a letter that only looks like another must not reach another's mailbox.
std::optional<Email> parse_email(std::string_view typed);

// "a•••@example.org": for pages that remind a person which address was used.
std::string mask_email(std::string_view address);

}  // namespace waymark
