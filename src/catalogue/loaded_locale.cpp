#include "catalogue/loaded_locale.hpp"

#include "base/assert.hpp"
#include "catalogue/placeholders.hpp"

namespace waymark::catalogue {

LoadedLocale::LoadedLocale(LanguageFacts facts, Messages messages)
    : facts_(std::move(facts)), messages_(std::move(messages)), formatters_(facts_.icu, facts_.patterns) {}

const MessageText& LoadedLocale::message_named(std::string_view key) const {
  const auto found = messages_.find(key);
  if (found == messages_.end()) {
    assertion_failed(("locale key " + std::string(key) + " exists").c_str(), __FILE__, __LINE__);
  }
  return found->second;
}

std::string_view LoadedLocale::text(std::string_view key) const {
  const MessageText& message = message_named(key);
  if (!message.is_plain()) {
    assertion_failed(("locale key " + std::string(key) + " has no arguments").c_str(), __FILE__, __LINE__);
  }
  return message.plain();
}

std::string LoadedLocale::text(std::string_view key, Arguments arguments) const {
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
  constexpr std::string_view kMessage = "words.date.time_at_place";
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
