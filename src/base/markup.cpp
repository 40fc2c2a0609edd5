#include "base/markup.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace waymark {
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

// How many bytes more than itself a byte becomes.
constexpr auto kMore = [] {
  std::array<std::uint8_t, 256> more{};
  for (const char c : std::string_view("&<>\"'"))
    more[static_cast<unsigned char>(c)] = static_cast<std::uint8_t>(escaped_form(c).size() - 1);
  return more;
}();

// Nearly all texts hold none of the five, so that is asked first, a block of bytes at a time.
template <typename Block>
bool holds_one(const char* text) {
  Block block;
  std::memcpy(&block, text, sizeof block);
  const auto found = (block == '&') | (block == '<') | (block == '>') | (block == '"') | (block == '\'');
  std::array<std::uint64_t, sizeof(Block) / sizeof(std::uint64_t)> words{};
  std::memcpy(words.data(), &found, sizeof found);
  return std::ranges::any_of(words, [](std::uint64_t word) { return word != 0; });
}
using Sixteen [[gnu::vector_size(16)]] = unsigned char;
using Eight [[gnu::vector_size(8)]] = unsigned char;

template <typename Block>
bool holds_one_in_blocks(std::string_view text) {
  for (std::size_t i = 0; i + sizeof(Block) <= text.size(); i += sizeof(Block)) {
    if (holds_one<Block>(text.data() + i)) return true;
  }
  return holds_one<Block>(text.data() + text.size() - sizeof(Block));  // the rest, with some of what was seen
}

bool needs_no_escape(std::string_view text) {
  if (text.size() >= sizeof(Sixteen)) return !holds_one_in_blocks<Sixteen>(text);
  if (text.size() >= sizeof(Eight)) return !holds_one_in_blocks<Eight>(text);
  return std::ranges::none_of(text, [](char c) { return kMore[static_cast<unsigned char>(c)] != 0; });
}

}  // namespace

std::size_t escaped_size(std::string_view text) {
  std::size_t size = text.size();
  if (needs_no_escape(text)) return size;
  for (const char c : text) size += kMore[static_cast<unsigned char>(c)];
  return size;
}

char* write_escaped(char* at, std::string_view text) {
  if (needs_no_escape(text)) return at + text.copy(at, text.size());
  const auto write = [&at](std::string_view part) { at += part.copy(at, part.size()); };
  std::size_t written = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kMore[static_cast<unsigned char>(text[i])] == 0) continue;
    write(text.substr(written, i - written));
    write(escaped_form(text[i]));
    written = i + 1;
  }
  write(text.substr(written));
  return at;
}

void append_escaped(std::string& out, std::string_view text) {
  const std::size_t begin = out.size();
  const std::size_t end = begin + escaped_size(text);
  if (end > out.capacity()) out.reserve(std::max(end, 2 * out.capacity()));
  out.resize_and_overwrite(
      end, [&](char* all, std::size_t) { return static_cast<std::size_t>(write_escaped(all + begin, text) - all); });
}

std::string escaped(std::string_view text) {
  std::string out;
  append_escaped(out, text);
  return out;
}

}  // namespace waymark
