// One connection from its first byte to its last: head, gate, body, handler, answer, and the next request.
#include <array>
#include <concepts>
#include <exception>
#include <expected>
#include <memory>
#include <optional>
#include <string_view>

#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include "base/assert.hpp"
#include "platform/log.hpp"
#include "web/chunked_body.hpp"
#include "web/head_scanner.hpp"
#include "web/http_gate.hpp"
#include "web/input_buffer.hpp"
#include "web/net.hpp"
#include "web/response_head.hpp"
#include "web/tls.hpp"

namespace waymark::web {

namespace {

using TlsStream = asio::ssl::stream<Socket>;

constexpr std::size_t kReadBytes = 2048;
constexpr std::size_t kBodyStepBytes = 64 * 1024;
constexpr std::size_t kKeptInputBytes = 16 * 1024;
constexpr std::size_t kKeptBodyBytes = 64 * 1024;
constexpr std::size_t kJoinedForTlsBytes = 64 * 1024;
constexpr std::size_t kLingerBytesMax = 4 * 1024 * 1024;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

enum class Next : std::uint8_t { request, close, gone };

template <typename Stream>
class Connection final : public Watched {
 public:
  Connection(Stream stream, LoopState& loop, Peer peer)
      : stream_(std::move(stream)), loop_(loop), parts_(loop.parts), peer_(std::move(peer)) {
    self_ = loop_.connections.insert(loop_.connections.end(), this);
    parts_.metrics.connections_open.add(1);
  }
  ~Connection() override {
    loop_.connections.erase(self_);
    parts_.metrics.connections_open.add(-1);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void interrupt() noexcept override {
    is_interrupted_ = true;
    boost::system::error_code ignored;
    socket().cancel(ignored);
  }
  void sever() noexcept override {
    boost::system::error_code ignored;
    socket().close(ignored);
  }

  Task<void> serve();

 private:
  static constexpr bool kIsTls = std::same_as<Stream, TlsStream>;
  using Whole = std::expected<bool, Refusal>;  // false: the other side is gone

  Socket& socket() {
    if constexpr (kIsTls) {
      return stream_.next_layer();
    } else {
      return stream_;
    }
  }
  void enter(Phase phase) {
    progress = {phase, loop_.now, 0};
    is_interrupted_ = false;
  }

  Task<Next> answer_next();
  Task<Next> answer(Framing framing);
  Task<Whole> read_head_bytes(std::size_t& head_size);
  Task<Whole> read_body(const Framing& framing, std::size_t body_bytes_max);
  Task<Whole> read_sized_body(std::size_t size);
  Task<Whole> read_chunked_body(std::size_t body_bytes_max);
  Task<bool> say_continue();
  Task<bool> handle_on_pool(Response& response);
  Task<Next> refuse(Refusal refusal);
  Task<bool> write_rest(std::string_view head, std::string_view body);
  Task<void> linger();

  void complete_request();
  Response handle() noexcept;
  Response refusal_page(Refusal refusal);
  bool write_at_once(std::string_view& head, std::string_view& body);
  std::string_view prepare_answer(Response& response, bool& closes);

  template <typename Done>
  class PoolJob;

  Stream stream_;
  LoopState& loop_;
  ServerParts& parts_;
  const Peer peer_;
  std::list<Watched*>::iterator self_;
  InputBuffer input_;
  HeadScanner scanner_;
  Request request_;
  std::string head_;  // of the answer
  bool omits_body_ = false;
  bool is_interrupted_ = false;
};

// --- From the first byte to a whole request ---

template <typename Stream>
Task<void> Connection<Stream>::serve() {
  if constexpr (kIsTls) {
    enter(Phase::handshaking);
    const auto [error] = co_await stream_.async_handshake(asio::ssl::stream_base::server, kAwaitTuple);
    if (error) {
      parts_.metrics.count_refusal(RefusalReason::handshake);
      co_return;
    }
  }
  enter(Phase::fresh);
  while (true) {
    const Next next = co_await answer_next();
    if (next == Next::gone) co_return;
    if (next == Next::close) break;
    input_.give_back_above(kKeptInputBytes);
    enter(input_.empty() ? Phase::idle : Phase::reading_head);
  }
  co_await linger();
}

template <typename Stream>
Task<Next> Connection<Stream>::answer_next() {
  scanner_.reset();
  parts_.ids.next(request_.request_id);
  omits_body_ = false;
  std::size_t head_size = 0;
  const Whole head = co_await read_head_bytes(head_size);
  if (!head) co_return co_await refuse(head.error());
  if (!*head) co_return Next::gone;

  const auto framing = read_head(input_.unread().substr(0, head_size), request_);
  omits_body_ = framing ? request_.method == Method::head : input_.unread().starts_with("HEAD ");
  if (!framing) co_return co_await refuse(framing.error());
  input_.consume(head_size);
  co_return co_await answer(*framing);
}

template <typename Stream>
Task<typename Connection<Stream>::Whole> Connection<Stream>::read_head_bytes(std::size_t& head_size) {
  while (true) {
    const auto found = scanner_.scan(input_.unread());
    if (!found) co_return std::unexpected(found.error());
    if (*found) {
      head_size = **found;
      co_return true;
    }
    if (input_.empty() && parts_.is_stopping) co_return false;
    const auto room = input_.room(kReadBytes);
    const auto [error, size] = co_await stream_.async_read_some(asio::buffer(room.data(), room.size()), kAwaitTuple);
    if (error && is_interrupted_ && !input_.empty()) co_return std::unexpected(Refusal{408, RefusalReason::slow});
    if (error) co_return false;
    if (input_.empty()) enter(Phase::reading_head);
    input_.commit(size);
  }
}

template <typename Stream>
Task<typename Connection<Stream>::Whole> Connection<Stream>::read_body(const Framing& framing,
                                                                       std::size_t body_bytes_max) {
  request_.body.clear();
  if (!framing.has_body()) co_return true;
  if (framing.content_length > body_bytes_max) co_return std::unexpected(Refusal{413, RefusalReason::body_size});
  if (framing.expects_continue && input_.empty()) {
    const bool is_said = co_await say_continue();
    if (!is_said) co_return false;
  }
  enter(Phase::reading_body);
  if (framing.is_chunked) co_return co_await read_chunked_body(body_bytes_max);
  co_return co_await read_sized_body(static_cast<std::size_t>(framing.content_length));
}

template <typename Stream>
Task<bool> Connection<Stream>::say_continue() {
  enter(Phase::writing);
  const auto [error, size] =
      co_await asio::async_write(stream_, asio::buffer(kContinue.data(), kContinue.size()), kAwaitTuple);
  co_return !error && size == kContinue.size();
}

template <typename Stream>
Task<typename Connection<Stream>::Whole> Connection<Stream>::read_sized_body(std::size_t size) {
  std::string& body = request_.body;
  const auto ready = input_.unread().substr(0, size);
  body.assign(ready);
  input_.consume(ready.size());
  while (body.size() < size) {
    // Memory is taken as the bytes come: a big length alone costs us nothing.
    const std::size_t have = body.size();
    body.resize(have + std::min(size - have, kBodyStepBytes));
    const auto [error, read] =
        co_await stream_.async_read_some(asio::buffer(body.data() + have, body.size() - have), kAwaitTuple);
    body.resize(have + read);
    progress.bytes += read;
    if (error && is_interrupted_) co_return std::unexpected(Refusal{408, RefusalReason::slow});
    if (error) co_return false;
  }
  co_return true;
}

template <typename Stream>
Task<typename Connection<Stream>::Whole> Connection<Stream>::read_chunked_body(std::size_t body_bytes_max) {
  ChunkedBody chunks(body_bytes_max);
  while (true) {
    const auto used = chunks.feed(input_.unread(), request_.body);
    if (!used) co_return std::unexpected(used.error());
    input_.consume(*used);
    if (chunks.is_done()) co_return true;
    const auto room = input_.room(kReadBytes);
    const auto [error, size] = co_await stream_.async_read_some(asio::buffer(room.data(), room.size()), kAwaitTuple);
    if (error && is_interrupted_) co_return std::unexpected(Refusal{408, RefusalReason::slow});
    if (error) co_return false;
    input_.commit(size);
    progress.bytes += size;
  }
}

// --- From the request to its answer ---

template <typename Stream>
Task<Next> Connection<Stream>::answer(Framing framing) {
  complete_request();
  RequestHandler::Plan plan{Place::pool, parts_.options.body_bytes_max};
  if (parts_.handler.plan) plan = parts_.handler.plan(request_.method, request_.path);
  const Whole body = co_await read_body(framing, plan.body_bytes_max);
  if (!body) co_return co_await refuse(body.error());
  if (!*body) co_return Next::gone;

  enter(Phase::handling);
  Response response;
  if (plan.place == Place::inline_) {
    response = handle();
  } else {
    const bool is_handled = co_await handle_on_pool(response);
    if (!is_handled) response = refusal_page({503, RefusalReason::overload});
  }
  if (request_.body.capacity() > kKeptBodyBytes) std::string().swap(request_.body);

  bool closes = !framing.keeps_alive || parts_.is_stopping;
  std::string_view rest = prepare_answer(response, closes);
  std::string_view head = head_;
  enter(Phase::writing);
  if (!write_at_once(head, rest)) {
    const bool is_written = co_await write_rest(head, rest);
    if (!is_written) co_return Next::gone;
  }
  co_return closes ? Next::close : Next::request;
}

// What only the connection knows.
template <typename Stream>
void Connection<Stream>::complete_request() {
  request_.is_tls = kIsTls;
  request_.peer = peer_.address;
  if (!peer_.is_trusted_proxy) return;
  request_.peer = parts_.proxies.client_behind(peer_.address, request_.header("x-forwarded-for"));
  if (request_.header("x-forwarded-proto") == "https") request_.is_tls = true;
}

template <typename Stream>
Response Connection<Stream>::handle() noexcept {
  try {
    return parts_.handler.handle(request_);
  } catch (const std::exception&) {
    log(LogLevel::error, "web.handler_threw", {{"request_id", std::string_view(request_.request_id)}});
  } catch (...) {
    log(LogLevel::error, "web.handler_threw", {{"request_id", std::string_view(request_.request_id)}});
  }
  return parts_.refusal_page(500, request_.request_id);
}

template <typename Stream>
template <typename Done>
class Connection<Stream>::PoolJob final : public WorkerPool::Job {
 public:
  PoolJob(Connection& connection, Response& response, Done done)
      : connection_(connection), response_(response), done_(std::move(done)) {}
  void run() noexcept override {
    response_ = connection_.handle();
    asio::post(std::move(done_));  // back on the connection's own thread
  }

