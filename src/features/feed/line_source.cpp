#include "features/feed/line_source.hpp"

#include <cstring>
#include <stdexcept>

#include "features/feed/record_reader.hpp"

namespace waymark::feed {

bool LineSource::fill() {
  if (is_at_end_) return false;
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  stream_.read(buffer_.data() + end_, static_cast<std::streamsize>(buffer_.size() - end_));
  if (stream_.bad()) throw std::runtime_error("feed import: the file can't be read to its end");
  const auto got = static_cast<std::size_t>(stream_.gcount());
  end_ += got;
  is_at_end_ = !stream_.good();
  return got > 0;
}

LineSource::Next LineSource::next(std::string_view& line) {
  std::size_t looked_at = 0;
  bool is_too_long = false;
  for (;;) {
    const char* from = buffer_.data() + begin_ + looked_at;
    const auto* end_of_line = static_cast<const char*>(std::memchr(from, '\n', end_ - begin_ - looked_at));
    const bool is_last = end_of_line == nullptr && is_at_end_;
    if (end_of_line != nullptr || is_last) {
      if (is_last && begin_ == end_ && !is_too_long) return Next::end;
      const char* begin = buffer_.data() + begin_;
      const auto size = static_cast<std::size_t>((is_last ? buffer_.data() + end_ : end_of_line) - begin);
      begin_ += size + (is_last ? 0 : 1);
      line = std::string_view(begin, size);
      if (line.ends_with('\r')) line.remove_suffix(1);
      return is_too_long || line.size() > kLineBytesMax ? Next::too_long : Next::line;
    }
    looked_at = end_ - begin_;
    if (looked_at > kLineBytesMax + 1) {
      // The rest of a line that is too long is thrown away as it comes.
      is_too_long = true;
      begin_ = end_;
      looked_at = 0;
    }
    fill();
  }
}

}  // namespace waymark::feed
