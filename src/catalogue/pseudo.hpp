// Two made-up languages for the tests, from the English words: one longer and accented, which shows what is cut off or
// never went through the locale files; one right to left, which shows layouts that only work in one direction.
#pragma once

#include <string>
#include <string_view>

namespace waymark::catalogue {

enum class PseudoWay { longer, right_to_left };

// Changes the words of an ICU message and leaves its placeholders and syntax alone. The message must be well-formed.
std::string pseudo_message(std::string_view message, PseudoWay way);

}  // namespace waymark::catalogue
