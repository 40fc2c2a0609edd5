// Makes an installation of any size for the other benchmarks, or gives the sessions of one a new life:
//   fill_bench FOLDER sqlite|postgres://… ACCOUNTS CASES SESSIONS
//   fill_bench FOLDER sqlite|postgres://… renew
// FOLDER/agency holds brand.json and places.json; FOLDER/tokens.txt gets the sessions' tokens. The database is empty
// before. Sessions end after some minutes without use, so `renew` goes before each measurement.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <span>

#include "db/migrate.hpp"
#include "features/accounts/limits.hpp"
#include "support/fill_rows.hpp"
#include "support/installation.hpp"

namespace {

using namespace waymark;

void say(std::string_view what) {
  static const auto start = SystemClock{}.steady();
  std::printf("%7.1f s  %.*s\n", std::chrono::duration<double>(SystemClock{}.steady() - start).count(),
              static_cast<int>(what.size()), what.data());
  std::fflush(stdout);
}

void renew(const app::Config& config) {
  Metrics metrics;
  const auto database = app::open_database(config, metrics);
  const auto now = SystemClock{}.now();
  const db::Query renewal{"bench.renew", "UPDATE sessions SET last_seen_at = $1, proved_at = $1, expires_at = $2"};
  database->write([&](db::Transaction& tx) { tx.run(renewal, {now, now + accounts::kSessionLifetime}); });
}

void fill(const app::Config& config, bench::FillSize size) {
  const std::filesystem::path keys = app::keys_file_of(config);
  SystemRandom random;
  if (!std::filesystem::exists(keys)) save_keys(keys, make_keys(random));
  {
    Metrics metrics;
    const auto database = app::open_database(config, metrics);
    db::migrate(*database, db::shipped_migrations(database->kind()));
  }
  const bool is_sqlite = config.database == "sqlite";
  auto elsewhere = config;  // the product's own connection must not meet the filler's
  const auto nowhere = std::filesystem::temp_directory_path() / fmt::format("waymark-fill-{}", random.digits(8));
  std::filesystem::create_directory(nowhere);
  elsewhere.keys_file = keys.string();
  elsewhere.database = "sqlite";
  const auto into = is_sqlite ? bench::open_bulk_sqlite(app::database_file_of(config).string())
                              : bench::open_bulk_postgres(config.database);
  {
    elsewhere.data_folder = nowhere.string();
    app::Foundation foundation(elsewhere);
    app::Features features(foundation, {});
    bench::Filler filler(foundation, features, *into, size);
    filler.fill_accounts();
    say("accounts");
    filler.fill_sessions();
    say("sessions");
    filler.fill_cases();
    say("cases");
    filler.fill_parties();
    say("parties");
    filler.fill_person_search();
    say("the office's search");
    filler.fill_requests();
    filler.fill_appointments();
    say("evidence requests and appointments");
    filler.fill_events();
    say("events");
  }
  std::filesystem::copy_file(bench::tokens_file(nowhere), bench::tokens_file(config.data_folder),
                             std::filesystem::copy_options::overwrite_existing);
  std::filesystem::remove_all(nowhere);
  into->finish();
  say("done");
}

}  // namespace

int main(int argc, char** argv) {
  const std::span<char*> words(argv, static_cast<std::size_t>(argc));
  if (argc != 6 && argc != 4) return 2;
  const auto config = bench::make_config(words[1], words[2]);
  if (argc == 4) {
    renew(config);
    return 0;
  }
  say("begins");
  fill(config, {std::atoll(words[3]), std::atoll(words[4]), std::atoll(words[5])});
  return 0;
}
