// What the server's threads share. Everything here may be used by all of them at once.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

#include "platform/clock.hpp"
#include "platform/metrics.hpp"
#include "platform/random.hpp"
#include "web/connection_limits.hpp"
#include "web/proxies.hpp"
#include "web/refusal.hpp"
#include "web/server.hpp"
#include "web/worker_pool.hpp"

namespace waymark::web {

struct Tls;

struct ServerMetrics {
  explicit ServerMetrics(Metrics& metrics);
  void count_answer(int status);
  void count_refusal(RefusalReason reason);

  Gauge connections_open;

 private:
  std::array<Counter, 6> by_class_;  // by the status's first digit; 0 and 1 stay unused
  std::array<Counter, kRefusalReasons> by_reason_;
};

// 16 hex digits, different for each request of this start; no secret, so a mixed counter will do.
class RequestIds {
 public:
  explicit RequestIds(Random& random);
  void next(std::string& id);

 private:
  std::uint64_t start_ = 0;
  std::atomic<std::uint64_t> count_{0};
};

struct ServerParts {
  ServerParts(ServerOptions given_options, RequestHandler given_handler, Metrics& metrics, const Clock& given_clock,
              Random& random);

  // The answer to what the server refuses by itself.
  Response refusal_page(int status, std::string_view request_id) const;

  const ServerOptions options;
  const RequestHandler handler;
  const Clock& clock;
  const TrustedProxies proxies;
  const std::shared_ptr<Tls> tls;  // null: plain
  ServerMetrics metrics;
  RequestIds ids;
  ConnectionLimits limits;
  WorkerPool& pool_for(Place place) {
    return place == Place::hashing_pool && hashing_pool != nullptr ? *hashing_pool : pool;
  }

  WorkerPool pool;
  const std::unique_ptr<WorkerPool> hashing_pool;  // null: none of its own
  std::atomic<bool> is_stopping{false};
};

}  // namespace waymark::web
