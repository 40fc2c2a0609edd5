#include "catalogue/message_pieces.hpp"

#include "base/assert.hpp"
#include "base/text.hpp"
#include "catalogue/icu_text.hpp"

namespace waymark::catalogue {
namespace {

enum class Within { message, plural };

class PieceReader {
 public:
  PieceReader(const icu::Locale& locale, const icu::MessagePattern& parsed, const icu::UnicodeString& text)
      : locale_(locale), parsed_(parsed), text_(text) {}

  // `start`: the part that begins the message.
  std::optional<Pieces> read(std::int32_t start, Within within) {
    Pieces pieces;
    icu::UnicodeString literal;
    const auto end_literal = [&] {
      if (!literal.isEmpty()) pieces.push_back({.literal = to_utf8(literal)});
      literal.remove();
    };
    const std::int32_t end = parsed_.getLimitPartIndex(start);
    std::int32_t at = parsed_.getPart(start).getLimit();
    for (std::int32_t i = start + 1; i <= end; ++i) {
      const auto& part = parsed_.getPart(i);
      literal.append(text_, at, part.getIndex() - at);
      at = part.getLimit();
      if (part.getType() == UMSGPAT_PART_TYPE_REPLACE_NUMBER) {
        end_literal();
        pieces.push_back({.is_count = true});
      } else if (part.getType() == UMSGPAT_PART_TYPE_ARG_START) {
        end_literal();
        auto placeholder = read_placeholder(i, within);
        if (!placeholder) return std::nullopt;
        pieces.push_back(std::move(*placeholder));
        i = parsed_.getLimitPartIndex(i);
        at = parsed_.getPart(i).getLimit();
      }
    }
    end_literal();
    return pieces;
  }

 private:
  std::optional<Piece> read_placeholder(std::int32_t start, Within within) {
    const auto type = parsed_.getPart(start).getArgType();
    Piece piece{.name = to_utf8(parsed_.getSubstring(parsed_.getPart(start + 1)))};
    if (type == UMSGPAT_ARG_TYPE_NONE) return piece;
    if (type != UMSGPAT_ARG_TYPE_PLURAL || within == Within::plural) return std::nullopt;
    piece.plural = read_plural(start);
    if (!piece.plural) return std::nullopt;
    return piece;
  }

  std::shared_ptr<const Plural> read_plural(std::int32_t start) {
    if (parsed_.getPart(start + 2).getType() != UMSGPAT_PART_TYPE_ARG_SELECTOR) return nullptr;  // an offset
    auto plural = std::make_shared<Plural>();
    const std::int32_t end = parsed_.getLimitPartIndex(start);
    for (std::int32_t i = start + 2; i < end; ++i) {
      auto selector = to_utf8(parsed_.getSubstring(parsed_.getPart(i)));
      while (parsed_.getPart(i).getType() != UMSGPAT_PART_TYPE_MSG_START) ++i;
      auto pieces = read(i, Within::plural);
      if (!pieces) return nullptr;
      plural->choices.push_back({std::move(selector), std::move(*pieces)});
      i = parsed_.getLimitPartIndex(i);
    }
    UErrorCode status = U_ZERO_ERROR;
    plural->rules.reset(icu::PluralRules::forLocale(locale_, status));
    require_icu(status, "plural rules");
    for (std::size_t count = 0; count < plural->of_small.size(); ++count) {
      plural->of_small[count] = static_cast<std::uint8_t>(plural->find(static_cast<std::int64_t>(count)));
    }
    return plural;
  }

  const icu::Locale& locale_;
  const icu::MessagePattern& parsed_;
  const icu::UnicodeString& text_;
};

}  // namespace

std::size_t Plural::find(std::int64_t count) const {
  const auto place_of = [&](std::string_view selector) {
    return static_cast<std::size_t>(std::ranges::find(choices, selector, &Choice::selector) - choices.begin());
  };
  if (const auto exact = place_of(fmt::format("={}", count)); exact < choices.size()) return exact;
  const auto ruled = place_of(to_utf8(rules->select(static_cast<double>(count))));
  return ruled < choices.size() ? ruled : place_of("other");  // ICU refuses a plural without it
}

const Pieces& Plural::pick(std::int64_t count) const {
  const bool is_small = count >= 0 && count < static_cast<std::int64_t>(of_small.size());
  return choices[is_small ? of_small[static_cast<std::size_t>(count)] : find(count)].pieces;
}

std::optional<Pieces> find_pieces(const icu::Locale& locale, const icu::MessagePattern& parsed,
                                  const icu::UnicodeString& text) {
  return PieceReader(locale, parsed, text).read(0, Within::message);
}

std::size_t size_of_literals(const Pieces& pieces) {
  std::size_t size = 0;
  for (const Piece& piece : pieces) {
    size += piece.literal.size();
    if (!piece.plural) continue;
    std::size_t longest = 0;
    for (const auto& choice : piece.plural->choices) longest = std::max(longest, size_of_literals(choice.pieces));
    size += longest;
  }
  return size;
}

const Argument& argument_named(std::span<const Argument> arguments, std::string_view name) {
  for (const Argument& argument : arguments) {
    if (argument.name == name) return argument;
  }
  assertion_failed(("message argument {" + std::string(name) + "} was not given").c_str(), __FILE__, __LINE__);
}

std::int64_t number_of(const Argument& argument) {
  if (const auto* number = std::get_if<std::int64_t>(&argument.value)) return *number;
  const auto parsed = parse_integer(std::get<std::string_view>(argument.value));
  WAYMARK_ASSERT(parsed.has_value());
  return *parsed;
}

void append_pieces(std::string& out, const Pieces& pieces, std::span<const Argument> arguments,
                   const std::function<std::string(std::int64_t)>& number, std::int64_t count) {
  for (const Piece& piece : pieces) {
    if (piece.is_count) {
      out += number(count);
    } else if (piece.name.empty()) {
      out += piece.literal;
    } else if (const Argument& argument = argument_named(arguments, piece.name); piece.plural) {
      const auto own_count = number_of(argument);
      append_pieces(out, piece.plural->pick(own_count), arguments, number, own_count);
    } else if (const auto* text = std::get_if<std::string_view>(&argument.value)) {
      out += *text;
    } else {
      out += number(std::get<std::int64_t>(argument.value));
    }
  }
}

}  // namespace waymark::catalogue
