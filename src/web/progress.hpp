// What a connection is doing, since when, and whether that takes too long. Looked at by a sweep once in a while, so
// that no operation needs a timer of its own.
#pragma once

#include <chrono>
#include <cstdint>

#include "web/server.hpp"

namespace waymark::web {

enum class Phase : std::uint8_t {
  handshaking,
  fresh,  // before the first byte of the first request
  idle,   // between two requests
  reading_head,
  reading_body,
  handling,  // the handler's time is its own business
  writing,
  lingering,  // our last word is said
};

struct Progress {
  Phase phase = Phase::reading_head;
  std::chrono::steady_clock::time_point since{};
  std::uint64_t bytes = 0;  // moved in this phase; counted for bodies and answers
};

bool is_overdue(const Progress& progress, std::chrono::steady_clock::time_point now, const ServerOptions& options);
// How often the sweep must look, for limits to be kept to about a tenth.
std::chrono::milliseconds sweep_period(const ServerOptions& options);

}  // namespace waymark::web
