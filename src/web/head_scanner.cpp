#include "web/head_scanner.hpp"

#include <cstring>

namespace waymark::web {

namespace {

// Method, blanks and version beside the target.
constexpr std::size_t kRequestLineBytesMax = kTargetBytesMax + 64;

}  // namespace

std::optional<Refusal> HeadScanner::check_limits(std::string_view bytes) const {
  if (first_line_end_ == 0) {
    if (bytes.size() > kRequestLineBytesMax) return Refusal{414, RefusalReason::target_size};
    return std::nullopt;
  }
  if (headers_ > kHeadersMax) return Refusal{431, RefusalReason::header_size};
  if (bytes.size() - first_line_end_ > kHeaderBytesMax + 2) return Refusal{431, RefusalReason::header_size};
  return std::nullopt;
}

std::expected<std::optional<std::size_t>, Refusal> HeadScanner::scan(std::string_view bytes) {
  while (seen_ < bytes.size()) {
    const void* found = std::memchr(bytes.data() + seen_, '\n', bytes.size() - seen_);
    if (found == nullptr) {
      seen_ = bytes.size();
      break;
    }
    const auto line_end = static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
    seen_ = line_end + 1;
    if (line_end == line_begin_ || bytes[line_end - 1] != '\r') {
      return std::unexpected(Refusal{400, first_line_end_ == 0 ? RefusalReason::request_line : RefusalReason::header});
    }
    const bool is_empty = line_end - line_begin_ == 1;
    line_begin_ = seen_;
    if (first_line_end_ == 0) {
      if (is_empty && may_skip_empty_line_) {
        may_skip_empty_line_ = false;
        continue;
      }
      if (is_empty) return std::unexpected(Refusal{400, RefusalReason::request_line});
      if (const auto refusal = check_limits(bytes.substr(0, seen_))) return std::unexpected(*refusal);
      first_line_end_ = seen_;
      continue;
    }
    if (!is_empty) ++headers_;
    if (const auto refusal = check_limits(bytes.substr(0, seen_))) return std::unexpected(*refusal);
    if (is_empty) return seen_;
  }
  if (const auto refusal = check_limits(bytes)) return std::unexpected(*refusal);
  return std::nullopt;
}

}  // namespace waymark::web
