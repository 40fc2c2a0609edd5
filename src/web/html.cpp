#include "web/html.hpp"

namespace waymark::web {
namespace {

constexpr std::string_view escaped_form(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return {};
  }
}

constexpr auto kMustEscape = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("&<>\"'")) table[static_cast<unsigned char>(c)] = true;
  return table;
}();

}  // namespace

void Html::add_escaped(std::string_view text) {
  std::size_t written = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!kMustEscape[static_cast<unsigned char>(text[i])]) continue;
    out_.append(text, written, i - written);
    out_.append(escaped_form(text[i]));
    written = i + 1;
  }
  out_.append(text, written);
}

}  // namespace waymark::web
