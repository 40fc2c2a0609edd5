// The strict gate: reads a request's head, whole and raw, into a Request, and refuses whatever two programs might read
// differently. There is no second parser behind it, so there is none to disagree with (docs/decisions).
#pragma once

#include <cstdint>
#include <expected>
#include <string_view>

#include "web/refusal.hpp"
#include "web/request.hpp"

namespace waymark::web {

// How the body is framed, and what follows it.
struct Framing {
  std::uint64_t content_length = 0;
  bool is_chunked = false;
  bool keeps_alive = true;
  bool expects_continue = false;

  bool has_body() const { return is_chunked || content_length > 0; }
};

// `head` is what HeadScanner found, the empty line included. Fills method, path, query and headers, and reuses what
// they hold already. After a refusal the request's content means nothing.
std::expected<Framing, Refusal> read_head(std::string_view head, Request& request);

}  // namespace waymark::web
