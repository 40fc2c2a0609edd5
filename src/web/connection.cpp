// One connection from its first byte to its last: head, gate, body, handler, answer, and the next request.
#include <exception>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/ssl/stream.hpp>

#include "platform/log.hpp"
#include "web/answer_writer.hpp"
#include "web/net.hpp"
#include "web/request_reader.hpp"
#include "web/tls.hpp"

namespace waymark::web {

namespace {

using TlsStream = asio::ssl::stream<Socket>;

// What a connection keeps from one request to the next.
constexpr std::size_t kKeptInputBytes = 16 * 1024;
constexpr std::size_t kKeptBodyBytes = 64 * 1024;
constexpr std::size_t kLingerBytesMax = 4 * 1024 * 1024;

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
    is_interrupted = true;
    boost::system::error_code ignored;
    socket_of(stream_).cancel(ignored);
  }
  void sever() noexcept override {
    boost::system::error_code ignored;
    socket_of(stream_).close(ignored);
  }

  Task<void> serve();

 private:
  using Whole = typename RequestReader<Stream>::Whole;

  Task<Next> answer_next();
  Task<Next> answer(Framing framing);
  Task<bool> handle_on(WorkerPool& pool, Response& response);
  Task<Next> refuse(Refusal refusal);
  Task<Next> answer_and_close(Response response);
  std::optional<Response> prepare_spool();
  Task<void> linger();

  void complete_request();
  Response handle() noexcept;
  Response refusal_page(Refusal refusal);

  template <typename Done>
  class PoolJob;

  Stream stream_;
  LoopState& loop_;
  ServerParts& parts_;
  const Peer peer_;
  std::list<Watched*>::iterator self_;
  RequestReader<Stream> reader_{stream_, *this, loop_};
  AnswerWriter<Stream> writer_{stream_, *this, loop_};
  Request request_;
  bool omits_body_ = false;  // the request is a HEAD
};

template <typename Stream>
Task<void> Connection<Stream>::serve() {
  if constexpr (!kIsPlain<Stream>) {
    enter(Phase::handshaking, loop_.now);
    const auto [error] = co_await stream_.async_handshake(asio::ssl::stream_base::server, kAwaitTuple);
    if (error) {
      parts_.metrics.count_refusal(RefusalReason::handshake);
      co_return;
    }
  }
  enter(Phase::fresh, loop_.now);
  while (true) {
    const Next next = co_await answer_next();
    if (next == Next::gone) co_return;
    if (next == Next::close) break;
    reader_.input().give_back_above(kKeptInputBytes);
    enter(reader_.input().empty() ? Phase::idle : Phase::reading_head, loop_.now);
  }
  co_await linger();
}

template <typename Stream>
Task<Next> Connection<Stream>::answer_next() {
  parts_.ids.next(request_.request_id);
  omits_body_ = false;
  std::size_t head_size = 0;
  const Whole head = co_await reader_.read_head_bytes(head_size);
  if (!head) co_return co_await refuse(head.error());
  if (!*head) co_return Next::gone;

  const auto bytes = reader_.input().unread().substr(0, head_size);
  const auto framing = read_head(bytes, request_);
  omits_body_ = framing ? request_.method == Method::head : bytes.starts_with("HEAD ");
  if (!framing) co_return co_await refuse(framing.error());
  reader_.input().consume(head_size);
  co_return co_await answer(*framing);
}

