#include "platform/password_strength.hpp"

#include <unicode/unistr.h>
#include <zxcvbn.h>

#include <array>
#include <stdexcept>
#include <unordered_set>

#include "base/text.hpp"
#include "platform/embedded.hpp"

namespace waymark {
namespace {

constexpr std::size_t kHintBytesMin = 3;
constexpr std::size_t kDecorationMax = 8;  // "password2024!!!!" is "password"; twelve random digits are not decoration
constexpr std::size_t kRepeatedUnitMax = 8;
constexpr std::size_t kRunMin = 3;
constexpr std::size_t kRunRestMax = 2;

// What lies side by side on keyboards, and the two orders that everybody knows. Read both ways.
constexpr std::array<std::string_view, 17> kRows = {"`12345678901234567890-=",
                                                    "!@#$%^&*()_+",
                                                    "qwertyuiop[]\\",
                                                    "asdfghjkl;'",
                                                    "zxcvbnm,./",
                                                    "azertyuiop",
                                                    "qsdfghjklm",
                                                    "qwertzuiop",
                                                    "abcdefghijklmnopqrstuvwxyz",
                                                    "1qaz",
                                                    "2wsx",
                                                    "3edc",
                                                    "4rfv",
                                                    "5tgb",
                                                    "6yhn",
                                                    "7ujm",
                                                    "8ik,"};

std::string fold_case(std::string_view text) {
  auto folded = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  std::string out;
  return folded.foldCase().toUTF8String(out);
}

const std::unordered_set<std::string_view>& common_passwords() {
  static const auto passwords = [] {
    const auto file = find_embedded("assets/data/common_passwords.txt");
    if (!file) throw std::runtime_error("the list of common passwords is not in the binary");
    std::unordered_set<std::string_view> set;
    for (const auto line : split(*file, '\n')) {
      if (const auto entry = trim(line); !entry.empty() && !entry.starts_with('#')) set.insert(entry);
    }
    return set;
  }();
  return passwords;
}

bool is_listed(std::string_view folded) { return common_passwords().contains(folded); }

bool is_digit_or_sign(char c) { return static_cast<unsigned char>(c) < 0x80 && !(c >= 'a' && c <= 'z'); }

std::string_view without_decoration(std::string_view folded) {
  std::size_t removed = 0;
  while (!folded.empty() && is_digit_or_sign(folded.back()) && removed < kDecorationMax) {
    folded.remove_suffix(1);
    ++removed;
  }
  while (!folded.empty() && is_digit_or_sign(folded.front()) && removed < kDecorationMax) {
    folded.remove_prefix(1);
    ++removed;
  }
  return folded;
}

bool is_repetition(std::string_view folded) {
  for (std::size_t unit = 1; unit <= folded.size() / 2; ++unit) {
    if (folded.substr(unit) != folded.substr(0, folded.size() - unit)) continue;
    if (unit <= kRepeatedUnitMax || is_listed(folded.substr(0, unit))) return true;
  }
  return false;
}

std::size_t common_prefix(std::string_view text, std::string_view row) {
  const auto stop = std::mismatch(text.begin(), text.end(), row.begin(), row.end());
  return static_cast<std::size_t>(stop.first - text.begin());
}

std::size_t longest_run(std::string_view text) {
  std::size_t longest = std::min(text.find_first_not_of(text.front()), text.size());
  for (const auto row : kRows) {
    const std::string back(row.rbegin(), row.rend());
    for (std::size_t start = 0; start < row.size(); ++start) {
      longest = std::max(
          {longest, common_prefix(text, row.substr(start)), common_prefix(text, std::string_view(back).substr(start))});
    }
  }
  return longest;
}

bool is_made_of_runs(std::string_view folded) {
  while (folded.size() > kRunRestMax) {
    const auto run = longest_run(folded);
    if (run < kRunMin) return false;
    folded.remove_prefix(run);
  }
  return true;
}

// Each hint whole and in words, so that of "ana.ruiz@example.org" also "ana" and "ruiz" count for nothing.
std::vector<std::string> to_hint_words(const std::vector<std::string>& hints) {
  std::vector<std::string> words;
  for (const auto& hint : hints) {
    const auto folded = fold_case(hint);
    words.push_back(folded);
    const auto name = fold_name(hint);  // the words of it, without accents
    for (const auto word : split(name, ' ')) words.emplace_back(word);
  }
  std::erase_if(words, [](const std::string& word) { return word.size() < kHintBytesMin; });
  return words;
}

}  // namespace

int password_score(std::string_view password, const std::vector<std::string>& hints) {
  const auto words = to_hint_words(hints);
  std::vector<const char*> dictionary;
  for (const auto& word : words) dictionary.push_back(word.c_str());
  dictionary.push_back(nullptr);
  const double bits = ZxcvbnMatch(std::string(password).c_str(), dictionary.data(), nullptr);
  // zxcvbn's own thresholds: 10^3, 10^6, 10^8 and 10^10 guesses, as powers of two.
  constexpr std::array<double, 4> kBitsOfScore = {9.966, 19.932, 26.575, 33.219};
  return static_cast<int>(
      std::count_if(kBitsOfScore.begin(), kBitsOfScore.end(), [&](double least) { return bits >= least; }));
}

bool is_common_password(std::string_view password) {
  const auto folded = fold_case(password);
  return is_listed(folded) || is_listed(without_decoration(folded)) || is_repetition(folded) || is_made_of_runs(folded);
}

}  // namespace waymark
