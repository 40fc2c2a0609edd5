// A message as pieces to put together: literals, {name} placeholders, and plurals of those. ICU's own formatter takes
// 3 µs for a plural, and a dashboard has several.
#pragma once

#include <unicode/locid.h>
#include <unicode/messagepattern.h>
#include <unicode/plurrule.h>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "catalogue/words.hpp"

namespace waymark::catalogue {

struct Plural;

struct Piece {
  std::string literal{};
  std::string name{};                      // of a placeholder; empty: the literal
  std::shared_ptr<const Plural> plural{};  // of the placeholder
  bool is_count = false;                   // "#": the number of the plural around it
};
using Pieces = std::vector<Piece>;

struct Plural {
  struct Choice {
    std::string selector;  // "=0", "one", "other"
    Pieces pieces;
  };
  const Pieces& pick(std::int64_t count) const;
  std::size_t find(std::int64_t count) const;

  std::vector<Choice> choices;
  std::shared_ptr<const icu::PluralRules> rules;
  std::array<std::uint8_t, 100> of_small{};  // the choice for each small number
};

// The parsed message as pieces; nothing when it holds more than these (dates, select, offsets, plurals in plurals).
std::optional<Pieces> find_pieces(const icu::Locale& locale, const icu::MessagePattern& parsed,
                                  const icu::UnicodeString& text);

std::size_t size_of_literals(const Pieces& pieces);

// The argument of that name; it must be among them.
const Argument& argument_named(std::span<const Argument> arguments, std::string_view name);
// A number, also when it comes as text.
std::int64_t number_of(const Argument& argument);

void append_pieces(std::string& out, const Pieces& pieces, std::span<const Argument> arguments,
                   const std::function<std::string(std::int64_t)>& number, std::int64_t count = 0);

}  // namespace waymark::catalogue
