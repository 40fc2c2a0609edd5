// Text of several lines, as people type it.
#pragma once

#include <string>
#include <string_view>

namespace waymark::help {

// Each line tidied (base/text), line ends made one kind, at most one empty line between two others, none at the ends.
std::string tidy_lines(std::string_view utf8);

// Whether it names an address on the web: our mails hold none but our own.
bool holds_link(std::string_view text);

}  // namespace waymark::help
