// The one escaping of text for markup: HTML, SVG and XML, in text and in quoted attributes alike.
#pragma once

#include <string>
#include <string_view>

namespace waymark {

// Appends `text` with & < > " ' as references.
void append_escaped(std::string& out, std::string_view text);
std::string escaped(std::string_view text);
// The same in two halves, for who makes room first: how many bytes it will be, and writing them there; returns the end.
std::size_t escaped_size(std::string_view text);
char* write_escaped(char* at, std::string_view text);

}  // namespace waymark
