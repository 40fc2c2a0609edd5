// One message of a locale file, parsed once: most are plain or hold only {name} placeholders and are put together here;
// those with plural or select go to ICU.
#pragma once

#include <unicode/locid.h>
#include <unicode/msgfmt.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/words.hpp"

namespace waymark::catalogue {

class MessageText {
 public:
  // Throws std::invalid_argument with the reason and the place when the text is not ICU MessageFormat.
  MessageText(const icu::Locale& locale, std::string_view pattern);

  bool is_plain() const { return !icu_ && pieces_.size() <= 1 && argument_names_.empty(); }
  std::string_view plain() const { return pieces_.empty() ? std::string_view{} : std::string_view(pieces_[0].literal); }
  const std::vector<std::string>& argument_names() const { return argument_names_; }  // sorted, each once

  // `number` writes a number argument of a {name} placeholder. Every placeholder must be among the arguments. Safe from
  // several threads.
  std::string format(std::span<const Argument> arguments, const std::function<std::string(std::int64_t)>& number) const;

 private:
  struct Piece {
    std::string literal;
    std::string name;  // of a placeholder; empty: the literal
  };
  std::string format_by_icu(std::span<const Argument> arguments) const;

  std::vector<Piece> pieces_;
  std::vector<std::string> argument_names_;
  std::vector<std::string> number_names_;  // those that ICU needs as numbers, also when they come as text
  std::shared_ptr<const icu::MessageFormat> icu_;
  std::uint64_t cache_id_ = 0;  // never used twice in a process: names the thread's own copy
};

}  // namespace waymark::catalogue
