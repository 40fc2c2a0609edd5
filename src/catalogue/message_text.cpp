#include "catalogue/message_text.hpp"

#include <unicode/messagepattern.h>

#include <atomic>
#include <unordered_map>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "catalogue/icu_text.hpp"

namespace waymark::catalogue {
namespace {

std::atomic<std::uint64_t> last_cache_id{0};

icu::MessagePattern parse_pattern(const icu::UnicodeString& pattern) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError place{};
  icu::MessagePattern parsed(UMSGPAT_APOS_DOUBLE_OPTIONAL, status);
  parsed.parse(pattern, &place, status);
  if (U_FAILURE(status)) {
    throw std::invalid_argument(std::string("not ICU MessageFormat (") + u_errorName(status) + ") near \"" +
                                to_utf8(icu::UnicodeString(place.preContext)) + "\"");
  }
  return parsed;
}

// As most messages have them: each once.
std::size_t size_of_arguments(std::span<const Argument> arguments) {
  constexpr std::size_t kDigits = 6;
  std::size_t size = 0;
  for (const Argument& argument : arguments) {
    const auto* text = std::get_if<std::string_view>(&argument.value);
    size += text != nullptr ? text->size() : kDigits;
  }
  return size;
}

void keep_each_once(std::vector<std::string>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

}  // namespace

MessageText::MessageText(const icu::Locale& locale, std::string_view pattern) {
  if (pattern.find_first_of("{}'") == std::string_view::npos) {
    pieces_.push_back({.literal = std::string(pattern)});
    note_if_plain();
    return;
  }
  const icu::UnicodeString text = to_icu(pattern);
  const icu::MessagePattern parsed = parse_pattern(text);
  for (std::int32_t i = 0; i < parsed.countParts(); ++i) {
    const auto& part = parsed.getPart(i);
    if (part.getType() != UMSGPAT_PART_TYPE_ARG_START) continue;
    argument_names_.push_back(to_utf8(parsed.getSubstring(parsed.getPart(i + 1))));
    if (part.getArgType() != UMSGPAT_ARG_TYPE_NONE && part.getArgType() != UMSGPAT_ARG_TYPE_SELECT) {
      number_names_.push_back(argument_names_.back());
    }
  }
  keep_each_once(argument_names_);
  keep_each_once(number_names_);
  if (auto pieces = find_pieces(locale, parsed, text)) {
    pieces_ = std::move(*pieces);
    literal_size_ = size_of_literals(pieces_);
    note_if_plain();
    return;
  }

  UErrorCode status = U_ZERO_ERROR;
  icu_ = std::make_shared<const icu::MessageFormat>(text, locale, status);
  if (U_FAILURE(status)) throw std::invalid_argument(std::string("not ICU MessageFormat: ") + u_errorName(status));
  cache_id_ = ++last_cache_id;
}

void MessageText::note_if_plain() {
  is_plain_ = pieces_.size() <= 1 && argument_names_.empty();
  if (is_plain_ && !pieces_.empty()) plain_ = pieces_[0].literal;
}

std::string MessageText::format(std::span<const Argument> arguments,
                                const std::function<std::string(std::int64_t)>& number) const {
  if (icu_) return format_by_icu(arguments);
  std::string out;
  out.reserve(literal_size_ + size_of_arguments(arguments));
  append_pieces(out, pieces_, arguments, number);
  return out;
}

std::string MessageText::format_by_icu(std::span<const Argument> arguments) const {
  // A MessageFormat may be used by one thread at a time; a copy costs far more than a use.
  thread_local std::unordered_map<std::uint64_t, std::unique_ptr<icu::MessageFormat>> own_copies;
  auto& copy = own_copies[cache_id_];
  if (!copy) copy.reset(icu_->clone());

  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const std::string& name : argument_names_) {
    const Argument& argument = argument_named(arguments, name);
    names.push_back(to_icu(name));
    const bool is_number = std::holds_alternative<std::int64_t>(argument.value) ||
                           std::binary_search(number_names_.begin(), number_names_.end(), name);
    if (is_number) {
      values.emplace_back(number_of(argument));
    } else {
      values.emplace_back(to_icu(std::get<std::string_view>(argument.value)));
    }
  }
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString out;
  copy->format(names.data(), values.data(), static_cast<std::int32_t>(names.size()), out, status);
  require_icu(status, "message could not be put together");
  return to_utf8(out);
}

}  // namespace waymark::catalogue
