// Several notices that belong together, as one.
#pragma once

#include <string_view>

#include "catalogue/words.hpp"
#include "features/notifications/deliver.hpp"

namespace waymark::notifications {

// A telling of the kind "accounts.several" that says each of them, the oldest first, with the moment it happened. The
// way to say "that was not me" is that of the first that has one; without any the kind is "accounts.several_plain".
journal::Telling digest_of(const Parts& parts, const journal::OutboxItem& item, const catalogue::Locale& words,
                           std::string_view zone);

// The words' message with the telling's arguments and those that every message may use.
Message message_of(const Parts& parts, const journal::Telling& telling, std::string key, std::string time);

}  // namespace waymark::notifications
