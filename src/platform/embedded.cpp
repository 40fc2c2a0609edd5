#include "platform/embedded.hpp"

#include <algorithm>

namespace waymark {

std::optional<std::string_view> find_embedded(std::string_view path) {
  const auto files = embedded_files();
  const auto found =
      std::lower_bound(files.begin(), files.end(), path,
                       [](const EmbeddedFile& file, std::string_view wanted) { return file.path < wanted; });
  if (found == files.end() || found->path != path) return std::nullopt;
  return found->content;
}

}  // namespace waymark
