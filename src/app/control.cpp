#include "app/control.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <streambuf>
#include <system_error>

namespace waymark::app {
namespace {

constexpr std::size_t kCommandBytesMax = 64 * 1024;

sockaddr_un address_of(const std::filesystem::path& socket) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = socket.string();
  if (path.size() >= sizeof address.sun_path)
    throw std::runtime_error("the data folder's path is too long for a socket");
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return address;
}

template <typename Call>
int with_address(const sockaddr_un& address, Call&& call) {
  return call(reinterpret_cast<const sockaddr*>(&address), static_cast<socklen_t>(sizeof address));
}

void send_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto sent = ::send(descriptor, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) throw std::runtime_error("the other side of the control socket went away");
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
}

// Reads up to a line feed, from what was read before and the socket; nothing at the end.
class LineReader {
 public:
  explicit LineReader(int descriptor) : descriptor_(descriptor) {}
  std::optional<std::string> next() {
    for (;;) {
      if (const auto end = held_.find('\n'); end != held_.npos) {
        std::string line = held_.substr(0, end);
        held_.erase(0, end + 1);
        return line;
      }
      if (held_.size() > kCommandBytesMax) return std::nullopt;
      char bytes[4096];
      const auto got = ::recv(descriptor_, bytes, sizeof bytes, 0);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return std::nullopt;
      held_.append(bytes, static_cast<std::size_t>(got));
    }
  }

 private:
  int descriptor_;
  std::string held_;
};

// Sends each finished line to the client with its mark.
class LineSender final : public std::streambuf {
 public:
  LineSender(int descriptor, char mark) : descriptor_(descriptor), line_(1, mark) {}
  ~LineSender() override {
    if (line_.size() > 1) send_line();
  }

 private:
  int_type overflow(int_type byte) override {
    if (byte == traits_type::eof()) return 0;
    line_.push_back(static_cast<char>(byte));
    if (byte == '\n') send_line();
    return byte;
  }
  void send_line() {
    if (line_.back() != '\n') line_.push_back('\n');
    // A client that went away (Ctrl-C) does not stop a command half-way.
    try {
      send_all(descriptor_, line_);
    } catch (const std::runtime_error&) {
    }
    line_.resize(1);
  }
  int descriptor_;
  std::string line_;
};

struct Descriptor {
  int value;
  ~Descriptor() {
    if (value >= 0) ::close(value);
  }
};

}  // namespace

ControlServer::ControlServer(std::filesystem::path socket, CommandRunner run)
    : socket_(std::move(socket)), run_(std::move(run)) {
  const auto address = address_of(socket_);
  std::filesystem::remove(socket_);  // left behind by a process that was killed: the folder's lock is ours
  listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto old_mask = ::umask(0177);
  const int bound = with_address(address, [&](auto* at, socklen_t size) { return ::bind(listener_, at, size); });
  ::umask(old_mask);
  if (listener_ < 0 || bound != 0 || ::listen(listener_, 8) != 0 || ::pipe2(wake_, O_CLOEXEC) != 0) {
    throw std::system_error(errno, std::generic_category(), "the control socket can't be opened: " + socket_.string());
  }
  thread_ = std::thread([this] { serve(); });
}

ControlServer::~ControlServer() {
  ::close(wake_[1]);
  thread_.join();
  ::close(wake_[0]);
  ::close(listener_);
  std::error_code ignored;
  std::filesystem::remove(socket_, ignored);
}

void ControlServer::serve() {
  for (;;) {
    pollfd watched[] = {{listener_, POLLIN, 0}, {wake_[0], POLLIN, 0}};
    if (::poll(watched, 2, -1) < 0 && errno != EINTR) return;
    if (watched[1].revents != 0) return;
    if ((watched[0].revents & POLLIN) == 0) continue;
    const Descriptor client{::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)};
    if (client.value < 0) continue;
    const timeval patience{.tv_sec = 5, .tv_usec = 0};
    ::setsockopt(client.value, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(client.value, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    answer(client.value);
  }
}

void ControlServer::answer(int client) {
  int status = 2;
  {
    LineSender out_buffer(client, 'o');
    LineSender error_buffer(client, 'e');
    std::ostream out(&out_buffer);
    std::ostream errors(&error_buffer);
    try {
      const auto line = LineReader(client).next();
      std::vector<std::string> words;
      for (const auto& word : boost::json::parse(line.value_or("[]")).as_array()) words.emplace_back(word.as_string());
      status = run_(words, out, errors);
    } catch (const std::exception& error) {
      errors << error.what() << "\n";
    }
  }
  try {
    send_all(client, fmt::format("x{}\n", status));
  } catch (const std::runtime_error&) {
  }
}

int run_in_server(const std::filesystem::path& socket, const std::vector<std::string>& words, std::ostream& out,
                  std::ostream& errors) {
  const auto address = address_of(socket);
  const Descriptor server{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  if (with_address(address, [&](auto* at, socklen_t size) { return ::connect(server.value, at, size); }) != 0) {
    throw std::runtime_error("another process holds the data folder, and does not answer at " + socket.string());
  }
  boost::json::array array;
  for (const auto& word : words) array.emplace_back(word);
  send_all(server.value, boost::json::serialize(array) + "\n");
  LineReader lines(server.value);
  while (const auto line = lines.next()) {
    if (line->starts_with("x")) return std::stoi(line->substr(1));
    (line->starts_with("e") ? errors : out) << line->substr(1) << std::endl;
  }
  throw std::runtime_error("the server ended before the command did");
}

}  // namespace waymark::app
