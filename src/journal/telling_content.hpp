// The sealed part of an outbox row, as JSON.
#pragma once

#include <string>
#include <string_view>

#include "journal/outbox.hpp"

namespace waymark::journal {

// Everything that could name somebody: address, number, language and the words' arguments.
std::string content_of(const Telling& telling);
// Fills those fields of `telling`; throws std::runtime_error when the text is not what content_of made.
void fill_content(Telling& telling, std::string_view content);

}  // namespace waymark::journal
