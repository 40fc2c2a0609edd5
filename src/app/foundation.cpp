#include "app/foundation.hpp"

#include <fstream>
#include <sstream>

#include "db/migrate.hpp"
#include "db/open.hpp"
#include "platform/embedded.hpp"

namespace waymark::app {
namespace {

namespace fs = std::filesystem;

std::unique_ptr<Clock> make_clock(const Config& config) {
  if (config.demo) return std::make_unique<MovableClock>();
  return std::make_unique<SystemClock>();
}

KeyRing load_or_make_keys(const Config& config, Random& random) {
  const auto file = keys_file_of(config);
  if (!fs::exists(file)) {
    if (!config.demo) {
      throw StartProblem(
          fmt::format("{}: there are no keys yet. Make them once, with `waymark keys init`, and keep a copy "
                      "apart from the database: without them nothing sealed can be read again.",
                      file.string()));
    }
    save_keys(file, make_keys(random));
  }
  try {
    return load_keys(file);
  } catch (const std::runtime_error& error) {
    throw StartProblem(error.what());
  }
}

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw StartProblem(fmt::format("{}: can't be read", file.string()));
  return text.str();
}

catalogue::Words load_words(const Config& config) {
  std::vector<catalogue::Words::File> files;
  for (const auto& file : embedded_files()) {
    if (file.path.starts_with("locales/")) files.push_back({file.path, file.content});
  }
  return catalogue::Words(files, config.pseudo_locales);
}

}  // namespace

fs::path keys_file_of(const Config& config) {
  return config.keys_file.empty() ? fs::path(config.data_folder) / "keys" : fs::path(config.keys_file);
}

fs::path database_file_of(const Config& config) { return fs::path(config.data_folder) / "waymark.sqlite"; }

fs::path control_socket_of(const Config& config) { return fs::path(config.data_folder) / "control.sock"; }

fs::path checkpoints_file_of(const Config& config) {
  return config.audit_checkpoints_file.empty() ? fs::path(config.data_folder) / "audit-checkpoints.jsonl"
                                               : fs::path(config.audit_checkpoints_file);
}

catalogue::Catalogue load_catalogue(const Config& config) {
  std::vector<catalogue::CatalogueFile> files;
  for (const auto& file : embedded_files()) {
    const bool is_shipped = file.path.starts_with("catalogue/us/");
    const bool is_demo = config.demo && file.path.starts_with("catalogue/demo/") && file.path.ends_with(".json") &&
                         !file.path.ends_with("people.json");
    if (is_shipped || is_demo) files.push_back({std::string(file.path), std::string(file.content)});
  }
  if (!config.catalogue_folder.empty()) {
    if (!fs::is_directory(config.catalogue_folder)) {
      throw StartProblem(fmt::format("catalogue.folder: {} is not a folder", config.catalogue_folder));
    }
    std::vector<fs::path> own;
    for (const auto& entry : fs::recursive_directory_iterator(config.catalogue_folder)) {
      const auto kind = entry.path().extension();
      if (entry.is_regular_file() && (kind == ".json" || kind == ".md")) own.push_back(entry.path());
    }
    std::sort(own.begin(), own.end());
    for (const auto& file : own) files.push_back({file.string(), read_file(file)});
  }
  auto read = catalogue::read_catalogue(files);
  if (read.problems.empty()) return std::move(read.catalogue);
  std::string all = "the catalogue has problems:";
  for (const auto& problem : read.problems)
    all += fmt::format("\n  {}:{}: {}", problem.file, problem.line, problem.reason);
  throw StartProblem(all);
}

std::unique_ptr<db::Database> open_database(const Config& config, Metrics& metrics) {
  const std::chrono::milliseconds wait_max{config.database_wait_ms_max};
  const auto connections = static_cast<unsigned>(config.database_connections_max);
  try {
    if (config.database == "sqlite") {
      return db::open_sqlite({.file = database_file_of(config), .readers_max = connections, .wait_max = wait_max},
                             metrics);
    }
    return db::open_postgres({.address = config.database, .connections_max = connections, .wait_max = wait_max},
                             metrics);
  } catch (const db::DatabaseError& error) {
    throw StartProblem(error.what());
  }
}

Foundation::Foundation(Config given)
    : config(std::move(given)),
      clock(make_clock(config)),
      ids(*clock, static_cast<unsigned>(config.node_number)),
      keys(load_or_make_keys(config, random)),
      sealer(keys, random),
      catalogue(load_catalogue(config)),
      words(load_words(config)),
      database(open_database(config, metrics)),
      outbox(sealer, *clock) {}

}  // namespace waymark::app
