#include "features/accounts/phrase/phrase.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/text.hpp"
#include "features/accounts/limits.hpp"
#include "journal/audit.hpp"

namespace waymark::accounts {
namespace {

// A phrase that is read out or written in any language gets by with these.
constexpr std::string_view kMarks = " ,.!?'-";

bool is_letter_or_digit(UChar32 c) { return u_isalpha(c) != 0 || u_isdigit(c) != 0; }

bool is_allowed(UChar32 c) {
  const bool is_mark = c < 0x80 && kMarks.find(static_cast<char>(c)) != std::string_view::npos;
  const bool is_vowel_sign = (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
  return is_mark || is_vowel_sign || is_letter_or_digit(c) || c == 0x2019 || c == 0xBF || c == 0xA1;
}

// "evil.example" is a link to many mail programs: a full stop ends a word here, and nothing begins right behind it.
bool looks_like_link(const icu::UnicodeString& text) {
  const auto stop = [&](std::int32_t at) { return text.charAt(at) == '.' && at + 1 < text.length(); };
  for (std::int32_t at = 0; at < text.length(); ++at) {
    if (stop(at) && text.charAt(at + 1) != ' ' && text.charAt(at + 1) != '.') return true;
  }
  return false;
}

bool has_control(const icu::UnicodeString& text) {
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    const auto kinds = U_GET_GC_MASK(text.char32At(at));
    if ((kinds & (U_GC_CC_MASK | U_GC_CF_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK)) != 0) return true;
  }
  return false;
}

icu::UnicodeString unicode_of(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

}  // namespace

Result<std::string> read_phrase(std::string_view typed) {
  if (!is_valid_utf8(typed) || has_control(unicode_of(typed))) {
    return refuse_field("phrase", "accounts.error.phrase_signs");
  }
  auto phrase = tidy_line(typed);
  const auto text = unicode_of(phrase);
  std::size_t letters = 0;
  for (std::int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
    const auto c = text.char32At(at);
    if (!is_allowed(c)) return refuse_field("phrase", "accounts.error.phrase_signs");
    if (is_letter_or_digit(c)) ++letters;
  }
  if (looks_like_link(text)) return refuse_field("phrase", "accounts.error.phrase_link");
  if (letters < kPhraseLettersMin) return refuse_field("phrase", "accounts.error.phrase_short");
  if (count_code_points(phrase) > kPhraseLengthMax) return refuse_field("phrase", "accounts.error.phrase_long");
  return phrase;
}

void set_phrase(Accounts& accounts, AccountId account, std::string_view phrase, const Client& client) {
  const auto key = accounts.sessions.make_key(client);
  const bool is_changed = accounts.parts.database.write([&](db::Transaction& tx) {
    if (accounts.store.find_phrase(tx, account) == phrase) return false;
    accounts.store.set_phrase(tx, account, phrase);
    accounts.notices.tell(tx, key.notice, account, {.kind = "accounts.phrase_changed", .link = LinkPurpose::not_me});
    journal::record(tx, {.id = key.audit_id,
                         .at = key.now,
                         .event = "phrase.changed",
                         .account = account,
                         .detail = phrase.empty() ? "removed" : "set",
                         .network = key.network});
    return true;
  });
  if (is_changed) accounts.wake_deliverer();
}

}  // namespace waymark::accounts
