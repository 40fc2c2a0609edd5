#include "catalogue/pseudo.hpp"

#include <unicode/messagepattern.h>
#include <unicode/uchar.h>

#include <vector>

#include "catalogue/icu_text.hpp"

namespace waymark::catalogue {
namespace {

constexpr std::u16string_view kPlain = u"aeiouAEIOUcnsyzCNSYZ";
constexpr std::u16string_view kAccented = u"áéíóúÁÉÍÓÚçñšýžÇÑŠÝŽ";

// Vowels are some 40 % of English letters: written twice they make a text as much longer as German or Finnish.
void append_longer(icu::UnicodeString& out, char16_t c) {
  const std::size_t place = kPlain.find(c);
  if (place == std::u16string_view::npos) {
    out.append(c);
    return;
  }
  out.append(kAccented[place]);
  if (place < 10) out.append(kAccented[place]);
}

icu::UnicodeString longer(const icu::UnicodeString& words) {
  icu::UnicodeString out;
  for (std::int32_t i = 0; i < words.length(); ++i) append_longer(out, words.charAt(i));
  return out;
}

// Each word between a right-to-left override and its end, so that every browser turns it.
icu::UnicodeString turned(const icu::UnicodeString& words) {
  icu::UnicodeString out;
  bool in_word = false;
  for (std::int32_t i = 0; i < words.length(); ++i) {
    const char16_t c = words.charAt(i);
    const bool is_word = u_isalpha(static_cast<UChar32>(c)) != 0;
    if (is_word && !in_word) out.append(u'\u202E');
    if (!is_word && in_word) out.append(u'\u202C');
    in_word = is_word;
    out.append(c);
  }
  if (in_word) out.append(u'\u202C');
  return out;
}

}  // namespace

std::string pseudo_message(std::string_view message, PseudoWay way) {
  const icu::UnicodeString text = to_icu(message);
  UErrorCode status = U_ZERO_ERROR;
  icu::MessagePattern pattern(UMSGPAT_APOS_DOUBLE_OPTIONAL, status);
  pattern.parse(text, nullptr, status);
  require_icu(status, "pseudo message");

  icu::UnicodeString out;
  std::vector<bool> is_words;  // the innermost level: words, or an argument's syntax
  std::int32_t at = 0;
  for (std::int32_t i = 0; i < pattern.countParts(); ++i) {
    const auto& part = pattern.getPart(i);
    const icu::UnicodeString before(text, at, part.getIndex() - at);
    const bool words = !is_words.empty() && is_words.back();
    if (!words)
      out.append(before);
    else
      out.append(way == PseudoWay::longer ? longer(before) : turned(before));
    if (part.getIndex() >= at) out.append(text, part.getIndex(), part.getLimit() - part.getIndex());
    at = std::max(at, part.getLimit());
    switch (part.getType()) {
      case UMSGPAT_PART_TYPE_MSG_START:
        is_words.push_back(true);
        break;
      case UMSGPAT_PART_TYPE_ARG_START:
        is_words.push_back(false);
        break;
      case UMSGPAT_PART_TYPE_MSG_LIMIT:
      case UMSGPAT_PART_TYPE_ARG_LIMIT:
        is_words.pop_back();
        break;
      default:
        break;
    }
  }
  return way == PseudoWay::longer ? "[" + to_utf8(out) + "]" : to_utf8(out);
}

}  // namespace waymark::catalogue
