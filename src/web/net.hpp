// Asio's types with our one concrete executor (a type-erased one costs an indirect call an operation). For
// connection.cpp and event_loop.cpp only: what includes this takes seconds to compile.
#pragma once

#include <chrono>
#include <concepts>
#include <list>
#include <string>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "web/connection_limits.hpp"
#include "web/progress.hpp"
#include "web/server_parts.hpp"

namespace waymark::web {

namespace asio = boost::asio;

using Executor = asio::io_context::executor_type;
using Tcp = asio::ip::tcp;
using Socket = asio::basic_stream_socket<Tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<Tcp, Executor>;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

template <typename T>
using Task = asio::awaitable<T, Executor>;
inline constexpr asio::use_awaitable_t<Executor> kAwait;
inline constexpr auto kAwaitTuple = asio::as_tuple(kAwait);  // errors as values

// A connection as the sweep sees it. Touched on its loop's thread only.
class Watched {
 public:
  virtual ~Watched() = default;
  virtual void interrupt() noexcept = 0;  // ends the pending operation; the connection decides what that means
  virtual void sever() noexcept = 0;      // closes the socket

  void enter(Phase phase, std::chrono::steady_clock::time_point now) {
    progress = {phase, now, 0};
    is_interrupted = false;
  }

  Progress progress;
  bool is_interrupted = false;  // in this phase
};

// What one thread's connections share.
struct LoopState {
  explicit LoopState(ServerParts& given_parts) : parts(given_parts) {}

  ServerParts& parts;
  std::list<Watched*> connections;
  std::chrono::steady_clock::time_point now{};  // as of the last sweep
  std::string date;                             // the Date header, as of the last sweep
};

template <typename Stream>
inline constexpr bool kIsPlain = std::same_as<Stream, Socket>;

template <typename Stream>
Socket& socket_of(Stream& stream) {
  if constexpr (kIsPlain<Stream>) {
    return stream;
  } else {
    return stream.next_layer();
  }
}

struct Peer {
  std::string address;
  bool is_trusted_proxy = false;
};

// Serves the connection until it ends.
void spawn_connection(Socket socket, LoopState& loop, Peer peer, ConnectionLimits::Pass pass);

}  // namespace waymark::web
