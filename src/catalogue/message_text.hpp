// One message of a locale file, parsed once: most are put together from pieces; what those can't say (select, say) goes
// to ICU.
#pragma once

#include <unicode/msgfmt.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/message_pieces.hpp"

namespace waymark::catalogue {

class MessageText {
 public:
  MessageText(MessageText&&) = default;
  MessageText& operator=(MessageText&&) = default;
  // Throws std::invalid_argument with the reason and the place when the text is not ICU MessageFormat.
  MessageText(const icu::Locale& locale, std::string_view pattern);

  bool is_plain() const { return is_plain_; }
  std::string_view plain() const { return plain_; }
  const std::vector<std::string>& argument_names() const { return argument_names_; }  // sorted, each once

  // `number` writes a number argument of a {name} placeholder. Every placeholder must be among the arguments. Safe from
  // several threads.
  std::string format(std::span<const Argument> arguments, const std::function<std::string(std::int64_t)>& number) const;

 private:
  void note_if_plain();
  std::string format_by_icu(std::span<const Argument> arguments) const;

  std::string_view plain_{};  // where it is plain: into pieces_, whose places stay when this is moved
  Pieces pieces_;
  bool is_plain_ = false;
  std::size_t literal_size_ = 0;  // of its pieces, in bytes; of a plural's choices the longest
  std::vector<std::string> argument_names_;
  std::vector<std::string> number_names_;  // those that ICU needs as numbers, also when they come as text
  std::shared_ptr<const icu::MessageFormat> icu_;
  std::uint64_t cache_id_ = 0;  // never used twice in a process: names the thread's own copy
};

}  // namespace waymark::catalogue
