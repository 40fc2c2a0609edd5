#include "app/local_commands.hpp"

#include <filesystem>

#include "app/commands.hpp"
#include "app/control.hpp"
#include "app/foundation.hpp"
#include "app/sealed_columns.hpp"
#include "db/migrate.hpp"

namespace waymark::app {
namespace {

namespace fs = std::filesystem;

}  // namespace

const Config& checked(const ReadConfig& read) {
  if (read.problems.empty()) return read.config;
  std::string all = "the configuration has problems:";
  for (const auto& problem : read.problems) all += "\n  " + problem;
  throw StartProblem(all);
}

FolderLock lock_or_explain(const Config& config) {
  auto lock = FolderLock::try_take(config.data_folder);
  if (!lock)
    throw StartProblem(fmt::format("{}: a running waymark holds this data folder; stop it first", config.data_folder));
  return std::move(*lock);
}

int run_beside(const ReadConfig& read, const std::vector<std::string>& words, std::ostream& out, std::ostream& errors) {
  const Config& config = read.config;
  if (!FolderLock::is_held(config.data_folder)) {
    const auto lock = lock_or_explain(checked(read));
    Foundation foundation(config);
    db::migrate(*foundation.database, db::shipped_migrations(foundation.database->kind()));
    Features features(foundation, {});
    return run_command(foundation, features, words, out, errors);
  }
  return run_in_server(control_socket_of(config), words, out, errors);
}

int init_keys(const Config& config, std::ostream& out) {
  const auto file = keys_file_of(config);
  if (fs::exists(file))
    throw StartProblem(fmt::format("{}: there are keys already; they are never replaced, only rotated", file.string()));
  const auto lock = lock_or_explain(config);
  SystemRandom random;
  save_keys(file, make_keys(random));
  out << fmt::format(
      "New keys in {}. Keep a copy apart from the database and its backups: whoever has both can read "
      "everything, and without the keys nobody can.\n",
      file.string());
  return 0;
}

int rotate_keys(const Config& config, std::ostream& out) {
  const auto lock = lock_or_explain(config);
  SystemRandom random;
  save_keys(keys_file_of(config), with_new_root(load_keys(keys_file_of(config)), random));
  Foundation foundation(config);
  out << fmt::format("A new root key seals from now on. Keep a new copy of {}.\n", keys_file_of(config).string());
  out << fmt::format("{} values sealed anew.\n", reseal_all(foundation, out));
  return 0;
}

int migrate_database(const Config& config, std::ostream& out) {
  const auto lock = lock_or_explain(config);
  Foundation foundation(config);
  const auto applied = db::migrate(*foundation.database, db::shipped_migrations(foundation.database->kind()));
  out << fmt::format("{} migrations applied; the database is up to date.\n", applied);
  return 0;
}

}  // namespace waymark::app
