// The bytes that RFC 9110 and 9112 allow in each place; tables, since every byte of every head passes here.
#pragma once

#include <array>
#include <string_view>

namespace waymark::web {

namespace syntax {

using ByteSet = std::array<bool, 256>;

consteval ByteSet token_bytes() {
  ByteSet set{};
  for (const char c : std::string_view("!#$%&'*+-.^_`|~")) set[static_cast<unsigned char>(c)] = true;
  for (unsigned c = '0'; c <= '9'; ++c) set[c] = true;
  for (unsigned c = 'a'; c <= 'z'; ++c) set[c] = set[c - 'a' + 'A'] = true;
  return set;
}

// Visible bytes, blank, tab, and bytes above 0x7f, which the standard calls opaque.
consteval ByteSet value_bytes() {
  ByteSet set{};
  for (unsigned c = 0x20; c <= 0xff; ++c) set[c] = c != 0x7f;
  set['\t'] = true;
  return set;
}

// A fragment has no business in a request, and raw bytes from 0x80 are read differently by each program on the way.
consteval ByteSet target_bytes() {
  ByteSet set{};
  for (unsigned c = 0x21; c <= 0x7e; ++c) set[c] = c != '#';
  return set;
}

inline constexpr ByteSet kToken = token_bytes();
inline constexpr ByteSet kValue = value_bytes();
inline constexpr ByteSet kTarget = target_bytes();

inline bool consists_of(std::string_view text, const ByteSet& set) {
  for (const char c : text) {
    if (!set[static_cast<unsigned char>(c)]) return false;
  }
  return true;
}

inline bool is_token(std::string_view text) { return !text.empty() && consists_of(text, kToken); }

// -1 when it is none.
inline int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

inline char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

inline bool equals_ignoring_case(std::string_view text, std::string_view lower_case) {
  if (text.size() != lower_case.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (lower(text[i]) != lower_case[i]) return false;
  }
  return true;
}

}  // namespace syntax

}  // namespace waymark::web
