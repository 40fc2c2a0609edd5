// (c) The import of a feed file into an empty SQLite database, then a bare loop of the same inserts:
//   feed_bench FOLDER RECORDS
// FOLDER/agency holds brand.json and places.json; what else is in it is replaced. Prints a line of JSON.
#include <cstdio>
#include <cstdlib>

#include "app/features.hpp"
#include "db/migrate.hpp"
#include "features/feed/import_feed.hpp"
#include "support/bare_inserts.hpp"
#include "support/feed_file.hpp"
#include "support/installation.hpp"

namespace {

using namespace waymark;

void make_empty(const app::Config& config) {
  for (const char* end : {"", "-wal", "-shm"}) {
    std::filesystem::remove(app::database_file_of(config).string() + end);
  }
  Metrics metrics;
  const auto database = app::open_database(config, metrics);
  db::migrate(*database, db::shipped_migrations(database->kind()));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::filesystem::path folder = argv[1];
  const auto config = bench::make_config(folder, "sqlite");
  if (!std::filesystem::exists(app::keys_file_of(config))) {
    SystemRandom random;
    save_keys(app::keys_file_of(config), make_keys(random));
  }
  const auto file = folder / "feed.ndjson";
  bench::write_feed(file, std::atoll(argv[2]) / bench::kRecordsOfCase);
  make_empty(config);

  const SystemClock clock;
  double seconds = 0, cpu = 0;
  feed::FeedSummary summary;
  {
    app::Foundation foundation(config);
    app::Features features(foundation, [] {});
    const auto begun = clock.steady();
    const double cpu_before = bench::cpu_seconds();
    summary = feed::import_feed(features.cases, file, [](const feed::RefusedRecord& refused) {
      std::fprintf(stderr, "refused: line %lld: %s %s\n", static_cast<long long>(refused.line), refused.field.c_str(),
                   refused.reason.c_str());
    });
    seconds = std::chrono::duration<double>(clock.steady() - begun).count();
    cpu = bench::cpu_seconds() - cpu_before;
  }

  const auto bare_folder = folder / "bare";
  std::filesystem::create_directories(bare_folder);
  auto bare_config = config;
  bare_config.data_folder = bare_folder.string();
  make_empty(bare_config);
  const auto bare = bench::insert_again(app::database_file_of(config), app::database_file_of(bare_config));
  std::printf(
      R"({"records": %lld, "rows": %lld, "seconds": %.2f, "cpu_seconds": %.2f, "bare_seconds": %.2f, "bare_cpu_seconds": %.2f})"
      "\n",
      static_cast<long long>(summary.went_in), static_cast<long long>(bare.rows), seconds, cpu, bare.seconds,
      bare.cpu_seconds);
  return summary.refused == 0 ? 0 : 1;
}