 private:
  Connection& connection_;
  Response& response_;
  Done done_;
};

// False: the line is full.
template <typename Stream>
Task<bool> Connection<Stream>::handle_on_pool(Response& response) {
  if (!parts_.pool.reserve()) co_return false;
  auto submit = [this, &response](auto done) {
    parts_.pool.submit(std::make_unique<PoolJob<decltype(done)>>(*this, response, std::move(done)));
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<Executor>, void()>(std::move(submit), kAwait);
  co_return true;
}

template <typename Stream>
Response Connection<Stream>::refusal_page(Refusal refusal) {
  parts_.metrics.count_refusal(refusal.reason);
  return parts_.refusal_page(refusal.status, request_.request_id);
}

// Where a request's end is in doubt, or its rest is not wanted, nothing that follows may be read as a request.
template <typename Stream>
Task<Next> Connection<Stream>::refuse(Refusal refusal) {
  Response response = refusal_page(refusal);
  bool closes = true;
  const std::string_view body = prepare_answer(response, closes);
  enter(Phase::writing);
  const bool is_written = co_await write_rest(head_, body);
  co_return is_written ? Next::close : Next::gone;
}

// Writes the head into head_ and gives the body that belongs behind it.
template <typename Stream>
std::string_view Connection<Stream>::prepare_answer(Response& response, bool& closes) {
  if (!write_response_head(head_, response, loop_.date, closes)) {
    log(LogLevel::error, "web.response_broken", {{"request_id", std::string_view(request_.request_id)}});
    response = parts_.refusal_page(500, request_.request_id);
    closes = true;
    if (!write_response_head(head_, response, loop_.date, closes)) {
      response = Response{.status = 500, .content_type = "text/plain", .body = "500\n"};
      const bool is_fine = write_response_head(head_, response, loop_.date, closes);
      WAYMARK_ASSERT(is_fine);
    }
  }
  parts_.metrics.count_answer(response.status);
  if (omits_body_ || !may_have_body(response.status)) return {};
  std::string_view body = body_of(response);
  if constexpr (kIsTls) {
    // One buffer makes one record, and one write, of head and body.
    if (body.size() <= kJoinedForTlsBytes) {
      head_.append(body);
      body = {};
    }
  }
  return body;
}

// Nearly every answer fits into the socket's buffer, and then needs no waiting. False: `head` and `body` are what is
// left.
template <typename Stream>
bool Connection<Stream>::write_at_once(std::string_view& head, std::string_view& body) {
  if constexpr (!kIsTls) {
    const std::array<asio::const_buffer, 2> pieces{asio::buffer(head), asio::buffer(body)};
    boost::system::error_code error;
    std::size_t size = stream_.write_some(pieces, error);
    const std::size_t of_head = std::min(size, head.size());
    head.remove_prefix(of_head);
    body.remove_prefix(size - of_head);
    progress.bytes += size;
  }
  return head.empty() && body.empty();
}

template <typename Stream>
Task<bool> Connection<Stream>::write_rest(std::string_view head, std::string_view body) {
  while (!head.empty() || !body.empty()) {
    std::string_view& piece = head.empty() ? body : head;
    const auto [error, size] = co_await stream_.async_write_some(asio::buffer(piece.data(), piece.size()), kAwaitTuple);
    if (error) co_return false;
    piece.remove_prefix(size);
    progress.bytes += size;
  }
  co_return true;
}

// A socket closed over unread bytes takes our last answer down with it: so what still comes is read and dropped for a
// while, until the other side has closed.
template <typename Stream>
Task<void> Connection<Stream>::linger() {
  enter(Phase::lingering);
  if constexpr (kIsTls) {
    static_cast<void>(co_await stream_.async_shutdown(kAwaitTuple));
    if (is_interrupted_) co_return;
  }
  boost::system::error_code ignored;
  socket().shutdown(Tcp::socket::shutdown_send, ignored);
  std::size_t dropped = 0;
  while (dropped < kLingerBytesMax) {
    input_.consume(input_.unread().size());
    const auto room = input_.room(kReadBytes);
    const auto [error, size] = co_await socket().async_read_some(asio::buffer(room.data(), room.size()), kAwaitTuple);
    if (error) break;
    dropped += size;
  }
}

template <typename Stream>
Task<void> serve(Stream stream, LoopState& loop, Peer peer, ConnectionLimits::Pass) {
  Connection<Stream> connection(std::move(stream), loop, std::move(peer));
  co_await connection.serve();
}

void end(const std::exception_ptr& thrown) {
  if (thrown) log(LogLevel::error, "web.connection_threw");
}

}  // namespace

void spawn_connection(Socket socket, LoopState& loop, Peer peer, ConnectionLimits::Pass pass) {
  const Executor executor = socket.get_executor();
  if (loop.parts.tls == nullptr) {
    asio::co_spawn(executor, serve<Socket>(std::move(socket), loop, std::move(peer), std::move(pass)), end);
  } else {
    TlsStream stream(std::move(socket), loop.parts.tls->context);
    asio::co_spawn(executor, serve<TlsStream>(std::move(stream), loop, std::move(peer), std::move(pass)), end);
  }
}

}  // namespace waymark::web
