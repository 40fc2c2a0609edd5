#include "features/help/long_text.hpp"

#include "base/text.hpp"

namespace waymark::help {

std::string tidy_lines(std::string_view utf8) {
  std::string text;
  bool is_after_blank = false;
  for (auto line : split(utf8, '\n')) {
    const auto tidy = tidy_line(line);
    if (tidy.empty()) {
      is_after_blank = true;
      continue;
    }
    if (!text.empty()) text += is_after_blank ? "\n\n" : "\n";
    text += tidy;
    is_after_blank = false;
  }
  return text;
}

bool holds_link(std::string_view text) {
  const auto small = to_ascii_lower(text);
  return small.find("://") != std::string::npos || small.find("www.") != std::string::npos;
}

}  // namespace waymark::help
