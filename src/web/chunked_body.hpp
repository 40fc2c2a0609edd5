// Reads a chunked body as its bytes come in. Extensions and trailers are checked and dropped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "web/refusal.hpp"

namespace waymark::web {

inline constexpr std::size_t kChunkExtensionBytesMax = 8 * 1024;  // of all chunks together

class ChunkedBody {
 public:
  explicit ChunkedBody(std::size_t body_bytes_max) : body_bytes_max_(body_bytes_max) {}

  // Appends the data in `bytes` to `body` and says how many bytes were used: all of them until is_done(); what stands
  // behind that belongs to the next request. Refuses every byte out of its place with 400, too much data with 413.
  std::expected<std::size_t, Refusal> feed(std::string_view bytes, std::string& body);
  // So many bytes were taken out of `body` meanwhile; they count as before.
  void took(std::size_t bytes) { taken_ += bytes; }
  bool is_done() const { return state_ == State::done; }

 private:
  enum class State : std::uint8_t {
    size,
    extension,
    quoted,
    quoted_escape,
    size_line_feed,
    data,
    data_return,
    data_line_feed,
    trailer_begin,
    trailer_name,
    trailer_value,
    trailer_line_feed,
    last_line_feed,
    done,
  };
  std::optional<Refusal> step(char byte, std::size_t body_size);
  std::optional<Refusal> step_size(char byte);
  std::optional<Refusal> step_extension(char byte);
  std::optional<Refusal> step_trailer(char byte);

  std::size_t body_bytes_max_;
  State state_ = State::size;
  std::uint64_t left_in_chunk_ = 0;
  unsigned size_digits_ = 0;
  std::size_t extension_bytes_ = 0;
  std::size_t trailer_bytes_ = 0;
  std::size_t taken_ = 0;
};

}  // namespace waymark::web
