// The reads of one dashboard, bare: the product's SQL, prepared once, every column fetched, nothing made of it.
//   reads_bench FOLDER sqlite|postgres://… SECONDS
// Prints what support/figures.hpp says. On PostgreSQL in two round trips, as the product does it.
#include <libpq-fe.h>

#include <cstdio>
#include <fstream>
#include <random>

#include "platform/clock.hpp"
#include "platform/keys.hpp"
#include "support/bare_reads.hpp"
#include "support/dashboard_queries.hpp"
#include "support/figures.hpp"
#include "support/installation.hpp"

namespace {

using namespace waymark;

std::vector<std::string> load_token_hashes(const std::filesystem::path& folder) {
  std::vector<std::string> hashes;
  std::ifstream in(bench::tokens_file(folder));
  for (std::string token; std::getline(in, token);) hashes.push_back(sha256(token));
  if (hashes.empty()) throw std::runtime_error("no tokens: fill first");
  return hashes;
}

[[noreturn]] void fail(const std::string& reason) { throw std::runtime_error(reason); }

class PostgresReads {
 public:
  explicit PostgresReads(const std::string& address) : connection_(PQconnectdb(address.c_str())) {
    if (PQstatus(connection_) != CONNECTION_OK) fail(PQerrorMessage(connection_));
    prepare("begin", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    prepare("commit", "COMMIT");
    queries_ = bench::list_dashboard_queries();
    for (std::size_t i = 0; i < queries_.size(); ++i) prepare(name_of(i).c_str(), queries_[i]);
    if (PQenterPipelineMode(connection_) != 1) fail(PQerrorMessage(connection_));
  }

  void read(const std::string& token_hash) {
    const auto now = std::to_string(to_millis(SystemClock{}.now()));
    send("begin", {});
    send(name_of(0).c_str(), {{token_hash, true}, {now, false}});
    PQpipelineSync(connection_);
    std::string account;
    take_all(&account);
    if (account.empty()) fail("a session was not found: renew them first");
    for (std::size_t i = 1; i < queries_.size(); ++i) {
      const bool asks_when = queries_[i].find("$2") != std::string::npos;
      asks_when ? send(name_of(i).c_str(), {{account, false}, {now, false}})
                : send(name_of(i).c_str(), {{account, false}});
    }
    send("commit", {});
    PQpipelineSync(connection_);
    take_all(nullptr);
  }

 private:
  static std::string name_of(std::size_t query) { return fmt::format("query_{}", query); }
  struct Given {
    std::string_view value;
    bool is_binary;
  };
  void prepare(const char* name, const std::string& sql) {
    PGresult* result = PQprepare(connection_, name, sql.c_str(), 0, nullptr);
    const bool is_well = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    if (!is_well) fail(PQerrorMessage(connection_));
  }
  void send(const char* name, std::initializer_list<Given> given) {
    std::vector<const char*> values;
    std::vector<int> lengths, formats;
    for (const auto& one : given) {
      values.push_back(one.value.data());
      lengths.push_back(static_cast<int>(one.value.size()));
      formats.push_back(one.is_binary ? 1 : 0);
    }
    if (PQsendQueryPrepared(connection_, name, static_cast<int>(given.size()), values.data(), lengths.data(),
                            formats.data(), 0) != 1) {
      fail(PQerrorMessage(connection_));
    }
  }
  void take_all(std::string* account) {
    for (;;) {
      PGresult* result = PQgetResult(connection_);
      if (result == nullptr) continue;
      const auto status = PQresultStatus(result);
      if (status == PGRES_TUPLES_OK && account != nullptr && PQntuples(result) == 1) {
        *account = PQgetvalue(result, 0, 1);
      }
      for (int row = 0; row < PQntuples(result); ++row) {
        for (int column = 0; column < PQnfields(result); ++column) sum_ += PQgetlength(result, row, column);
      }
      const bool is_error = status == PGRES_FATAL_ERROR || status == PGRES_PIPELINE_ABORTED;
      PQclear(result);
      if (is_error) fail(PQerrorMessage(connection_));
      if (status == PGRES_PIPELINE_SYNC) return;
    }
  }
  PGconn* connection_;
  std::vector<std::string> queries_;
  std::int64_t sum_ = 0;
};

template <typename Reads>
std::string measure(Reads& reads, const std::vector<std::string>& hashes, int seconds) {
  std::minstd_rand dice(4711);
  return bench::run_for(std::chrono::seconds{seconds}, [&] { reads.read(hashes[dice() % hashes.size()]); });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const std::filesystem::path folder = argv[1];
  const std::string database = argv[2];
  const auto hashes = load_token_hashes(folder);
  const int seconds = std::atoi(argv[3]);
  std::string figures;
  if (database == "sqlite") {
    bench::SqliteReads reads(folder / "waymark.sqlite");
    figures = measure(reads, hashes, seconds);
  } else {
    PostgresReads reads(database);
    figures = measure(reads, hashes, seconds);
  }
  std::printf("%s\n", figures.c_str());
  return 0;
}
