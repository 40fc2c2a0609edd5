#include "support/scripted_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>

namespace waymark {
namespace {

constexpr int kPatienceMillis = 2000;

[[noreturn]] void fail(const char* step) { throw std::system_error(errno, std::generic_category(), step); }

}  // namespace

ServedConnection::~ServedConnection() {
  if (tls_ != nullptr) SSL_shutdown(tls_);
  SSL_free(tls_);
  SSL_CTX_free(tls_context_);
}

bool ServedConnection::start_tls(const std::string& certificate_file, const std::string& key_file) {
  std::signal(SIGPIPE, SIG_IGN);  // TLS writes to a socket that the other side may have closed
  const timeval patience{.tv_sec = kPatienceMillis / 1000, .tv_usec = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  tls_context_ = SSL_CTX_new(TLS_server_method());
  SSL_CTX_use_certificate_chain_file(tls_context_, certificate_file.c_str());
  SSL_CTX_use_PrivateKey_file(tls_context_, key_file.c_str(), SSL_FILETYPE_PEM);
  SSL* const tls = SSL_new(tls_context_);
  SSL_set_fd(tls, socket_);
  if (SSL_accept(tls) != 1) {
    SSL_free(tls);
    return false;
  }
  tls_ = tls;
  return true;
}

bool ServedConnection::fill() {
  if (tls_ != nullptr) {
    char part[4096];
    const int got = SSL_read(tls_, part, sizeof part);
    if (got > 0) buffer_.append(part, static_cast<std::size_t>(got));
    return got > 0;
  }
  pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
  if (::poll(&waiting, 1, kPatienceMillis) != 1) return false;
  char part[4096];
  const auto got = ::recv(socket_, part, sizeof part, 0);
  if (got <= 0) return false;
  buffer_.append(part, static_cast<std::size_t>(got));
  return true;
}

std::optional<std::string> ServedConnection::read_line() {
  for (;;) {
    if (const auto end = buffer_.find("\r\n"); end != std::string::npos) {
      auto line = buffer_.substr(0, end);
      buffer_.erase(0, end + 2);
      return line;
    }
    if (!fill()) return std::nullopt;
  }
}

std::string ServedConnection::read_exactly(std::size_t size) {
  while (buffer_.size() < size && fill()) {
  }
  auto out = buffer_.substr(0, size);
  buffer_.erase(0, out.size());
  return out;
}

void ServedConnection::write(std::string_view text) {
  if (tls_ != nullptr) {
    SSL_write(tls_, text.data(), static_cast<int>(text.size()));
    return;
  }
  while (!text.empty()) {
    const auto sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
}

ScriptedServer::ScriptedServer(Part part) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (listener_ < 0) fail("socket");
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 16) != 0 ||
      ::getsockname(listener_, generic, &size) != 0) {
    fail("listen");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this, part = std::move(part)] { serve(part); });
}

ScriptedServer::~ScriptedServer() {
  is_stopping_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

void ScriptedServer::serve(const Part& part) {
  while (!is_stopping_) {
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    ++connections_;
    ServedConnection connection(socket);
    part(connection);
    ::close(socket);
  }
}

}  // namespace waymark
