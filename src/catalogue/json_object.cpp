#include "catalogue/json_object.hpp"

#include "base/text.hpp"

namespace waymark::catalogue {
namespace {

std::string own(const boost::json::string& text) { return {text.data(), text.size()}; }

bool is_language(std::string_view tag) {
  const std::size_t dash = tag.find('-');
  const std::string_view primary = tag.substr(0, dash);
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  return (primary.size() == 2 || primary.size() == 3) && std::ranges::all_of(primary, is_lower) &&
         (dash == std::string_view::npos || tag.size() - dash > 2);
}

// Paragraphs are parted by a blank line; the items of one list stand together.
std::string join_paragraphs(const boost::json::array& paragraphs) {
  std::string out;
  bool was_item = false;
  for (const auto& paragraph : paragraphs) {
    const auto* text = paragraph.if_string();
    if (text == nullptr) return {};
    const bool is_item = std::string_view(text->data(), text->size()).starts_with("- ");
    if (!out.empty()) out += is_item && was_item ? "\n" : "\n\n";
    out += own(*text);
    was_item = is_item;
  }
  return out;
}

}  // namespace

void ProblemSink::add(std::string_view pointer, std::string reason) {
  add_at_line(lines_.line_of(pointer), std::move(reason));
}

void ProblemSink::add_at_line(int line, std::string reason) { problems_.push_back({file_, line, std::move(reason)}); }

JsonObject::JsonObject(const boost::json::value& value, std::string pointer, std::string what, ProblemSink& sink)
    : object_(value.if_object()), pointer_(std::move(pointer)), what_(std::move(what)), sink_(&sink) {
  if (object_ == nullptr) problem("", "an object is expected");
}

bool JsonObject::has(std::string_view key) const {
  return object_ != nullptr && object_->contains({key.data(), key.size()});
}

std::string JsonObject::pointer_to(std::string_view key) const {
  return key.empty() ? pointer_ : pointer_ + "/" + std::string(key);
}

void JsonObject::problem(std::string_view key, std::string reason) {
  std::string text = what_.empty() ? "" : what_ + ": ";
  if (!key.empty()) text += std::string(key) + " ";
  sink_->add(pointer_to(key), text + std::move(reason));
}

const boost::json::value* JsonObject::member(std::string_view key, bool is_required) {
  asked_.emplace(key);
  if (object_ == nullptr) return nullptr;
  const auto* value = object_->if_contains({key.data(), key.size()});
  if (value == nullptr && is_required) problem(key, "is missing");
  return value;
}

std::string JsonObject::text(std::string_view key) {
  const auto* value = member(key, true);
  if (value == nullptr) return {};
  if (const auto* text = value->if_string()) {
    if (!trim({text->data(), text->size()}).empty()) return own(*text);
    problem(key, "is empty");
    return {};
  }
  problem(key, "is not a text");
  return {};
}

std::string JsonObject::text_or(std::string_view key, std::string_view otherwise) {
  return member(key, false) == nullptr ? std::string(otherwise) : text(key);
}

bool JsonObject::flag_or(std::string_view key, bool otherwise) {
  const auto* value = member(key, false);
  if (value == nullptr) return otherwise;
  if (const bool* flag = value->if_bool()) return *flag;
  problem(key, "is neither true nor false");
  return otherwise;
}

std::vector<std::string> JsonObject::texts(std::string_view key) {
  std::vector<std::string> out;
  const auto* value = member(key, true);
  if (value == nullptr) return out;
  const auto* array = value->if_array();
  if (array == nullptr || array->empty()) {
    problem(key, "is not a list of at least one text");
    return out;
  }
  for (const auto& item : *array) {
    const auto* text = item.if_string();
    if (text == nullptr || text->empty())
      problem(key, "holds something that is not a text");
    else if (std::ranges::find(out, own(*text)) != out.end())
      problem(key, "holds \"" + own(*text) + "\" twice");
    else
      out.push_back(own(*text));
  }
  return out;
}

Translated JsonObject::translated(std::string_view key) { return read_translated(key, true, false); }
Translated JsonObject::translated_or_none(std::string_view key) { return read_translated(key, false, false); }
Translated JsonObject::prose(std::string_view key) { return read_translated(key, true, true); }

Translated JsonObject::read_translated(std::string_view key, bool is_required, bool is_prose) {
  Translated translated;
  const auto* value = member(key, is_required);
  if (value == nullptr) return translated;
  const auto* object = value->if_object();
  if (object == nullptr) {
    problem(key, "is not an object of texts by language");
    return translated;
  }
  for (const auto& entry : *object) {
    const std::string language(entry.key().data(), entry.key().size());
    std::string text;
    if (const auto* array = entry.value().if_array(); array != nullptr && is_prose) text = join_paragraphs(*array);
    if (const auto* single = entry.value().if_string(); single != nullptr && !is_prose) text = own(*single);
    if (!is_language(language)) {
      problem(std::string(key) + "/" + language, "is not a language");
    } else if (trim(text).empty()) {
      problem(std::string(key) + "/" + language, is_prose ? "is not a list of paragraphs" : "is not a text");
    } else {
      translated.by_language.emplace(language, std::move(text));
    }
  }
  if (!object->contains("en")) problem(key, "has no English text");
  return translated;
}

std::vector<JsonObject> JsonObject::objects(std::string_view key) {
  std::vector<JsonObject> out;
  const auto* value = member(key, true);
  if (value == nullptr) return out;
  const auto* array = value->if_array();
  if (array == nullptr || array->empty()) {
    problem(key, "is not a list of at least one object");
    return out;
  }
  for (std::size_t i = 0; i < array->size(); ++i) {
    out.emplace_back((*array)[i], pointer_to(key) + "/" + std::to_string(i), std::string(key), *sink_);
  }
  return out;
}

std::map<std::string, std::string> JsonObject::text_map_or_none(std::string_view key) {
  std::map<std::string, std::string> out;
  const auto* value = member(key, false);
  if (value == nullptr) return out;
  const auto* object = value->if_object();
  if (object == nullptr) {
    problem(key, "is not an object of texts");
    return out;
  }
  for (const auto& entry : *object) {
    const std::string name(entry.key().data(), entry.key().size());
    if (const auto* text = entry.value().if_string())
      out.emplace(name, own(*text));
    else
      problem(std::string(key) + "/" + name, "is not a text");
  }
  return out;
}

void JsonObject::refuse_unknown() {
  if (object_ == nullptr) return;
  for (const auto& entry : *object_) {
    const std::string name(entry.key().data(), entry.key().size());
    if (!asked_.contains(name)) problem(name, "is unknown here");
  }
}

std::vector<JsonObject> objects_of_array(const boost::json::value& value, std::string_view what, ProblemSink& sink) {
  std::vector<JsonObject> out;
  const auto* array = value.if_array();
  if (array == nullptr) {
    sink.add("", "a list of objects is expected");
    return out;
  }
  for (std::size_t i = 0; i < array->size(); ++i) {
    out.emplace_back((*array)[i], "/" + std::to_string(i), std::string(what), sink);
  }
  return out;
}

}  // namespace waymark::catalogue
