// "Is this message really from us?": a reference and who received it, checked together. A reference alone proves
// nothing: a cheat may copy one out of a message of ours to themselves.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "catalogue/words.hpp"
#include "features/notifications/notifications.hpp"

namespace waymark::notifications {

struct Question {
  std::string reference{};  // as typed
  std::string receiver{};   // as typed: an address or a number
  std::string country{};    // the region ("US") of a number that was typed without its country code
  std::string peer{};       // who asks
};

// The message, or none: whatever was wrong, the same work was done. Refuses what can't be read as an address or number,
// and too many checks from one network or of one reference.
Result<std::optional<Sent>> check_message(Notifications& notifications, const Question& question);

// What a message of this kind is about, for somebody who only has its reference: the subject, where it names nothing
// but the agency, or a description of the kind.
std::string description_of(const catalogue::Locale& words, const catalogue::Brand& brand, std::string_view kind);

}  // namespace waymark::notifications
