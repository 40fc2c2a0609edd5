// What a message leaves open.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "catalogue/words.hpp"

namespace waymark::catalogue {

// The names of a message's placeholders, sorted. The view lives as long as the locale.
std::span<const std::string> placeholders_of(const Locale& locale, std::string_view key);

}  // namespace waymark::catalogue
