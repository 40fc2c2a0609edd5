#include "web/event_loop.hpp"

#include <sys/socket.h>

#include <exception>
#include <stdexcept>
#include <thread>

#include "platform/log.hpp"
#include "web/net.hpp"
#include "web/response_head.hpp"

namespace waymark::web {

namespace {

constexpr std::chrono::milliseconds kPauseAfterAcceptError{50};
constexpr std::chrono::seconds kDrainTimeMax{5};

[[noreturn]] void throw_listen_error(const std::string& address, std::uint16_t port, const std::string& why) {
  throw std::runtime_error("can't listen on " + address + " port " + std::to_string(port) + ": " + why);
}

asio::ip::address read_address(const std::string& address, std::uint16_t port) {
  boost::system::error_code error;
  auto read = asio::ip::make_address(address, error);
  if (error) throw_listen_error(address, port, error.message());
  return read;
}

template <typename AnyAcceptor>
void listen_on(AnyAcceptor& acceptor, const std::string& address, std::uint16_t port, bool shares_port) {
  const Tcp::endpoint endpoint(read_address(address, port), port);
  boost::system::error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error && shares_port) {
    const int on = 1;
    if (setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0) {
      error.assign(errno, boost::system::system_category());
    }
  }
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) throw_listen_error(address, port, error.message());
}

}  // namespace

struct EventLoop::Inside {
  Inside(ServerParts& parts) : state(parts), acceptor(io), timer(io) {}

  void look_at_clock() {
    state.now = state.parts.clock.steady();
    state.date = to_http_date(state.parts.clock.now());
  }
  void sweep();
  Task<void> accept_all();
  void admit(Socket socket, const Tcp::endpoint& from);

  LoopState state;  // outlives io, whose operations' frames refer to it
  asio::io_context io{1};
  Acceptor acceptor;
  Timer timer;
  std::uint16_t port = 0;
  std::thread thread;
};

void EventLoop::Inside::sweep() {
  look_at_clock();
  for (Watched* connection : state.connections) {
    if (is_overdue(connection->progress, state.now, state.parts.options)) connection->interrupt();
  }
  timer.expires_after(sweep_period(state.parts.options));
  timer.async_wait([this](const boost::system::error_code& error) {
    if (!error) sweep();
  });
}

Task<void> EventLoop::Inside::accept_all() {
  while (acceptor.is_open()) {
    Tcp::endpoint from;
    auto [error, socket] = co_await acceptor.async_accept(from, kAwaitTuple);
    if (!error) {
      admit(std::move(socket), from);
      continue;
    }
    if (!acceptor.is_open()) break;
    // Out of files or memory, mostly: trying again at once would only spin.
    log(LogLevel::warning, "web.accept_failed", {{"error", static_cast<std::int64_t>(error.value())}});
    Timer pause(io, kPauseAfterAcceptError);
    static_cast<void>(co_await pause.async_wait(kAwaitTuple));
  }
}

void EventLoop::Inside::admit(Socket socket, const Tcp::endpoint& from) {
  ServerParts& parts = state.parts;
  Peer peer;
  const auto address = parse_ip_address(from.address().to_string());
  if (address) {
    peer.address = to_text(*address);
    peer.is_trusted_proxy = parts.proxies.contains(*address);
  }
  boost::system::error_code error;
  socket.non_blocking(true, error);
  if (!error) socket.set_option(Tcp::no_delay(true), error);
  if (error) return;  // gone already

  auto pass = parts.limits.admit(peer.is_trusted_proxy ? std::string() : network_of(peer.address));
  if (pass) {
    spawn_connection(std::move(socket), state, std::move(peer), std::move(*pass));
    return;
  }
  parts.metrics.count_refusal(RefusalReason::connections);
  if (parts.tls != nullptr) return;
  // Said in one go or not at all: whoever is refused for being too many gets no more of our time.
  static constexpr std::string_view kTooMany =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nContent-Length: 22\r\n"
      "Retry-After: 5\r\nConnection: close\r\n\r\n503 Too many visitors\n";
  socket.write_some(asio::buffer(kTooMany.data(), kTooMany.size()), error);
  socket.shutdown(Tcp::socket::shutdown_send, error);
}

EventLoop::EventLoop(ServerParts& parts, const std::string& address, std::uint16_t port)
    : inside_(std::make_unique<Inside>(parts)) {
  listen_on(inside_->acceptor, address, port, true);
  inside_->port = inside_->acceptor.local_endpoint().port();
  inside_->look_at_clock();
}

EventLoop::~EventLoop() = default;

std::uint16_t EventLoop::port() const { return inside_->port; }

void EventLoop::start() {
  inside_->thread = std::thread([inside = inside_.get()] {
    inside->sweep();
    asio::co_spawn(inside->io, inside->accept_all(), [](const std::exception_ptr& thrown) {
      if (thrown) log(LogLevel::error, "web.accepting_ended");
    });
    inside->io.run();
  });
}

void EventLoop::begin_stop() {
  asio::post(inside_->io, [inside = inside_.get()] {
    boost::system::error_code ignored;
    inside->acceptor.close(ignored);
    for (Watched* connection : inside->state.connections) {
      const Phase phase = connection->progress.phase;
      if (phase == Phase::idle || phase == Phase::fresh || phase == Phase::handshaking) connection->interrupt();
    }
  });
}

void EventLoop::halt() {
  inside_->io.stop();
  if (inside_->thread.joinable()) inside_->thread.join();
}

void EventLoop::sever() {
  inside_->timer.cancel();
  for (Watched* connection : inside_->state.connections) connection->sever();
  inside_->io.restart();
  inside_->io.poll();
}

void EventLoop::drain() {
  inside_->io.restart();
  inside_->io.run_for(kDrainTimeMax);
}

void check_port_is_free(const std::string& address, std::uint16_t port) {
  asio::io_context io;
  Acceptor probe(io);
  listen_on(probe, address, port, false);
}

}  // namespace waymark::web
