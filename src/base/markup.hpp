// The one escaping of text for markup: HTML, SVG and XML, in text and in quoted attributes alike.
#pragma once

#include <string>
#include <string_view>

namespace waymark {

// Appends `text` with & < > " ' as references.
void append_escaped(std::string& out, std::string_view text);
std::string escaped(std::string_view text);

}  // namespace waymark
