// Gives the rows of the audit trail their places in the chain, within a second, and signs where it ended. Several nodes
// run one each; the one with the lease works, the others keep their copies of the checkpoints.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>

#include "journal/audit_outside.hpp"
#include "platform/clock.hpp"
#include "platform/metrics.hpp"
#include "platform/random.hpp"

namespace waymark::journal {

class AuditChainer {
 public:
  struct Parts {
    db::Database& database;
    const Clock& clock;
    Random& random;
    Metrics& metrics;
    const KeyRing& keys;
    std::filesystem::path outside_copy;
    std::int64_t holder = 0;  // a number of this process alone, from IdSource
  };
  explicit AuditChainer(const Parts& parts);
  ~AuditChainer();  // once started: chains and signs what is left, and gives the lease up
  // A thread of its own, with a round every second.
  void start();

  // The steps of a round, in the caller's thread. What one has begun and not ended, the next begins with.
  // All that waits; how many rows left the line, nothing while another node holds the lease.
  std::optional<int> chain_waiting();
  // Where there is something new, and ten seconds after the last time at the earliest, unless `is_urgent`.
  bool sign_end(bool is_urgent);
  void copy_outside();

 private:
  void run();
  void round(bool is_last);
  Parts parts_;
  SigningKeys signing_keys_;
  OutsideCopy outside_;
  Counter chained_, signed_, copy_failed_;
  bool has_failed_to_copy_ = false;
  std::optional<Instant> signed_at_;
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace waymark::journal
