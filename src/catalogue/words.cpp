#include "catalogue/words.hpp"

#include <boost/json/value.hpp>
#include <stdexcept>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "catalogue/icu_text.hpp"
#include "catalogue/json_lines.hpp"
#include "catalogue/language_choice.hpp"
#include "catalogue/loaded_locale.hpp"
#include "catalogue/pseudo.hpp"

namespace waymark::catalogue {
namespace {

using Texts = std::map<std::string, std::string, std::less<>>;

// Collected, so that a translator sees all of them at once.
class Problems {
 public:
  void add(std::string_view file, std::string_view key, std::string_view reason) {
    if (!text_.empty()) text_ += '\n';
    text_ += std::string(file) + ": " + std::string(key) + ": " + std::string(reason);
  }
  void throw_if_any() const {
    if (!text_.empty()) throw std::runtime_error(text_);
  }

 private:
  std::string text_;
};

// Keys about the language, which no pseudo-language may change.
bool is_about_language(std::string_view key) {
  return key.starts_with("words.language.") || key.starts_with("words.pattern.");
}

std::string tag_of(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
  if (name.ends_with(".json")) name.remove_suffix(5);
  return std::string(name);
}

Texts read_texts(const Words::File& file, Problems& problems) {
  Texts texts;
  JsonSyntaxProblem wrong;
  const auto value = parse_json(file.content, wrong);
  if (!value || !value->is_object()) {
    const int line = value ? 1 : wrong.line;
    problems.add(file.path, std::to_string(line), value ? "one object of keys and texts is expected" : wrong.reason);
    return texts;
  }
  for (const auto& duplicate : JsonLines(file.content).duplicates()) {
    problems.add(file.path, duplicate.name, "stands twice (again in line " + std::to_string(duplicate.line) + ")");
  }
  for (const auto& member : value->get_object()) {
    const std::string key(member.key().data(), member.key().size());
    if (const auto* text = member.value().if_string())
      texts.emplace(key, std::string(text->data(), text->size()));
    else
      problems.add(file.path, key, "is not a text");
  }
  return texts;
}

LanguageFacts facts_of(const std::string& tag, const Texts& texts) {
  const auto said = [&](std::string_view key, std::string otherwise) {
    const auto found = texts.find(key);
    return found == texts.end() ? otherwise : found->second;
  };
  const std::string icu_tag = said("words.language.icu_locale", tag);
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale locale = icu::Locale::forLanguageTag(icu_tag, status);
  locale.setUnicodeKeywordValue("ca", "gregory", status);
  locale.setUnicodeKeywordValue("nu", "latn", status);
  require_icu(status, "language");
  icu::UnicodeString own_name;
  locale.getDisplayLanguage(locale, own_name);

  LanguageFacts facts{.tag = tag,
                      .own_name = said("words.language.own_name", to_utf8(own_name)),
                      .direction = said("words.language.direction", locale.isRightToLeft() != 0 ? "rtl" : "ltr"),
                      .icu = locale,
                      .patterns = {}};
  // Asking CLDR costs milliseconds, so only for what the file leaves out.
  std::optional<DatePatterns> usual;
  const auto pattern = [&](std::string_view key, std::string DatePatterns::* member) {
    if (const auto found = texts.find(key); found != texts.end()) return found->second;
    if (!usual) usual = usual_patterns(locale);
    return (*usual).*member;
  };
  facts.patterns.long_date = pattern("words.pattern.long_date", &DatePatterns::long_date);
  facts.patterns.short_date = pattern("words.pattern.short_date", &DatePatterns::short_date);
  facts.patterns.time = pattern("words.pattern.time", &DatePatterns::time);
  facts.patterns.short_date_time = pattern("words.pattern.short_date_time", &DatePatterns::short_date_time);
  return facts;
}

Messages parse_messages(std::string_view path, const icu::Locale& locale, const Texts& texts, Problems& problems) {
  Messages messages;
  messages.reserve(texts.size());
  for (const auto& [key, text] : texts) {
    if (is_about_language(key)) continue;
    try {
      messages.emplace(key, MessageText(locale, text));
    } catch (const std::invalid_argument& wrong) {
      problems.add(path, key, wrong.what());
    }
  }
  return messages;
}

std::string braced(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "{" : " {") + name + "}";
  return out.empty() ? "none" : out;
}

// One language as it stands in its file.
struct Source {
  std::string_view path;
  Texts texts;
  LanguageFacts facts;
  Messages messages;
};

void compare(const Source& english, const Source& translation, Problems& problems) {
  for (const auto& [key, text] : english.texts) {
    if (!translation.texts.contains(key)) problems.add(translation.path, key, "is missing: English has it");
  }
  for (const auto& [key, text] : translation.texts) {
    if (!english.texts.contains(key)) problems.add(translation.path, key, "is unknown: English lacks it");
  }
  for (const auto& [key, message] : translation.messages) {
    const auto original = english.messages.find(key);
    if (original == english.messages.end()) continue;
    const auto& names = message.argument_names();
    const auto& expected = original->second.argument_names();
    if (names == expected) continue;
    problems.add(translation.path, key, "has the placeholders " + braced(names) + "; English has " + braced(expected));
  }
}

Texts pseudo(const Texts& english, PseudoWay way) {
  Texts texts;
  for (const auto& [key, text] : english) {
    const bool is_name = key == "words.language.own_name";
    texts.emplace(key, is_about_language(key) && !is_name ? text : pseudo_message(text, way));
  }
  if (way == PseudoWay::right_to_left) texts["words.language.direction"] = "rtl";
  return texts;
}

}  // namespace

