// One thread of the server: its own listener on the shared port, its own connections, its own sweep.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "web/server_parts.hpp"

namespace waymark::web {

class EventLoop {
 public:
  // Listens at once, so that a port that can't be had is known before anything starts; `port` 0 takes any free one.
  // Throws std::runtime_error. `parts` outlives the loop.
  EventLoop(ServerParts& parts, const std::string& address, std::uint16_t port);
  ~EventLoop();
  std::uint16_t port() const;

  void start();
  // From any thread, after parts.is_stopping was set: no new connections, and those between two requests are closed.
  void begin_stop();
  // Ends the thread, whatever still goes on.
  void halt();
  // After halt(): closes every socket, on the caller's thread.
  void sever();
  // After sever(), and after the pool has stopped: lets what the pool handed back unwind, on the caller's thread.
  void drain();

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

// Throws when another server, of ours or anybody's, listens there already: SO_REUSEPORT alone would share the port with
// it.
void check_port_is_free(const std::string& address, std::uint16_t port);

}  // namespace waymark::web
