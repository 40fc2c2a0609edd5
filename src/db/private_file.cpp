#include "db/private_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "db/database.hpp"

namespace waymark::db {

namespace {

void sync(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) throw DatabaseError(fmt::format("{}: {}", path, std::strerror(errno)));
  const int result = ::fsync(descriptor);
  const int error = errno;
  ::close(descriptor);
  if (result != 0) throw DatabaseError(fmt::format("{}: {}", path, std::strerror(error)));
}

}  // namespace

PrivateFile::PrivateFile(std::string path) : path_(std::move(path)) {
  const int descriptor = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) throw DatabaseError(fmt::format("{}: {}", path_, std::strerror(errno)));
  ::close(descriptor);
}

PrivateFile::~PrivateFile() {
  if (!is_kept_) ::unlink(path_.c_str());
}

void PrivateFile::keep() {
  sync(path_, O_RDONLY);
  const auto folder = std::filesystem::path(path_).parent_path();
  sync(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY);
  is_kept_ = true;
}

}  // namespace waymark::db
