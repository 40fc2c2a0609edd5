// The audit trail at size: so many rows are written, given their places in the chain, and looked through.
//   audit_bench FOLDER sqlite|postgres://… ROWS   (FOLDER and database: new)
// Prints {"rows": …, "chained_a_second": …, "verified_a_second": …, "verify_s": …, "findings": …, "memory_mib": …}: the
// memory is what this process holds at most while it looks through the trail, beside what the database maps.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

#include "app/features.hpp"
#include "db/migrate.hpp"
#include "journal/audit.hpp"
#include "journal/audit_chainer.hpp"
#include "journal/audit_verify.hpp"
#include "support/installation.hpp"

namespace {

using namespace waymark;

constexpr std::int64_t kRowsAUnit = 50'000;

double seconds_of(const std::function<void()>& act) {
  const auto begun = std::chrono::steady_clock::now();
  act();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

// What this process wrote to, in MiB: not the pages of the database that it only maps.
double private_memory() {
  std::ifstream rollup("/proc/self/smaps_rollup");
  double kib = 0;
  for (std::string word; rollup >> word;) {
    if (word != "Private_Dirty:") continue;
    double value = 0;
    rollup >> value;
    kib += value;
  }
  return kib / 1024;
}

// The rows that journal::record() would write, so many in one statement: on PostgreSQL one at a time takes minutes.
constexpr db::Query kFillAudit{"bench.fill_audit", R"sql(
  INSERT INTO audit (id, at, event, account, on_case, actor, detail, network)
  WITH RECURSIVE numbers(number) AS (
    SELECT CAST($1 AS BIGINT) UNION ALL SELECT number + 1 FROM numbers WHERE number + 1 < CAST($2 AS BIGINT))
  SELECT CAST($3 AS BIGINT) + number, CAST($4 AS BIGINT), CASE number % 4 WHEN 0 THEN 'session.started'
    WHEN 1 THEN 'session.proved_again' WHEN 2 THEN 'case.connected' ELSE 'case.worked' END,
    1 + number % 100000, NULL, '', 'totp', '0123456789abcdef0123456789abcdef'
  FROM numbers)sql"};
constexpr db::Query kFillWaiting{"bench.fill_audit_waiting", R"sql(
  INSERT INTO audit_waiting (audit_id) SELECT id FROM audit
  WHERE id >= CAST($1 AS BIGINT) AND id < CAST($2 AS BIGINT))sql"};

void write_rows(app::Foundation& foundation, std::int64_t rows) {
  const auto first = foundation.ids.next_value();
  const auto now = foundation.clock->now();
  for (std::int64_t done = 0; done < rows; done += kRowsAUnit) {
    const auto end = std::min(rows, done + kRowsAUnit);
    foundation.database->write([&](db::Transaction& tx) {
      tx.run(kFillAudit, {done, end, first, now});
      tx.run(kFillWaiting, {first + done, first + end});
    });
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const std::filesystem::path folder = argv[1];
  const auto rows = std::atoll(argv[3]);
  const auto config = bench::make_config(folder, argv[2]);
  SystemRandom random;
  save_keys(app::keys_file_of(config), make_keys(random));
  app::Foundation foundation(config);
  db::migrate(*foundation.database, db::shipped_migrations(foundation.database->kind()));
  write_rows(foundation, rows);
  const auto copy = folder / "checkpoints.ndjson";
  double chaining = 0;
  {
    journal::AuditChainer chainer({.database = *foundation.database,
                                   .clock = *foundation.clock,
                                   .random = foundation.random,
                                   .metrics = foundation.metrics,
                                   .keys = foundation.keys,
                                   .outside_copy = copy,
                                   .holder = foundation.ids.next_value()});
    chaining = seconds_of([&] { chainer.chain_waiting(); });
    chainer.sign_end(true);
    chainer.copy_outside();
  }
  journal::AuditVerification found;
  std::atomic<double> most{0};
  const SigningKeys keys(foundation.keys, std::string(journal::kCheckpointPurpose));
  double verifying = 0;
  {
    const std::jthread watcher([&](const std::stop_token& stop) {
      while (!stop.stop_requested()) {
        most = std::max(most.load(), private_memory());
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
      }
    });
    verifying = seconds_of(
        [&] { found = journal::verify_audit(*foundation.database, keys, copy, [](const journal::AuditFinding&) {}); });
  }
  std::printf(
      "{\"rows\": %lld, \"chained_a_second\": %.0f, \"verified_a_second\": %.0f, \"verify_s\": %.1f, \"findings\": "
      "%lld, "
      "\"memory_mib\": %.1f}\n",
      static_cast<long long>(found.rows), static_cast<double>(rows) / chaining,
      static_cast<double>(found.rows) / verifying, verifying, static_cast<long long>(found.findings), most.load());
  return found.findings == 0 && found.rows == rows ? 0 : 1;
}
