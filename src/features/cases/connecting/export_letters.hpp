// Gives the operator the letters to print and post: one text file a letter, in the party's language.
#pragma once

#include <filesystem>
#include <string_view>

#include "catalogue/words.hpp"
#include "features/cases/cases.hpp"

namespace waymark::cases {

struct ExportedLetters {
  int written = 0;
};

// Writes what waits into `folder` (made when missing, 0700; files 0600, named by the letter's number). A letter's code
// is made here and is valid from here on, so that no code lies about unposted. `origin` is the address that the letter
// tells people to open. Throws std::runtime_error when a file can't be written: that letter waits on, and a file of it
// that may lie there holds a code that never became valid; the next export writes over it.
ExportedLetters export_letters(const Cases& cases, const catalogue::Words& words, std::string_view origin,
                               const std::filesystem::path& folder);

}  // namespace waymark::cases
