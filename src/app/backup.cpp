#include "app/backup.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <fstream>

#include "app/audit_command.hpp"
#include "app/sealed_columns.hpp"
#include "base/text.hpp"
#include "db/migrate.hpp"

extern char** environ;

namespace waymark::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kManifest = "manifest.json";

std::string sha256_of_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  std::vector<char> chunk(1 << 20);
  while (in.read(chunk.data(), static_cast<std::streamsize>(chunk.size())) || in.gcount() > 0) {
    EVP_DigestUpdate(context.get(), chunk.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) throw StartProblem(fmt::format("{}: can't be read", file.string()));
  std::string digest(32, '\0');
  unsigned size = 0;
  EVP_DigestFinal_ex(context.get(), reinterpret_cast<unsigned char*>(digest.data()), &size);
  return to_hex(digest);
}

// The file's content and its folder's entry are on the disk when this returns.
void make_durable(const fs::path& file) {
  for (const auto& path : {file, file.parent_path()}) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) ::close(descriptor);
    if (!synced) throw StartProblem(fmt::format("{}: can't be made durable", path.string()));
  }
}

std::string database_name(std::string_view kind) { return kind == "sqlite" ? "database.sqlite" : "database.pgdump"; }

boost::json::object read_manifest(const fs::path& folder) {
  std::ifstream in(folder / kManifest);
  std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  boost::system::error_code error;
  auto value = boost::json::parse(text, error);
  if (error || !value.is_object())
    throw StartProblem(fmt::format("{}: not a backup: no readable {}", folder.string(), kManifest));
  return value.as_object();
}

std::string text_of(const boost::json::object& manifest, std::string_view name) {
  const auto* value = manifest.if_contains(name);
  if (value == nullptr || !value->is_string()) throw StartProblem(fmt::format("{}: {} is missing", kManifest, name));
  return std::string(value->as_string());
}

void run_pg_restore(const Config& config, const fs::path& file) {
  const std::string file_text = file.string();
  const std::string address = "--dbname=" + config.database;
  const char* arguments[] = {"pg_restore", "--exit-on-error", "--single-transaction",
                             "--no-owner", address.c_str(),   file_text.c_str(),
                             nullptr};
  pid_t child = 0;
  if (::posix_spawnp(&child, arguments[0], nullptr, nullptr, const_cast<char**>(arguments), environ) != 0) {
    throw StartProblem("pg_restore is not installed (Debian's postgresql-client)");
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw StartProblem("pg_restore failed; its reason stands above");
}

bool has_tables(db::Database& database) {
  static constexpr db::Query kAny{"app.has_migrations", "SELECT 1 FROM schema_migrations"};
  try {
    return database.snapshot()->has(kAny, {});
  } catch (const db::DatabaseError&) {
    return false;
  }
}

void check_opens(const Config& config, std::ostream& out) {
  Foundation foundation(config);
  const auto checked = check_sealed(foundation, 1000);
  if (checked.unreadable > 0) {
    throw StartProblem(
        fmt::format("the keys at {} don't open this backup ({} of {} sealed values): put the keys that "
                    "belong to it there, then check with `waymark keys check`",
                    keys_file_of(config).string(), checked.unreadable, checked.read));
  }
  out << fmt::format("The keys open it: {} sealed values tried.\n", checked.read);
  db::migrate(*foundation.database, db::shipped_migrations(foundation.database->kind()));
  note_restore(foundation, out);
}

}  // namespace

void back_up(Foundation& foundation, const fs::path& folder, std::ostream& out) {
  fs::create_directories(folder);
  if (!fs::is_empty(folder))
    throw StartProblem(fmt::format("{}: not empty; a backup wants a folder of its own", folder.string()));
  fs::permissions(folder, fs::perms::owner_all);
  const auto file = folder / database_name(foundation.database->kind());
  foundation.database->back_up_to(file.string());
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  make_durable(file);

  boost::json::object manifest;
  manifest["made_at"] = to_iso(foundation.clock->now());
  manifest["kind"] = foundation.database->kind();
  manifest["migrations"] = static_cast<std::int64_t>(db::shipped_migrations(foundation.database->kind()).size());
  manifest["bytes"] = fs::file_size(file);
  manifest["sha256"] = sha256_of_file(file);
  {
    std::ofstream manifest_out(folder / kManifest);
    manifest_out << boost::json::serialize(manifest) << "\n";
    if (!manifest_out.flush()) throw StartProblem(fmt::format("{}: can't be written", (folder / kManifest).string()));
  }
  make_durable(folder / kManifest);
  if (foundation.database->kind() == "sqlite") {
    Config copy = foundation.config;
    copy.data_folder = folder.string();
    fs::copy_file(file, database_file_of(copy));
    Metrics metrics;
    open_database(copy, metrics)->ping();
    for (const char* left : {"waymark.sqlite", "waymark.sqlite-wal", "waymark.sqlite-shm"}) fs::remove(folder / left);
  }
  out << fmt::format(
      "Backed up to {} ({} bytes).\nThe keys are not in it: keep a copy of {} elsewhere. Without the keys the "
      "backup can't be read.\n",
      file.string(), fs::file_size(file), keys_file_of(foundation.config).string());
}

void restore(const Config& config, const fs::path& folder, std::ostream& out) {
  const auto manifest = read_manifest(folder);
  const std::string kind = config.database == "sqlite" ? "sqlite" : "postgres";
  if (text_of(manifest, "kind") != kind) {
    throw StartProblem(fmt::format("the backup is of {}, and data.database is {}", text_of(manifest, "kind"), kind));
  }
  const auto file = folder / database_name(kind);
  if (!fs::exists(file) || sha256_of_file(file) != text_of(manifest, "sha256")) {
    throw StartProblem(fmt::format("{}: not what the manifest says; the backup is damaged", file.string()));
  }
  if (!fs::exists(keys_file_of(config))) {
    throw StartProblem(
        fmt::format("{}: put the keys that belong to this backup there first", keys_file_of(config).string()));
  }
  if (kind == "sqlite") {
    const auto target = database_file_of(config);
    if (fs::exists(target))
      throw StartProblem(fmt::format("{}: there is a database already; move it away first", target.string()));
    const auto half = fs::path(target.string() + ".restoring");
    fs::copy_file(file, half, fs::copy_options::overwrite_existing);
    make_durable(half);
    fs::rename(half, target);
    make_durable(target);
  } else {
    Metrics metrics;
    if (has_tables(*open_database(config, metrics)))
      throw StartProblem("the PostgreSQL database is not empty; restore into a new one");
    run_pg_restore(config, file);
  }
  out << fmt::format("Restored what was backed up at {}.\n", text_of(manifest, "made_at"));
  check_opens(config, out);
}

}  // namespace waymark::app
