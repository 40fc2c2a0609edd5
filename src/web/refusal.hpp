// What the server refuses by itself, before a handler runs: the status, and why, for the metrics.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace waymark::web {

enum class RefusalReason : std::uint8_t {
  request_line,
  method,
  version,
  target,
  target_size,
  host,
  header,
  header_size,
  framing,
  expectation,
  body_size,
  slow,
  overload,
  connections,
  handshake,
};
inline constexpr std::size_t kRefusalReasons = 15;

// The metrics' label: "target_size".
std::string_view to_text(RefusalReason reason);

struct Refusal {
  int status = 400;
  RefusalReason reason = RefusalReason::request_line;
};

}  // namespace waymark::web
