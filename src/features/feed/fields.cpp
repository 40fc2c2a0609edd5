#include "features/feed/fields.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace waymark::feed {
namespace {

namespace json = boost::json;

std::string_view as_text(const json::value& value, std::string_view field) {
  if (!value.is_string()) refuse_field(field, "bad_value");
  return value.get_string();
}

std::string tidied(std::string_view text, std::size_t length_max, std::string_view field) {
  if (!is_valid_utf8(text)) refuse_field(field, "bad_value");
  auto line = tidy_line(text);
  if (count_code_points(line) > length_max) refuse_field(field, "bad_value");
  return line;
}

std::string filled(std::string_view text, std::size_t length_max, std::string_view field) {
  auto line = tidied(text, length_max, field);
  if (line.empty()) refuse_field(field, "bad_value");
  return line;
}

cases::Texts to_texts(const json::value& value, std::string_view field) {
  if (!value.is_object()) refuse_field(field, "bad_value");
  cases::Texts texts;
  bool has_english = false;
  for (const auto& [language, text] : value.get_object()) {
    const std::string_view tag = language;
    const bool is_tag = !tag.empty() && tag.size() <= 35 && std::ranges::all_of(tag, [](char symbol) {
      return (symbol >= 'a' && symbol <= 'z') || (symbol >= 'A' && symbol <= 'Z') || symbol == '-' ||
             (symbol >= '0' && symbol <= '9');
    });
    if (!is_tag) refuse_field(field, "bad_value");
    has_english = has_english || tag == "en";
    texts.emplace_back(std::string(tag), filled(as_text(text, field), kTextLengthMax, field));
  }
  if (!has_english) refuse_field(field, "bad_value");
  std::ranges::sort(texts);
  return texts;
}

// A report must not repeat what somebody wrote where a name should be.
std::string shown_field_name(std::string_view name) {
  const bool looks_like_a_name = !name.empty() && name.size() <= 40 && std::ranges::all_of(name, [](char symbol) {
    return (symbol >= 'a' && symbol <= 'z') || symbol == '_';
  });
  return looks_like_a_name ? std::string(name) : std::string("?");
}

}  // namespace

void refuse_field(std::string_view field, std::string_view reason) {
  throw FieldProblem{std::string(field), std::string(reason)};
}

const json::value& Fields::take(std::string_view field) {
  const auto* value = object_.if_contains(field);
  if (value == nullptr) refuse_field(field, "missing_field");
  taken_.push_back(field);
  return *value;
}

std::string Fields::name(std::string_view field) {
  const auto text = as_text(take(field), field);
  const bool is_name = !text.empty() && text.size() <= kNameLengthMax &&
                       std::ranges::all_of(text, [](char symbol) { return symbol >= '!' && symbol <= '~'; });
  if (!is_name) refuse_field(field, "bad_value");
  return std::string(text);
}

std::int64_t Fields::positive(std::string_view field) {
  const auto& value = take(field);
  if (!value.is_int64() || value.get_int64() < 1) refuse_field(field, "bad_value");
  return value.get_int64();
}

std::string_view Fields::word(std::string_view field) { return as_text(take(field), field); }

std::string Fields::line(std::string_view field, std::size_t length_max) {
  return filled(word(field), length_max, field);
}

Date Fields::day(std::string_view field) {
  const auto date = parse_iso_date(word(field));
  if (!date) refuse_field(field, "bad_value");
  return *date;
}

std::optional<Date> Fields::maybe_day(std::string_view field) {
  return has(field) ? std::optional(day(field)) : std::nullopt;
}

Instant Fields::moment(std::string_view field) {
  const auto instant = parse_iso_instant(word(field));
  if (!instant) refuse_field(field, "bad_value");
  return *instant;
}

cases::Texts Fields::texts(std::string_view field) { return to_texts(take(field), field); }

std::vector<cases::Texts> Fields::list_of_texts(std::string_view field) {
  std::vector<cases::Texts> list;
  if (!has(field)) return list;
  const auto& value = take(field);
  if (!value.is_array() || value.get_array().size() > kItemsMax) refuse_field(field, "bad_value");
  for (const auto& item : value.get_array()) list.push_back(to_texts(item, field));
  return list;
}

std::vector<std::string> Fields::lines(std::string_view field, std::size_t count_max, std::size_t length_max) {
  const auto& value = take(field);
  if (!value.is_array()) refuse_field(field, "bad_value");
  const auto& array = value.get_array();
  if (array.empty() || array.size() > count_max) refuse_field(field, "bad_value");
  std::vector<std::string> lines;
  for (const auto& item : array) lines.push_back(filled(as_text(item, field), length_max, field));
  return lines;
}

const json::object& Fields::object(std::string_view field) {
  const auto& value = take(field);
  if (!value.is_object()) refuse_field(field, "bad_value");
  return value.get_object();
}

void Fields::finish() const {
  if (taken_.size() == object_.size()) return;
  for (const auto& [key, value] : object_) {
    if (std::ranges::find(taken_, std::string_view(key)) == taken_.end()) {
      refuse_field(shown_field_name(key), "unknown_field");
    }
  }
}

}  // namespace waymark::feed
