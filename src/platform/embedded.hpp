// The files that the binary carries: built assets, migrations, locales, the shipped catalogue.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace waymark {

struct EmbeddedFile {
  std::string_view path;  // as in the source tree: "migrations/0001_accounts.sql", "assets/dist/app.9f31.css"
  std::string_view content;
};

std::span<const EmbeddedFile> embedded_files();  // sorted by path
std::optional<std::string_view> find_embedded(std::string_view path);

}  // namespace waymark