template <typename Stream>
Task<Next> Connection<Stream>::answer(Framing framing) {
  complete_request();
  RequestHandler::Plan plan{Place::pool, parts_.options.body_bytes_max};
  if (parts_.handler.plan) plan = parts_.handler.plan(request_.method, request_.path);
  request_.spooled.reset();
  if (plan.spools_body) {
    auto early = prepare_spool();
    if (early) co_return co_await answer_and_close(std::move(*early));
  }
  if (framing.has_body()) {
    const Whole body = co_await reader_.read_body(framing, plan.body_bytes_max, request_.body, request_.spooled.get());
    if (!body) co_return co_await refuse(body.error());
    if (!*body) co_return Next::gone;
  }

  enter(Phase::handling, loop_.now);
  Response response;
  if (plan.place == Place::inline_) {
    response = handle();
  } else {
    const bool is_handled = co_await handle_on(parts_.pool_for(plan.place), response);
    if (!is_handled) response = refusal_page({503, RefusalReason::overload});
  }
  request_.spooled.reset();
  request_.body.clear();
  if (request_.body.capacity() > kKeptBodyBytes) std::string().swap(request_.body);

  bool closes = !framing.keeps_alive || parts_.is_stopping;
  writer_.prepare(response, request_.request_id, omits_body_, closes);
  // First the requests that have come in with this one are handled, then all their answers go out: another process on
  // this machine (a proxy, say) is woken once for them instead of once for each.
  if (plan.place == Place::inline_) co_await asio::post(stream_.get_executor(), kAwait);
  if (!writer_.write_at_once()) {
    const bool is_written = co_await writer_.write_rest();
    if (!is_written) co_return Next::gone;
  }
  co_return closes ? Next::close : Next::request;
}

// What only the connection knows.
template <typename Stream>
void Connection<Stream>::complete_request() {
  request_.is_tls = !kIsPlain<Stream>;
  request_.peer = peer_.address;
  if (!peer_.is_trusted_proxy) return;
  request_.peer = parts_.proxies.client_behind(peer_.address, request_.header("x-forwarded-for"));
  if (request_.header("x-forwarded-proto") == "https") request_.is_tls = true;
}

template <typename Stream>
Response Connection<Stream>::handle() noexcept {
  try {
    return parts_.handler.handle(request_);
  } catch (...) {  // a broken promise of the handler's, whatever it threw
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
Task<bool> Connection<Stream>::handle_on(WorkerPool& pool, Response& response) {
  if (!pool.reserve()) co_return false;
  auto submit = [this, &pool, &response](auto done) {
    pool.submit(std::make_unique<PoolJob<decltype(done)>>(*this, response, std::move(done)));
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
  co_return co_await answer_and_close(refusal_page(refusal));
}

// Before a large body: an answer instead, where the head alone says that there is one; else the file for it.
template <typename Stream>
std::optional<Response> Connection<Stream>::prepare_spool() {
  try {
    if (parts_.handler.answer_early) {
      if (auto early = parts_.handler.answer_early(request_)) return early;
    }
    request_.spooled = std::make_shared<SpooledBody>(parts_.options.spool_folder);
    return std::nullopt;
  } catch (const std::exception&) {
    log(LogLevel::error, "web.spool_failed", {{"request_id", std::string_view(request_.request_id)}});
  }
  return refusal_page({503, RefusalReason::overload});
}

template <typename Stream>
Task<Next> Connection<Stream>::answer_and_close(Response response) {
  bool closes = true;
  writer_.prepare(response, request_.request_id, omits_body_, closes);
  const bool is_written = co_await writer_.write_rest();
  co_return is_written ? Next::close : Next::gone;
}

// A socket closed over unread bytes takes our last answer down with it: so what still comes is read and dropped for a
// while, until the other side has closed.
template <typename Stream>
Task<void> Connection<Stream>::linger() {
  enter(Phase::lingering, loop_.now);
  if constexpr (!kIsPlain<Stream>) {
    static_cast<void>(co_await stream_.async_shutdown(kAwaitTuple));
    if (is_interrupted) co_return;
  }
  Socket& socket = socket_of(stream_);
  boost::system::error_code ignored;
  socket.shutdown(Tcp::socket::shutdown_send, ignored);
  InputBuffer& input = reader_.input();
  std::size_t dropped = 0;
  while (dropped < kLingerBytesMax) {
    input.consume(input.unread().size());
    const auto room = input.room(1);
    const auto [error, size] = co_await socket.async_read_some(asio::buffer(room.data(), room.size()), kAwaitTuple);
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
