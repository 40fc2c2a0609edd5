#include "journal/audit_outside.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace waymark::journal {
namespace {

constexpr int kLinesAtOnce = 1000;

[[noreturn]] void fail(const std::filesystem::path& file, std::string_view step) {
  const int error = errno;
  throw std::runtime_error(fmt::format("{}: {}: {}", file.string(), step, std::strerror(error)));
}

class Appending {
 public:
  explicit Appending(const std::filesystem::path& file)
      : file_(file), descriptor_(::open(file.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) fail(file_, "can't be opened");
  }
  Appending(const Appending&) = delete;
  Appending& operator=(const Appending&) = delete;
  ~Appending() { ::close(descriptor_); }

  bool ends_within_a_line() const {
    const auto size = ::lseek(descriptor_, 0, SEEK_END);
    char last = '\n';
    if (size > 0 && ::pread(descriptor_, &last, 1, size - 1) != 1) fail(file_, "can't be read");
    return last != '\n';
  }
  void write(std::string_view text) {
    while (!text.empty()) {
      const auto written = ::write(descriptor_, text.data(), text.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail(file_, "can't be written");
      text.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(descriptor_) != 0) fail(file_, "can't be made durable");
  }

 private:
  const std::filesystem::path& file_;
  int descriptor_;
};

}  // namespace

// Lines are some 350 bytes; so the end of the file holds some whole ones.
Instant OutsideCopy::newest_at() const {
  constexpr std::streamoff kTailBytes = 64 * 1024;
  std::ifstream in(file_, std::ios::binary | std::ios::ate);
  if (!in) return Instant{};
  const std::streamoff size = in.tellg();
  in.seekg(std::max<std::streamoff>(0, size - kTailBytes));
  Instant newest{};
  std::string line;
  while (std::getline(in, line)) {
    if (const auto checkpoint = parse_checkpoint_line(line)) newest = std::max(newest, checkpoint->at);
  }
  return newest;
}

int OutsideCopy::catch_up(db::Database& database) {
  int count = 0;
  for (;;) {
    if (!newest_at_) newest_at_ = newest_at();
    const auto missing = list_checkpoints_after(*database.snapshot(), *newest_at_, kLinesAtOnce);
    if (missing.empty()) return count;
    newest_at_.reset();  // unless all of it was written, the file is asked again
    append(missing);
    newest_at_ = missing.back().at;
    count += static_cast<int>(missing.size());
  }
}

void OutsideCopy::append(std::span<const Checkpoint> checkpoints) {
  Appending file(file_);
  std::string text = file.ends_within_a_line() ? "\n" : "";
  for (const auto& checkpoint : checkpoints) text += checkpoint_line(checkpoint) + "\n";
  file.write(text);
}

bool read_outside_copy(const std::filesystem::path& file, const std::function<void(int, std::string_view)>& line) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return false;
  std::string held;
  std::string next;
  int number = 0;
  for (; std::getline(in, next); ++number) {
    if (number > 0 && !next.starts_with(held)) line(number, held);
    held = std::move(next);
  }
  if (number > 0) line(number, held);
  return true;
}

}  // namespace waymark::journal
