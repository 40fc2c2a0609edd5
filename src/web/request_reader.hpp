// Reads requests off a connection's stream: the bytes of a head, then the body that the head announced.
#pragma once

#include <algorithm>
#include <expected>
#include <string>
#include <string_view>

#include <boost/asio/write.hpp>

#include "web/chunked_body.hpp"
#include "web/head_scanner.hpp"
#include "web/http_gate.hpp"
#include "web/input_buffer.hpp"
#include "web/net.hpp"
#include "web/spooled_body.hpp"

namespace waymark::web {

template <typename Stream>
class RequestReader {
 public:
  using Whole = std::expected<bool, Refusal>;  // false: the other side is gone

  // All three outlive the reader.
  RequestReader(Stream& stream, Watched& watched, LoopState& loop) : stream_(stream), watched_(watched), loop_(loop) {}

  // Until input() begins with a whole head of `head_size` bytes.
  Task<Whole> read_head_bytes(std::size_t& head_size);
  // Into `spool` where there is one, else into `body`.
  Task<Whole> read_body(const Framing& framing, std::size_t body_bytes_max, std::string& body, SpooledBody* spool);

  InputBuffer& input() { return input_; }

 private:
  static constexpr std::size_t kReadBytes = 2048;
  static constexpr std::size_t kBodyStepBytes = 64 * 1024;

  Task<bool> say_continue();
  Task<Whole> read_sized_body(std::size_t size, std::string& body, SpooledBody* spool);
  Task<Whole> read_chunked_body(std::size_t body_bytes_max, std::string& body, SpooledBody* spool);

  Stream& stream_;
  Watched& watched_;
  LoopState& loop_;
  InputBuffer input_;
};

template <typename Stream>
Task<typename RequestReader<Stream>::Whole> RequestReader<Stream>::read_head_bytes(std::size_t& head_size) {
  HeadScanner scanner;
  while (true) {
    const auto found = scanner.scan(input_.unread());
    if (!found) co_return std::unexpected(found.error());
    if (*found) {
      head_size = **found;
      co_return true;
    }
    if (input_.empty() && loop_.parts.is_stopping) co_return false;
    const auto room = input_.room(kReadBytes);
    const auto [error, size] = co_await stream_.async_read_some(asio::buffer(room.data(), room.size()), kAwaitTuple);
    if (error && watched_.is_interrupted && !input_.empty()) {
      co_return std::unexpected(Refusal{408, RefusalReason::slow});
    }
    if (error) co_return false;
    if (input_.empty()) watched_.enter(Phase::reading_head, loop_.now);
    input_.commit(size);
  }
}

template <typename Stream>
Task<typename RequestReader<Stream>::Whole> RequestReader<Stream>::read_body(const Framing& framing,
                                                                             std::size_t body_bytes_max,
                                                                             std::string& body, SpooledBody* spool) {
  body.clear();
  if (framing.content_length > body_bytes_max) co_return std::unexpected(Refusal{413, RefusalReason::body_size});
  if (framing.expects_continue && input_.empty()) {
    const bool is_said = co_await say_continue();
    if (!is_said) co_return false;
  }
  watched_.enter(Phase::reading_body, loop_.now);
  if (framing.is_chunked) co_return co_await read_chunked_body(body_bytes_max, body, spool);
  co_return co_await read_sized_body(static_cast<std::size_t>(framing.content_length), body, spool);
}

template <typename Stream>
Task<bool> RequestReader<Stream>::say_continue() {
  static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  watched_.enter(Phase::writing, loop_.now);
  const auto [error, size] =
      co_await asio::async_write(stream_, asio::buffer(kContinue.data(), kContinue.size()), kAwaitTuple);
  co_return !error && size == kContinue.size();
}

// What stands in `body` goes to the disk, and its memory is used again.
inline bool move_to(SpooledBody* spool, std::string& body) {
  if (spool == nullptr || body.empty()) return true;
  const bool is_written = spool->append(body);
  body.clear();
  return is_written;
}

template <typename Stream>
Task<typename RequestReader<Stream>::Whole> RequestReader<Stream>::read_sized_body(std::size_t size, std::string& body,
                                                                                   SpooledBody* spool) {
  const auto ready = input_.unread().substr(0, size);
  body.assign(ready);
  input_.consume(ready.size());
  std::size_t left = size - body.size();
  while (left > 0) {
    if (!move_to(spool, body)) co_return std::unexpected(Refusal{503, RefusalReason::overload});
    // Memory is taken as the bytes come: a big length alone costs us nothing.
    const std::size_t have = body.size();
    body.resize(have + std::min(left, kBodyStepBytes));
    const auto [error, read] =
        co_await stream_.async_read_some(asio::buffer(body.data() + have, body.size() - have), kAwaitTuple);
    body.resize(have + read);
    left -= read;
    watched_.progress.bytes += read;
    if (error && watched_.is_interrupted) co_return std::unexpected(Refusal{408, RefusalReason::slow});
    if (error) co_return false;
  }
  if (!move_to(spool, body)) co_return std::unexpected(Refusal{503, RefusalReason::overload});
  co_return true;
}

template <typename Stream>
Task<typename RequestReader<Stream>::Whole> RequestReader<Stream>::read_chunked_body(std::size_t body_bytes_max,
                                                                                     std::string& body,
                                                                                     SpooledBody* spool) {
  ChunkedBody chunks(body_bytes_max);
  while (true) {
    const auto used = chunks.feed(input_.unread(), body);
    if (!used) co_return std::unexpected(used.error());
    input_.consume(*used);
    if (spool != nullptr) {
      chunks.took(body.size());
      if (!move_to(spool, body)) co_return std::unexpected(Refusal{503, RefusalReason::overload});
    }
    if (chunks.is_done()) co_return true;
    const auto room = input_.room(spool == nullptr ? kReadBytes : kBodyStepBytes);
    const auto [error, size] = co_await stream_.async_read_some(asio::buffer(room.data(), room.size()), kAwaitTuple);
    if (error && watched_.is_interrupted) co_return std::unexpected(Refusal{408, RefusalReason::slow});
    if (error) co_return false;
    input_.commit(size);
    watched_.progress.bytes += size;
  }
}

}  // namespace waymark::web