struct Words::Impl {
  std::map<std::string, std::unique_ptr<LoadedLocale>, std::less<>> by_tag;
  std::vector<const Locale*> listed;
};

Words::Words(std::span<const File> files, bool with_pseudo) : impl_(std::make_unique<Impl>()) {
  Problems problems;
  std::map<std::string, Source> sources;  // by tag
  for (const File& file : files) {
    const std::string tag = tag_of(file.path);
    Texts texts = read_texts(file, problems);
    LanguageFacts facts = facts_of(tag, texts);
    if (facts.direction != "ltr" && facts.direction != "rtl") {
      problems.add(file.path, "words.language.direction", "is neither \"ltr\" nor \"rtl\"");
    }
    Messages messages = parse_messages(file.path, facts.icu, texts, problems);
    Source source{file.path, std::move(texts), std::move(facts), std::move(messages)};
    if (!sources.emplace(tag, std::move(source)).second) problems.add(file.path, tag, "this language was given twice");
  }
  const auto english = sources.find("en");
  if (english == sources.end())
    throw std::runtime_error("locales/en.json: is missing: every other language rests on it");
  for (const auto& [tag, source] : sources) {
    if (tag != "en") compare(english->second, source, problems);
  }
  problems.throw_if_any();
  const Texts english_texts = english->second.texts;

  const auto keep = [this](const std::string& tag, LanguageFacts facts, Messages messages) {
    auto locale = std::make_unique<LoadedLocale>(std::move(facts), std::move(messages));
    return impl_->by_tag.emplace(to_ascii_lower(tag), std::move(locale)).first->second.get();
  };
  for (auto& [tag, source] : sources) {
    const Locale* locale = keep(tag, std::move(source.facts), std::move(source.messages));
    impl_->listed.insert(tag == "en" ? impl_->listed.begin() : impl_->listed.end(), locale);
  }
  if (!with_pseudo) return;
  for (const auto& [tag, way] : {std::pair("en-XA", PseudoWay::longer), std::pair("en-XB", PseudoWay::right_to_left)}) {
    const Texts texts = pseudo(english_texts, way);
    LanguageFacts facts = facts_of(tag, texts);
    Messages messages = parse_messages(tag, facts.icu, texts, problems);
    keep(tag, std::move(facts), std::move(messages));
  }
  problems.throw_if_any();
}

Words::~Words() = default;

const Locale* Words::find(std::string_view tag) const {
  const auto found = impl_->by_tag.find(to_ascii_lower(tag));
  return found == impl_->by_tag.end() ? nullptr : found->second.get();
}

const Locale& Words::english() const { return *impl_->listed.front(); }

const Locale& Words::choose(std::string_view chosen, std::string_view accept_language,
                            std::string_view fallback) const {
  const auto is_ours = [this](std::string_view tag) { return find(tag) != nullptr; };
  if (const auto tag = look_up_language(chosen, is_ours); !tag.empty()) return *find(tag);
  for (const std::string_view accepted : accepted_languages(accept_language)) {
    if (const auto tag = look_up_language(accepted, is_ours); !tag.empty()) return *find(tag);
  }
  if (const auto tag = look_up_language(fallback, is_ours); !tag.empty()) return *find(tag);
  return english();
}

std::vector<const Locale*> Words::list() const { return impl_->listed; }

std::vector<const Locale*> Words::list_all() const {
  std::vector<const Locale*> all;
  for (const auto& [tag, locale] : impl_->by_tag) all.push_back(locale.get());
  return all;
}

}  // namespace waymark::catalogue
