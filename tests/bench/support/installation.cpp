#include "support/installation.hpp"

#include <sys/resource.h>

namespace waymark::bench {

app::Config make_config(const std::filesystem::path& folder, const std::string& database) {
  app::Config config;
  config.data_folder = folder.string();
  config.database = database;
  config.catalogue_folder = (folder / "agency").string();
  return config;
}

std::filesystem::path tokens_file(const std::filesystem::path& folder) { return folder / "tokens.txt"; }

std::string email_of(std::int64_t account_number) { return fmt::format("person{}@bench.example", account_number); }

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace waymark::bench
