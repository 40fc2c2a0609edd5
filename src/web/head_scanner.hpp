// Finds where a request's head ends while its bytes still come in, and refuses early what can't become a head: a line
// that does not end in CR LF, and one that passes the limits.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string_view>

#include "web/refusal.hpp"

namespace waymark::web {

inline constexpr std::size_t kTargetBytesMax = 8 * 1024;
inline constexpr std::size_t kHeaderBytesMax = 32 * 1024;  // all header lines together
inline constexpr std::size_t kHeadersMax = 100;

class HeadScanner {
 public:
  // `bytes` begins at the request and holds at least what the last call held. Gives the head's size, its empty line
  // included, once it is whole. One empty line before the request is part of the head (RFC 9112, section 2.2).
  std::expected<std::optional<std::size_t>, Refusal> scan(std::string_view bytes);
  void reset() { *this = HeadScanner(); }

 private:
  std::optional<Refusal> check_limits(std::string_view bytes) const;

  std::size_t seen_ = 0;  // bytes that need no second look
  std::size_t line_begin_ = 0;
  std::size_t first_line_end_ = 0;  // 0: not whole yet
  std::size_t headers_ = 0;
  bool may_skip_empty_line_ = true;
};

}  // namespace waymark::web
