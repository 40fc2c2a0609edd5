// Writes answers to a connection's stream, head and body together.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "platform/log.hpp"
#include "web/net.hpp"
#include "web/response_head.hpp"

namespace waymark::web {

template <typename Stream>
class AnswerWriter {
 public:
  // All three outlive the writer.
  AnswerWriter(Stream& stream, Watched& watched, LoopState& loop) : stream_(stream), watched_(watched), loop_(loop) {}

  // `response` stays where it is until the answer is written. One that can't go on the wire becomes a plain error, and
  // then `closes` is set.
  void prepare(Response& response, std::string_view request_id, bool omits_body, bool& closes);
  // Nearly every answer fits into the socket's buffer, and then needs no waiting. False: write_rest() must follow.
  bool write_at_once();
  Task<bool> write_rest();  // false: the other side is gone, or too slow

 private:
  static constexpr std::size_t kJoinedForTlsBytes = 64 * 1024;

  Stream& stream_;
  Watched& watched_;
  LoopState& loop_;
  std::string text_;  // the head; keeps its memory
  std::string_view head_left_{};
  std::string_view body_left_{};
};

template <typename Stream>
void AnswerWriter<Stream>::prepare(Response& response, std::string_view request_id, bool omits_body, bool& closes) {
  if (!write_response_head(text_, response, loop_.date, closes)) {
    log(LogLevel::error, "web.response_broken", {{"request_id", request_id}});
    closes = true;
    response = loop_.parts.refusal_page(500, request_id);
    if (!write_response_head(text_, response, loop_.date, closes)) {
      response = Response{.status = 500, .content_type = "text/plain", .body = "500\n"};
      const bool is_sendable = write_response_head(text_, response, loop_.date, closes);
      WAYMARK_ASSERT(is_sendable);
    }
  }
  loop_.parts.metrics.count_answer(response.status);
  body_left_ = omits_body || !may_have_body(response.status) ? std::string_view() : body_of(response);
  if constexpr (!kIsPlain<Stream>) {
    // One buffer makes one record, and one write, of head and body.
    if (body_left_.size() <= kJoinedForTlsBytes) {
      text_.append(body_left_);
      body_left_ = {};
    }
  }
  head_left_ = text_;
  watched_.enter(Phase::writing, loop_.now);
}

template <typename Stream>
bool AnswerWriter<Stream>::write_at_once() {
  if constexpr (!kIsPlain<Stream>) return false;
  const std::array<asio::const_buffer, 2> pieces{asio::buffer(head_left_), asio::buffer(body_left_)};
  boost::system::error_code error;  // comes again in write_rest
  const std::size_t size = socket_of(stream_).write_some(pieces, error);
  const std::size_t of_head = std::min(size, head_left_.size());
  head_left_.remove_prefix(of_head);
  body_left_.remove_prefix(size - of_head);
  watched_.progress.bytes += size;
  return head_left_.empty() && body_left_.empty();
}

template <typename Stream>
Task<bool> AnswerWriter<Stream>::write_rest() {
  while (!head_left_.empty() || !body_left_.empty()) {
    std::string_view& piece = head_left_.empty() ? body_left_ : head_left_;
    const auto [error, size] = co_await stream_.async_write_some(asio::buffer(piece.data(), piece.size()), kAwaitTuple);
    if (error) co_return false;
    piece.remove_prefix(size);
    watched_.progress.bytes += size;
  }
  co_return true;
}

}  // namespace waymark::web
