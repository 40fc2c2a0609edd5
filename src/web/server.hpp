// The HTTP server: sockets, TLS, the strict gate, limits and graceful stop. What a request means is the handler's.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/clock.hpp"
#include "platform/metrics.hpp"
#include "platform/random.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

namespace waymark::web {

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;                            // 0: any free one; port() tells
  unsigned threads = 2;                              // an io_context and a listener each (SO_REUSEPORT)
  unsigned workers = 32;                             // threads of the pool for what may wait
  std::size_t waiting_requests_max = 1024;           // in the pool's line; past that 503 at once
  unsigned hashing_workers = 0;                      // the pool for what hashes passwords; 0: it shares the other
  std::size_t waiting_hashings_max = 0;              // in that pool's line; past that 503 at once
  std::size_t body_bytes_max = 64 * 1024;            // where the handler has no plan
  std::filesystem::path spool_folder{"/tmp"};        // for bodies too large for memory
  std::chrono::milliseconds head_time_max{10'000};   // from the first byte, or from the connection's first moment
  std::chrono::milliseconds idle_time_max{60'000};   // between two requests
  std::uint32_t body_bytes_per_second_min = 500;     // of a body coming in, and of an answer going out
  std::chrono::milliseconds body_grace_time{5'000};  // before that rate is asked for
  std::chrono::milliseconds linger_time_max{2'000};  // for the other side to read our last answer
  std::size_t connections_max = 10'000;
  std::size_t connections_per_address_max = 256;  // a network as network_of() tells it; proxies named below are exempt
  std::chrono::milliseconds stop_time_max{8'000};
  std::vector<std::string> trusted_proxies{};          // addresses or CIDR ranges whose X-Forwarded-For counts
  std::string tls_certificate_file{}, tls_key_file{};  // both or none
  const Clock* clock = nullptr;  // the system's when null; for the Date header and the time limits
  Random* random = nullptr;      // the system's when null; where the request ids begin
};

// Where a request is run: at once on the socket's thread, or on a pool.
enum class Place { inline_, pool, hashing_pool };

struct RequestHandler {
  // Decides by method and path alone, before the body is read. Also the body limit for this route.
  struct Plan {
    Place place = Place::pool;
    std::size_t body_bytes_max = 64 * 1024;
    bool spools_body = false;  // into a file instead of memory
  };
  std::function<Plan(Method, std::string_view path)> plan;  // may be empty: all on the pool
  std::function<Response(Request&)> handle;                 // never throws
  // Asked with the head alone before a large body is read, on the socket's thread: an answer to give instead, so that
  // nobody fills the disk who may not. May be empty.
  std::function<std::optional<Response>(const Request&)> answer_early;
  // What the server refuses by itself, before there is a Request: a small page with this status. May be empty.
  std::function<Response(int status, std::string_view request_id)> refuse;
};

class Server {
 public:
  // Throws std::runtime_error when the address, port, certificate or a proxy's address is bad. Raises the process's
  // limit of open files as far as it may, and admits no more connections than that limit has room for.
  Server(ServerOptions options, RequestHandler handler, Metrics& metrics);
  ~Server();  // stops
  std::uint16_t port() const;
  void start();  // returns at once; serves on threads of its own
  // Graceful: refuses new connections, finishes what runs, closes the rest after stop_time_max; then waits for handlers
  // that still run (they can't be interrupted). Once only; later calls do nothing.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace waymark::web
