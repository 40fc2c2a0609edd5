// The folder of one benchmark's installation: its keys, its database, and what the programs leave for one another.
#pragma once

#include <filesystem>
#include <string>

#include "app/config.hpp"

namespace waymark::bench {

// Every account's; hashed at the product's own cost.
inline constexpr std::string_view kPassword = "correct horse battery staple 4711";

// `folder` holds agency/ (brand and places). The database: "sqlite" or postgres://…
app::Config make_config(const std::filesystem::path& folder, const std::string& database);
// The tokens of the sessions that the filler made, a line each.
std::filesystem::path tokens_file(const std::filesystem::path& folder);
std::string email_of(std::int64_t account_number);

// Of this process, all threads, in seconds.
double cpu_seconds();

}  // namespace waymark::bench
