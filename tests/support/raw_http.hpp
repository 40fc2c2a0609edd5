// A client that sends exactly the bytes it is given and reads what comes, for tests of what a well-behaved client never
// does. Loopback only. Waits have generous ends, so that a lost answer fails a test instead of hanging it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waymark::test {

struct RawAnswer {
  int status = 0;
  std::string head;  // status line and headers, with their line ends
  std::string body;

  // The value of a header, compared without case; empty when absent.
  std::string header(std::string_view name) const;
};

class RawClient {
 public:
  // `source`: another loopback address ("127.0.0.2") to come from.
  explicit RawClient(std::uint16_t port, const std::string& source = {});
  ~RawClient();
  RawClient(RawClient&& other) noexcept;
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool send(std::string_view bytes);  // false: the other side has closed
  // The next whole answer; none when the connection ends first, or nothing comes for `wait`.
  std::optional<RawAnswer> read(bool has_body = true, std::chrono::milliseconds wait = std::chrono::seconds(20));
  // Every answer until the other side closes, or says nothing for `wait`.
  std::vector<RawAnswer> read_to_end(std::chrono::milliseconds wait = std::chrono::seconds(5));
  // True when the other side closes within `wait`; what it sends before is dropped.
  bool is_closed_within(std::chrono::milliseconds wait = std::chrono::seconds(20));
  bool has_answer_within(std::chrono::milliseconds wait);
  void finish_sending();

 private:
  bool fill(std::chrono::milliseconds wait);

  int socket_ = -1;
  std::string input_;
  bool is_ended_ = false;
};

// One request on a connection of its own.
std::optional<RawAnswer> ask(std::uint16_t port, std::string_view bytes);

}  // namespace waymark::test
