#include "catalogue/catalogue.hpp"

#include "base/text.hpp"

namespace waymark::catalogue {
namespace {

// What phones and word processors put for a blank or a dash: no-break spaces (U+00A0, U+202F), dashes (U+2010 to
// U+2015).
constexpr std::string_view kSeparators[] = {"\u00A0", "\u202F", "\u2010", "\u2011", "\u2012", "\u2013",
                                            "\u2014", "\u2015", " ",      "\t",     "-"};

template <typename T, typename Key, typename Name>
const T* find_by(const std::vector<T>& all, const Key& key, Name name) {
  const auto found = std::ranges::find(all, key, name);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::string_view Translated::in(std::string_view language) const {
  if (const auto found = by_language.find(language); found != by_language.end()) return found->second;
  const auto primary = by_language.find(language.substr(0, language.find('-')));
  if (primary != by_language.end()) return primary->second;
  const auto english = by_language.find("en");
  return english == by_language.end() ? std::string_view{} : std::string_view(english->second);
}

const Stage* Form::find_stage(std::string_view name) const { return find_by(stages, name, &Stage::name); }

int Form::count_steps() const { return static_cast<int>(std::ranges::count(stages, false, &Stage::is_detour)); }

int Form::step_of(std::string_view stage) const {
  int step = 0;
  for (const Stage& one : stages) {
    if (!one.is_detour) ++step;
    if (one.name == stage) return std::max(step, 1);
  }
  return 0;
}

const Form* Catalogue::find_form(std::string_view number) const { return find_by(forms_, number, &Form::number); }

const Place* Catalogue::find_place(std::string_view id) const { return find_by(places_, id, &Place::id); }

const HelpArticle* Catalogue::find_help_article(std::string_view name) const {
  return find_by(help_articles_, name, &HelpArticle::name);
}

bool is_receipt_number(std::string_view text) {
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return text.size() == 13 && std::ranges::all_of(text.substr(0, 3), is_letter) &&
         std::ranges::all_of(text.substr(3), is_digit);
}

std::optional<std::string> parse_receipt_number(std::string_view typed) {
  constexpr std::size_t kTypedMax = 100;
  if (typed.size() > kTypedMax) return std::nullopt;
  std::string number;
  while (!typed.empty()) {
    const auto* separator =
        std::ranges::find_if(kSeparators, [&](std::string_view text) { return typed.starts_with(text); });
    if (separator != std::end(kSeparators)) {
      typed.remove_prefix(separator->size());
      continue;
    }
    const char c = typed.front();
    number += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    typed.remove_prefix(1);
  }
  if (!is_receipt_number(number)) return std::nullopt;
  return number;
}

}  // namespace waymark::catalogue
