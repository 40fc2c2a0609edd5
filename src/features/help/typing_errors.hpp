// How far a word is from the one that was meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace waymark::help {

// One letter more, less, other, or two neighbours in each other's place. Bytes, since folded words of our languages are
// of one byte a letter; in others an error may count twice, and is left to the trigrams.
bool is_one_error_apart(std::string_view left, std::string_view right);

// The pieces of three letters, with two blanks before the word and one after it, so that its beginning counts more.
std::vector<std::string> trigrams_of(std::string_view word);

}  // namespace waymark::help
