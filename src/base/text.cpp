#include "base/text.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <charconv>
#include <stdexcept>

namespace waymark {
namespace {

constexpr UChar32 kZeroWidthNonJoiner = 0x200C;
constexpr UChar32 kZeroWidthJoiner = 0x200D;

bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Calls visit(code point) for each one, negative where the bytes are not UTF-8; stops when it returns false.
template <typename Visit>
void for_each_code_point(std::string_view utf8, Visit&& visit) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
  const auto size = static_cast<std::int64_t>(utf8.size());
  for (std::int64_t at = 0; at < size;) {
    UChar32 code_point = 0;
    U8_NEXT(bytes, at, size, code_point);
    if (!visit(code_point)) return;
  }
}

void append_code_point(std::string& text, UChar32 code_point) {
  std::uint8_t bytes[U8_MAX_LENGTH];
  int size = 0;
  U8_APPEND_UNSAFE(bytes, size, code_point);
  text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

std::string normalize(const icu::Normalizer2* form, UErrorCode status, std::string_view utf8) {
  std::string out;
  if (U_SUCCESS(status)) {
    icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(utf8.size()));
    form->normalizeUTF8(0, icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())), sink, nullptr,
                        status);
  }
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU normalization: ") + u_errorName(status));
  return out;
}

std::string to_folded_decomposition(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const auto folded = normalize(fold, status, utf8);
  const auto* decompose = icu::Normalizer2::getNFKDInstance(status);
  return normalize(decompose, status, folded);
}

bool is_invisible(UChar32 c) {
  if (c == kZeroWidthJoiner || c == kZeroWidthNonJoiner) return false;  // Persian and Indic names are spelt with them
  if (u_charType(c) == U_CONTROL_CHAR) return true;
  return u_charType(c) == U_FORMAT_CHAR &&
         (u_hasBinaryProperty(c, UCHAR_BIDI_CONTROL) || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT));
}

// Apostrophes are written or left out at will: O'Brien and OBrien are one name.
bool is_apostrophe(UChar32 c) {
  return c == '\'' || c == '`' || c == 0xB4 || c == 0x2018 || c == 0x2019 || (c >= 0x2B9 && c <= 0x2BF);
}

// Latin letters that no normal form takes apart, though people and machines write them plainly.
std::string_view plain_letters(UChar32 c) {
  switch (c) {
    case 0x131:
      return "i";
    case 0x142:
      return "l";
    case 0xF8:
      return "o";
    case 0x111:
      return "d";
    case 0xE6:
      return "ae";
    case 0x153:
      return "oe";
    default:
      return {};
  }
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  bool valid = true;
  for_each_code_point(text, [&](UChar32 c) { return valid = c > 0; });
  return valid;
}

std::size_t count_code_points(std::string_view utf8) {
  std::size_t count = 0;
  for_each_code_point(utf8, [&](UChar32) {
    ++count;
    return true;
  });
  return count;
}

std::string to_nfc(std::string_view utf8) {
  if (is_ascii(utf8)) return std::string(utf8);
  UErrorCode status = U_ZERO_ERROR;
  const auto* form = icu::Normalizer2::getNFCInstance(status);
  return normalize(form, status, utf8);
}

std::string tidy_line(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  bool blank_waits = false;
  for_each_code_point(utf8, [&](UChar32 c) {
    if (c < 0) return true;
    if (u_isUWhiteSpace(c)) {
      blank_waits = !out.empty();
    } else if (!is_invisible(c)) {
      if (blank_waits) out += ' ';
      blank_waits = false;
      append_code_point(out, c);
    }
    return true;
  });
  return to_nfc(out);
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_ascii_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string to_ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

std::string to_ascii_upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
  }
  return out;
}

bool equals_ignoring_ascii_case(std::string_view left, std::string_view right) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [&](char a, char b) { return lower(a) == lower(b); });
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (auto at = text.find(separator); at != std::string_view::npos; at = text.find(separator)) {
    parts.push_back(text.substr(0, at));
    text.remove_prefix(at + 1);
  }
  parts.push_back(text);
  return parts;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc{} || stopped != end) return std::nullopt;
  return value;
}

std::string fold_name(std::string_view utf8) {
  std::string kept;
  kept.reserve(utf8.size());
  for_each_code_point(utf8, [&](UChar32 c) {
    if (c >= 0 && !is_apostrophe(c)) append_code_point(kept, c);
    return true;
  });
  std::string out;
  bool blank_waits = false;
  for_each_code_point(to_folded_decomposition(kept), [&](UChar32 c) {
    if ((U_MASK(u_charType(c)) & U_GC_M_MASK) != 0 || c == kZeroWidthJoiner || c == kZeroWidthNonJoiner) return true;
    if (!u_isalnum(c)) {
      blank_waits = !out.empty();
      return true;
    }
    if (blank_waits) out += ' ';
    blank_waits = false;
    if (const auto plain = plain_letters(c); !plain.empty()) {
      out += plain;
    } else {
      append_code_point(out, c);
    }
    return true;
  });
  return out;
}

bool equals_in_constant_time(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  volatile unsigned char difference = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    difference = static_cast<unsigned char>(difference | (left[i] ^ right[i]));
  }
  return difference == 0;
}

}  // namespace waymark
