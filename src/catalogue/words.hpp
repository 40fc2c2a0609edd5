// The words of the interface by language: locales/en.json and its translations, ICU MessageFormat, checked when loaded.
// A key that English lacks is a broken promise; a key that a translation lacks stops the start (and fails a lint).
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace waymark::catalogue {

// A named argument of a message: text as it is (escaped only where it is written into a page), or a number for plurals.
struct Argument {
  std::string_view name;
  std::variant<std::string_view, std::int64_t> value;
};
using Arguments = std::initializer_list<Argument>;

// The name of a message: "web.nav.cases". It is looked up by its hash, which the compiler makes where the name is a
// literal; no two names of the files have the same (checked when they are loaded).
class MessageKey {
 public:
  template <std::size_t N>
  consteval MessageKey(const char (&literal)[N]) : MessageKey(std::string_view(literal, N - 1)) {}
  template <std::same_as<const char*> T>
  constexpr MessageKey(T text) : MessageKey(std::string_view(text)) {}
  constexpr MessageKey(const std::string& text) : MessageKey(std::string_view(text)) {}
  constexpr MessageKey(std::string_view text) : MessageKey(text, {}) {}
  // "overview.event." and "decided": many names end with an enumerator, which equals its text.
  constexpr MessageKey(std::string_view group, std::string_view name)
      : group_(group), name_(name), hash_(mixed(hash_of(name, hash_of(group, kBasis)))) {}

  std::string text() const { return std::string(group_).append(name_); }
  constexpr std::uint64_t hash() const { return hash_; }

 private:
  // FNV-1a, and a last mixing so that all its bits depend on all of the text's.
  static constexpr std::uint64_t kBasis = 0xCBF29CE484222325;
  static constexpr std::uint64_t hash_of(std::string_view text, std::uint64_t hash) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
    return hash;
  }
  static constexpr std::uint64_t mixed(std::uint64_t hash) {
    hash = (hash ^ (hash >> 32)) * 0x9E3779B97F4A7C15;
    return hash ^ (hash >> 29);
  }

  std::string_view group_, name_;
  std::uint64_t hash_;
};

// One of two names. Where both have the same length, `cond ? "a" : "b"` is no literal any more.
constexpr MessageKey either(bool is_first, MessageKey first, MessageKey second) { return is_first ? first : second; }

// One language. Immutable, shared by all threads; formatting is safe from several threads at once and costs about a
// microsecond (plain messages: a look-up; ICU formatters are cached by thread).
class Locale {
 public:
  virtual ~Locale() = default;
  virtual std::string_view tag() const = 0;        // "en", "es", "en-XA" (longer, accented), "en-XB" (right to left)
  virtual std::string_view own_name() const = 0;   // "Español"
  virtual std::string_view direction() const = 0;  // "ltr" or "rtl"

  // A message without arguments; the view lives as long as the program.
  virtual std::string_view text(MessageKey key) const = 0;
  virtual std::string text(MessageKey key, Arguments arguments) const = 0;
  virtual std::string text(const Message& message) const = 0;
  virtual bool has(MessageKey key) const = 0;

  // "Friday, 18 December 2026" / "viernes, 18 de diciembre de 2026".
  virtual std::string long_date(Date date) const = 0;
  virtual std::string short_date(Date date) const = 0;  // "18 Dec 2026"
  // "Tuesday, 8 December 2026, 9:40 am (New York time)"; zone is an IANA name; the city comes from the zone.
  virtual std::string long_date_time(Instant at, std::string_view zone) const = 0;
  virtual std::string short_date_time(Instant at, std::string_view zone) const = 0;  // "Tue 8 Dec, 9:40 am"
  virtual std::string time(Instant at, std::string_view zone) const = 0;             // "9:40 am"
  virtual std::string zone_place(std::string_view zone) const = 0;                   // "New York"
  // "today", "yesterday", "3 days ago", "in 25 days", then a date: whole days of the zone.
  virtual std::string relative_day(Instant at, Instant now, std::string_view zone) const = 0;
  virtual std::string relative_day(Date day, Date today) const = 0;
  virtual std::string duration(std::chrono::seconds time) const = 0;  // "15 minutes", "1 hour 10 minutes", "40 seconds"
  virtual std::string number(std::int64_t value) const = 0;
  virtual std::string list(std::span<const std::string> items) const = 0;  // "a, b and c"
};

class Words {
 public:
  struct File {
    std::string_view path;  // "locales/es.json": names the language
    std::string_view content;
  };
  // Throws std::runtime_error naming file, key and reason. `with_pseudo` adds en-XA and en-XB, made from English.
  Words(std::span<const File> files, bool with_pseudo);
  ~Words();

  // Never null for "en".
  const Locale* find(std::string_view tag) const;
  const Locale& english() const;
  // What the person chose, else the best of the browser's Accept-Language, else `fallback`.
  const Locale& choose(std::string_view chosen, std::string_view accept_language, std::string_view fallback) const;
  std::vector<const Locale*> list() const;  // without the pseudo ones, English first
  std::vector<const Locale*> list_all() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The calendar day and the hour of a moment in a place's zone (ICU).
Date day_in_zone(Instant at, std::string_view zone);
int hour_in_zone(Instant at, std::string_view zone);
// The moment of a local day and time of day in a zone.
Instant instant_in_zone(Date day, int hour, int minute, std::string_view zone);
bool is_time_zone(std::string_view zone);

}  // namespace waymark::catalogue
