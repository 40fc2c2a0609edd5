// The body of a request that is too large for memory: a file without a name in the folder that was configured, gone
// with its last descriptor, and readable by nobody but this process.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace waymark::web {

class SpooledBody {
 public:
  // Throws std::runtime_error when no file can be made there.
  explicit SpooledBody(const std::filesystem::path& folder);
  ~SpooledBody();
  SpooledBody(const SpooledBody&) = delete;
  SpooledBody& operator=(const SpooledBody&) = delete;

  // False when the disk took it not (full, say): the request can't be taken then.
  bool append(std::string_view bytes);
  std::size_t size() const { return size_; }
  // Opens the same file anew from its beginning, for as long as this lives.
  std::filesystem::path path() const;

 private:
  int file_ = -1;
  std::size_t size_ = 0;
};

}  // namespace waymark::web
