#include "web/spooled_body.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <stdexcept>

namespace waymark::web {

SpooledBody::SpooledBody(const std::filesystem::path& folder)
    : file_(open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600)) {
  if (file_ < 0) throw std::runtime_error("web: no file for a large body can be made");
}

SpooledBody::~SpooledBody() { close(file_); }

bool SpooledBody::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = write(file_, bytes.data(), bytes.size());
    if (written <= 0) return false;
    size_ += static_cast<std::size_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::filesystem::path SpooledBody::path() const { return fmt::format("/proc/self/fd/{}", file_); }

}  // namespace waymark::web
