#include "web/server.hpp"

#include <atomic>

#include "base/assert.hpp"
#include "platform/log.hpp"
#include "web/event_loop.hpp"
#include "web/server_parts.hpp"

namespace waymark::web {

struct Server::Impl {
  Impl(const ServerOptions& options, RequestHandler handler, Metrics& metrics)
      : parts(options, std::move(handler), metrics, options.clock != nullptr ? *options.clock : system_clock,
              options.random != nullptr ? *options.random : system_random) {}

  SystemClock system_clock;
  SystemRandom system_random;
  ServerParts parts;
  std::vector<std::unique_ptr<EventLoop>> loops;
  bool is_started = false;
  std::atomic<bool> is_stopped{false};
};

Server::Server(ServerOptions options, RequestHandler handler, Metrics& metrics)
    : impl_(std::make_unique<Impl>(options, std::move(handler), metrics)) {
  const ServerOptions& own = impl_->parts.options;
  WAYMARK_ASSERT(own.threads > 0 && impl_->parts.handler.handle);
  std::uint16_t port = own.port;
  if (port != 0) check_port_is_free(own.address, port);
  for (unsigned i = 0; i < own.threads; ++i) {
    impl_->loops.push_back(std::make_unique<EventLoop>(impl_->parts, own.address, port));
    port = impl_->loops.front()->port();
  }
}

Server::~Server() { stop(); }

std::uint16_t Server::port() const { return impl_->loops.front()->port(); }

void Server::start() {
  WAYMARK_ASSERT(!impl_->is_started && !impl_->is_stopped);
  impl_->is_started = true;
  impl_->parts.pool.start();
  if (impl_->parts.hashing_pool != nullptr) impl_->parts.hashing_pool->start();
  for (const auto& loop : impl_->loops) loop->start();
}

void Server::stop() {
  if (!impl_->is_started || impl_->is_stopped.exchange(true)) return;
  ServerParts& parts = impl_->parts;
  parts.is_stopping = true;
  for (const auto& loop : impl_->loops) loop->begin_stop();
  if (!parts.limits.wait_until_none(parts.options.stop_time_max)) {
    log(LogLevel::warning, "web.connections_severed", {{"count", static_cast<std::int64_t>(parts.limits.open())}});
  }
  for (const auto& loop : impl_->loops) loop->halt();
  for (const auto& loop : impl_->loops) loop->sever();
  parts.pool.stop();
  if (parts.hashing_pool != nullptr) parts.hashing_pool->stop();
  for (const auto& loop : impl_->loops) loop->drain();
}

}  // namespace waymark::web
