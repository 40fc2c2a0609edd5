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

constexpr int kRowsAUnit = 1000;

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

void write_rows(app::Foundation& foundation, std::int64_t rows) {
  constexpr std::string_view kEvents[] = {"session.started", "session.proved_again", "case.connected", "case.worked"};
  for (std::int64_t done = 0; done < rows; done += kRowsAUnit) {
    const auto now = foundation.clock->now();
    foundation.database->write([&](db::Transaction& tx) {
      for (std::int64_t row = done; row < std::min(rows, done + kRowsAUnit); ++row) {
        journal::record(tx, {.id = foundation.ids.next_value(),
                             .at = now,
                             .event = kEvents[static_cast<std::size_t>(row) % std::size(kEvents)],
                             .account = AccountId{1 + row % 100'000},
                             .detail = "totp",
                             .network = "0123456789abcdef0123456789abcdef"});
      }
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
