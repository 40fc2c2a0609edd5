// ICU's UTF-16 strings to and from ours, and its status codes as exceptions.
#pragma once

#include <unicode/unistr.h>
#include <unicode/utypes.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace waymark::catalogue {

inline icu::UnicodeString to_icu(std::string_view utf8) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
}

inline std::string to_utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

// ICU fails only when its data is missing or memory is gone: a matter of the surroundings.
inline void require_icu(UErrorCode status, const char* what) {
  if (U_FAILURE(status)) throw std::runtime_error(std::string(what) + ": " + u_errorName(status));
}

}  // namespace waymark::catalogue
