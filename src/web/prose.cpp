// Brand texts: a very small markup, so that an agency's privacy notice is data and can't carry tags.
#include "web/page.hpp"

namespace waymark::web {
namespace {

constexpr std::string_view kHeading = "## ";
constexpr std::string_view kItem = "- ";

std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
  return line;
}

enum class Block { none, paragraph, list };

void close(Html& html, Block& open) {
  if (open == Block::paragraph) html("</p>"_html);
  if (open == Block::list) html("</li></ul>"_html);
  open = Block::none;
}

}  // namespace

Html prose(std::string_view text) {
  Html html(text.size() + text.size() / 8 + 64);
  Block open = Block::none;
  html("<div class=\"prose\">"_html);
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.empty()) {
      close(html, open);
    } else if (line.starts_with(kHeading)) {
      close(html, open);
      html("<h2>"_html, line.substr(kHeading.size()), "</h2>"_html);
    } else if (line.starts_with(kItem)) {
      if (open == Block::list) {
        html("</li>"_html);
      } else {
        close(html, open);
        html("<ul>"_html);
      }
      open = Block::list;
      html("<li>"_html, line.substr(kItem.size()));
    } else if (open == Block::none) {
      html("<p>"_html, line);
      open = Block::paragraph;
    } else {
      html("\n"_html, line);
    }
  }
  close(html, open);
  html("</div>"_html);
  return html;
}

}  // namespace waymark::web
