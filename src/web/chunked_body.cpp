#include "web/chunked_body.hpp"

#include <algorithm>

#include "web/head_scanner.hpp"
#include "web/http_syntax.hpp"

namespace waymark::web {

namespace {

constexpr Refusal kBadFraming{400, RefusalReason::framing};
// Enough for any body that a limit allows, and too few to overflow.
constexpr unsigned kSizeDigitsMax = 15;

bool is_extension_byte(char byte) { return byte == '\t' || (byte >= 0x20 && byte <= 0x7e); }

}  // namespace

std::expected<std::size_t, Refusal> ChunkedBody::feed(std::string_view bytes, std::string& body) {
  std::size_t used = 0;
  while (used < bytes.size() && state_ != State::done) {
    if (state_ == State::data) {
      const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_in_chunk_, bytes.size() - used));
      body.append(bytes.substr(used, size));
      used += size;
      left_in_chunk_ -= size;
      if (left_in_chunk_ == 0) state_ = State::data_return;
      continue;
    }
    if (const auto refusal = step(bytes[used], taken_ + body.size())) return std::unexpected(*refusal);
    ++used;
  }
  return used;
}

std::optional<Refusal> ChunkedBody::step(char byte, std::size_t body_size) {
  switch (state_) {
    case State::size:
      return step_size(byte);
    case State::extension:
    case State::quoted:
    case State::quoted_escape:
      return step_extension(byte);
    case State::size_line_feed:
      if (byte != '\n') return kBadFraming;
      if (left_in_chunk_ > body_bytes_max_ - std::min(body_size, body_bytes_max_)) {
        return Refusal{413, RefusalReason::body_size};
      }
      state_ = left_in_chunk_ == 0 ? State::trailer_begin : State::data;
      size_digits_ = 0;
      return std::nullopt;
    case State::data_return:
      if (byte != '\r') return kBadFraming;
      state_ = State::data_line_feed;
      return std::nullopt;
    case State::data_line_feed:
      if (byte != '\n') return kBadFraming;
      state_ = State::size;
      return std::nullopt;
    case State::data:
    case State::done:
      return std::nullopt;
    case State::trailer_begin:
    case State::trailer_name:
    case State::trailer_value:
    case State::trailer_line_feed:
    case State::last_line_feed:
      return step_trailer(byte);
  }
  return kBadFraming;
}

std::optional<Refusal> ChunkedBody::step_size(char byte) {
  if (const int value = syntax::hex_value(byte); value >= 0) {
    if (++size_digits_ > kSizeDigitsMax) return kBadFraming;
    left_in_chunk_ = left_in_chunk_ * 16 + static_cast<std::uint64_t>(value);
    return std::nullopt;
  }
  if (size_digits_ == 0) return kBadFraming;
  if (byte == '\r') {
    state_ = State::size_line_feed;
  } else if (byte == ';') {
    state_ = State::extension;
  } else {
    return kBadFraming;
  }
  return std::nullopt;
}

// A quoted text may not hold the end of the line: half of the programs end the chunk's line there, half don't.
std::optional<Refusal> ChunkedBody::step_extension(char byte) {
  if (++extension_bytes_ > kChunkExtensionBytesMax) return kBadFraming;
  if (byte == '\r' && state_ == State::extension) {
    state_ = State::size_line_feed;
    return std::nullopt;
  }
  if (!is_extension_byte(byte)) return kBadFraming;
  if (state_ == State::quoted_escape) {
    state_ = State::quoted;
  } else if (state_ == State::quoted) {
    if (byte == '"') state_ = State::extension;
    if (byte == '\\') state_ = State::quoted_escape;
  } else if (byte == '"') {
    state_ = State::quoted;
  }
  return std::nullopt;
}

std::optional<Refusal> ChunkedBody::step_trailer(char byte) {
  if (++trailer_bytes_ > kHeaderBytesMax) return Refusal{431, RefusalReason::header_size};
  switch (state_) {
    case State::trailer_begin:
      if (byte == '\r') {
        state_ = State::last_line_feed;
        return std::nullopt;
      }
      if (!syntax::kToken[static_cast<unsigned char>(byte)]) return kBadFraming;
      state_ = State::trailer_name;
      return std::nullopt;
    case State::trailer_name:
      if (byte == ':') {
        state_ = State::trailer_value;
        return std::nullopt;
      }
      return syntax::kToken[static_cast<unsigned char>(byte)] ? std::nullopt : std::optional(kBadFraming);
    case State::trailer_value:
      if (byte == '\r') {
        state_ = State::trailer_line_feed;
        return std::nullopt;
      }
      return syntax::kValue[static_cast<unsigned char>(byte)] ? std::nullopt : std::optional(kBadFraming);
    case State::trailer_line_feed:
      if (byte != '\n') return kBadFraming;
      state_ = State::trailer_begin;
      return std::nullopt;
    default:
      if (byte != '\n') return kBadFraming;
      state_ = State::done;
      return std::nullopt;
  }
}

}  // namespace waymark::web
