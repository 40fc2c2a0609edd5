#include "support/raw_http.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <utility>

#include "base/text.hpp"

namespace waymark::test {

namespace {

sockaddr_in loopback(const char* address, std::uint16_t port) {
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_port = htons(port);
  inet_pton(AF_INET, address, &name.sin_addr);
  return name;
}

const sockaddr* plain(const sockaddr_in& name) { return reinterpret_cast<const sockaddr*>(&name); }

}  // namespace

std::string RawAnswer::header(std::string_view name) const {
  for (std::string_view line : split(head, '\n')) {
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos && equals_ignoring_ascii_case(line.substr(0, colon), name)) {
      return std::string(trim(line.substr(colon + 1)));
    }
  }
  return {};
}

RawClient::RawClient(std::uint16_t port, const std::string& source) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  if (socket_ < 0) throw std::runtime_error("no socket");
  const int on = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (!source.empty()) {
    const sockaddr_in from = loopback(source.c_str(), 0);
    if (::bind(socket_, plain(from), sizeof from) != 0) throw std::runtime_error("can't come from " + source);
  }
  const sockaddr_in to = loopback("127.0.0.1", port);
  if (::connect(socket_, plain(to), sizeof to) != 0) is_ended_ = true;
}

RawClient::~RawClient() {
  if (socket_ >= 0) ::close(socket_);
}

RawClient::RawClient(RawClient&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), input_(std::move(other.input_)), is_ended_(other.is_ended_) {}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawClient::fill(std::chrono::milliseconds wait) {
  if (is_ended_) return false;
  pollfd waiting{socket_, POLLIN, 0};
  if (::poll(&waiting, 1, static_cast<int>(wait.count())) <= 0) return false;
  std::array<char, 16384> buffer{};
  const auto size = ::recv(socket_, buffer.data(), buffer.size(), 0);
  if (size <= 0) {
    is_ended_ = true;
    return false;
  }
  input_.append(buffer.data(), static_cast<std::size_t>(size));
  return true;
}

std::optional<RawAnswer> RawClient::read(bool has_body, std::chrono::milliseconds wait) {
  std::size_t head_end = 0;
  while ((head_end = input_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill(wait)) return std::nullopt;
  }
  RawAnswer answer;
  answer.head = input_.substr(0, head_end + 2);
  input_.erase(0, head_end + 4);
  if (answer.head.size() > 12) answer.status = static_cast<int>(parse_integer(answer.head.substr(9, 3)).value_or(0));
  const auto length = parse_integer(answer.header("content-length"));
  if (!has_body || !length) return answer;
  while (input_.size() < static_cast<std::size_t>(*length)) {
    if (!fill(wait)) return std::nullopt;
  }
  answer.body = input_.substr(0, static_cast<std::size_t>(*length));
  input_.erase(0, answer.body.size());
  return answer;
}

std::vector<RawAnswer> RawClient::read_to_end(std::chrono::milliseconds wait) {
  std::vector<RawAnswer> answers;
  while (auto answer = read(true, wait)) answers.push_back(std::move(*answer));
  return answers;
}

bool RawClient::is_closed_within(std::chrono::milliseconds wait) {
  const auto end = std::chrono::steady_clock::now() + wait;
  while (!is_ended_) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    fill(left);
  }
  return true;
}

bool RawClient::has_answer_within(std::chrono::milliseconds wait) { return !input_.empty() || fill(wait); }

void RawClient::finish_sending() { ::shutdown(socket_, SHUT_WR); }

std::optional<RawAnswer> ask(std::uint16_t port, std::string_view bytes) {
  RawClient client(port);
  client.send(bytes);
  return client.read();
}

}  // namespace waymark::test
