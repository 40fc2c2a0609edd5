// A stream as lines, with no more than one of them in memory however long it is.
#pragma once

#include <cstdint>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

namespace waymark::feed {

class LineSource {
 public:
  explicit LineSource(std::istream& stream) : stream_(stream), buffer_(kBufferBytes) {}

  enum class Next { line, too_long, end };
  // The next line without its line end ("\n" or "\r\n"), good until the next call. A last line without one counts.
  // too_long: it was skipped. Throws std::runtime_error when the stream fails.
  Next next(std::string_view& line);

 private:
  static constexpr std::size_t kBufferBytes = 1024 * 1024;  // many times the longest line
  bool fill();

  std::istream& stream_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;
  bool is_at_end_ = false;
};

}  // namespace waymark::feed
