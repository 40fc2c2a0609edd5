// A TCP server on a free loopback port that plays a scripted part, a connection after the other, on a thread of its
// own.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

struct ssl_st;
struct ssl_ctx_st;

namespace waymark {

// One accepted connection; everything gives up after two seconds.
class ServedConnection {
 public:
  explicit ServedConnection(int socket) : socket_(socket) {}
  ServedConnection(const ServedConnection&) = delete;
  ServedConnection& operator=(const ServedConnection&) = delete;
  ~ServedConnection();
  // Everything from here on goes through TLS, with the certificate and key of these PEM files. False when the other
  // side did not agree.
  bool start_tls(const std::string& certificate_file, const std::string& key_file);
  std::optional<std::string> read_line();  // without its CRLF; nothing at the end
  std::string read_exactly(std::size_t size);
  void write(std::string_view text);

 private:
  bool fill();
  int socket_;
  std::string buffer_;
  ssl_ctx_st* tls_context_ = nullptr;
  ssl_st* tls_ = nullptr;
};

class ScriptedServer {
 public:
  using Part = std::function<void(ServedConnection&)>;
  explicit ScriptedServer(Part part);  // called once for each connection; the connection closes when it returns
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;
  ~ScriptedServer();
  std::uint16_t port() const { return port_; }
  int connections() const { return connections_; }

 private:
  void serve(const Part& part);
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> connections_ = 0;
  std::atomic<bool> is_stopping_ = false;
  std::thread thread_;
};

}  // namespace waymark
