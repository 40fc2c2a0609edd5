// One line of an article: its words, strong ones and links. By hand, since a Markdown library gives HTML, which the
// typed builder takes from nobody.
#pragma once

#include <functional>
#include <string_view>

#include "catalogue/help_article.hpp"

namespace waymark::catalogue {

// `problem` is called with each thing that is not understood.
HelpLine read_help_line(std::string_view text, const std::function<void(std::string)>& problem);

}  // namespace waymark::catalogue
