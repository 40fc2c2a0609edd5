// One language's words in memory.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "catalogue/formatters.hpp"
#include "catalogue/message_text.hpp"
#include "catalogue/words.hpp"

namespace waymark::catalogue {

struct TextHash {
  using is_transparent = void;
  using is_avalanching = void;
  std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};
// As they stand in a file, by name.
using Messages = boost::unordered_flat_map<std::string, MessageText, TextHash, std::equal_to<>>;

struct HashOfKey {
  using is_avalanching = void;
  std::size_t operator()(std::uint64_t hash) const noexcept { return hash; }
};

// What a locale file says about its language itself (words.language.…, words.pattern.…); what it leaves out is CLDR's.
struct LanguageFacts {
  std::string tag;
  std::string own_name;
  std::string direction;
  icu::Locale icu;
  DatePatterns patterns;
};

class LoadedLocale final : public Locale {
 public:
  // Throws std::runtime_error when two names have the same hash.
  LoadedLocale(LanguageFacts facts, Messages messages);

  std::string_view tag() const override { return facts_.tag; }
  std::string_view own_name() const override { return facts_.own_name; }
  std::string_view direction() const override { return facts_.direction; }
  std::string_view text(MessageKey key) const override;
  std::string text(MessageKey key, Arguments arguments) const override;
  std::string text(const Message& message) const override;
  bool has(MessageKey key) const override { return messages_.contains(key.hash()); }
  std::span<const std::string> argument_names(MessageKey key) const { return message_named(key).argument_names(); }
  std::string long_date(Date date) const override { return formatters_.long_date(date); }
  std::string short_date(Date date) const override { return formatters_.short_date(date); }
  std::string long_date_time(Instant at, std::string_view zone) const override;
  std::string short_date_time(Instant at, std::string_view zone) const override;
  std::string time(Instant at, std::string_view zone) const override { return formatters_.time(at, zone); }
  std::string zone_place(std::string_view zone) const override { return formatters_.zone_place(zone); }
  std::string relative_day(Instant at, Instant now, std::string_view zone) const override;
  std::string relative_day(Date day, Date today) const override { return formatters_.relative_day(day, today); }
  std::string duration(std::chrono::seconds time) const override { return formatters_.duration(time); }
  std::string number(std::int64_t value) const override { return formatters_.number(value); }
  std::string list(std::span<const std::string> items) const override { return formatters_.list(items); }

 private:
  const MessageText& message_named(MessageKey key) const;
  std::string format(const MessageText& message, std::span<const Argument> arguments) const;

  LanguageFacts facts_;
  boost::unordered_flat_map<std::uint64_t, MessageText, HashOfKey> messages_;  // by MessageKey::hash
  Formatters formatters_;
};

}  // namespace waymark::catalogue
