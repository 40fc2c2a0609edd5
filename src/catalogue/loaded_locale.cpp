#include "catalogue/loaded_locale.hpp"

#include <stdexcept>

#include "base/assert.hpp"
#include "catalogue/placeholders.hpp"

namespace waymark::catalogue {

LoadedLocale::LoadedLocale(LanguageFacts facts, Messages messages)
    : facts_(std::move(facts)), formatters_(facts_.icu, facts_.patterns) {
  messages_.reserve(messages.size());
  for (auto& [key, message] : messages) {
    if (!messages_.emplace(MessageKey(key).hash(), std::move(message)).second)
      throw std::runtime_error(facts_.tag + ": " + key + ": has the hash of another name; give it a new one");
  }
}

const MessageText& LoadedLocale::message_named(MessageKey key) const {
  const auto found = messages_.find(key.hash());
  if (found == messages_.end()) {
    assertion_failed(("locale key " + key.text() + " exists").c_str(), __FILE__, __LINE__);
  }
  return found->second;
}

std::string_view LoadedLocale::text(MessageKey key) const {
  const MessageText& message = message_named(key);
  if (!message.is_plain()) {
    assertion_failed(("locale key " + key.text() + " has no arguments").c_str(), __FILE__, __LINE__);
  }
  return message.plain();
}

std::string LoadedLocale::text(MessageKey key, Arguments arguments) const {
  return format(message_named(key), {arguments.begin(), arguments.size()});
}

std::string LoadedLocale::text(const Message& message) const {
  std::vector<Argument> arguments;
  arguments.reserve(message.arguments.size());
  for (const MessageArgument& argument : message.arguments) {
    arguments.push_back({argument.name, std::string_view(argument.value)});
  }
  return format(message_named(message.key), arguments);
}

std::string LoadedLocale::format(const MessageText& message, std::span<const Argument> arguments) const {
  return message.format(arguments, [this](std::int64_t value) { return formatters_.number(value); });
}

std::string LoadedLocale::long_date_time(Instant at, std::string_view zone) const {
  constexpr MessageKey kMessage = "words.date.time_at_place";
  const std::string date = formatters_.long_date(at, zone);
  const std::string time = formatters_.time(at, zone);
  const std::string place = formatters_.zone_place(zone);
  if (!has(kMessage)) return date + ", " + time + " (" + place + ")";
  return text(kMessage,
              {{"date", std::string_view(date)}, {"time", std::string_view(time)}, {"place", std::string_view(place)}});
}

std::string LoadedLocale::short_date_time(Instant at, std::string_view zone) const {
  return formatters_.short_date_time(at, zone);
}

std::string LoadedLocale::relative_day(Instant at, Instant now, std::string_view zone) const {
  return formatters_.relative_day(day_in_zone(at, zone), day_in_zone(now, zone));
}

std::span<const std::string> placeholders_of(const Locale& locale, std::string_view key) {
  return dynamic_cast<const LoadedLocale&>(locale).argument_names(key);  // there is no other
}

}  // namespace waymark::catalogue
