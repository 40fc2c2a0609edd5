// A new folder below the system's temporary one, removed with all it holds when the object goes.
#pragma once

#include <filesystem>

namespace waymark {

class TemporaryFolder {
 public:
  TemporaryFolder();  // throws std::system_error
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace waymark
