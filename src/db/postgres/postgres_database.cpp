#include <mutex>
#include <thread>

#include "db/open.hpp"
#include "db/postgres/dump.hpp"
#include "db/postgres/errors.hpp"
#include "db/postgres/transaction.hpp"

namespace waymark::db {

namespace {

using postgres::ConnectionLost;
using postgres::MustRunAgain;

constexpr std::chrono::milliseconds kPingWaitMax{1000};
constexpr Query kPing{"db.ping", "SELECT 1"};
constexpr int kRunsMax = 8;
constexpr int kReconnectionsMax = 2;

bool is_worth_another_run(const std::exception_ptr& failure) {
  try {
    if (failure) std::rethrow_exception(failure);
  } catch (const MustRunAgain&) {
    return true;
  } catch (...) {
    return false;
  }
  return false;
}

bool is_lost(const std::exception_ptr& failure) {
  try {
    if (failure) std::rethrow_exception(failure);
  } catch (const ConnectionLost&) {
    return true;
  } catch (...) {
    return false;
  }
  return false;
}

class PostgresDatabase final : public Database {
 public:
  PostgresDatabase(const PostgresOptions& options, Metrics& metrics) : options_(options), pool_(options_, metrics) {
    pool_.take(options_.wait_max);
  }

  // Bulk work takes turns, and so holds one connection at most: the others are for people.
  void write_unit(const std::function<void(Transaction&)>& unit, Urgency urgency) override {
    std::unique_lock turn(bulk_turn_, std::defer_lock);
    if (urgency == Urgency::bulk) turn.lock();
    int reconnections = 0;
    for (int run = 1;; ++run) {
      switch (try_unit(unit, run == kRunsMax, reconnections == kReconnectionsMax)) {
        case Outcome::done:
          return;
        case Outcome::lost:
          ++reconnections;
          break;
        // The others in the way get a moment to finish; each run waits longer.
        case Outcome::in_the_way:
          std::this_thread::sleep_for(std::chrono::milliseconds(2 * run * run));
          break;
      }
    }
  }

  std::unique_ptr<Snapshot> snapshot() override {
    return std::make_unique<postgres::PostgresSnapshot>(pool_.take(options_.wait_max));
  }
  bool reads_are_inline() const override { return false; }
  std::string_view kind() const override { return "postgres"; }

  void ping() override {
    auto lease = pool_.take(kPingWaitMax);
    try {
      lease->submit(kPing, {}, {});
      lease->finish(kPingWaitMax);
    } catch (const ConnectionLost&) {
      lease.discard();
      throw;
    }
  }

  void back_up_to(const std::string& file) override { postgres::dump_to(options_.address, file); }

 private:
  enum class Outcome { done, lost, in_the_way };

  Outcome try_unit(const std::function<void(Transaction&)>& unit, bool is_last_run, bool is_last_connection) {
    auto lease = pool_.take(options_.wait_max);
    std::exception_ptr thrown;
    std::exception_ptr failure;
    try {
      postgres::PostgresTransaction transaction(*lease);
      try {
        unit(transaction);
        if (!transaction.failure()) transaction.drain();
      } catch (...) {
        thrown = std::current_exception();
      }
      failure = transaction.failure();
      if (is_lost(failure)) std::rethrow_exception(failure);
      if (!thrown && !failure) {
        transaction.commit();
        return Outcome::done;
      }
      transaction.roll_back();
    } catch (const MustRunAgain&) {
      // Refused at COMMIT: rolled back by the server.
      if (is_last_run) throw;
      return Outcome::in_the_way;
    } catch (const ConnectionLost&) {
      lease.discard();
      if (is_last_connection) throw;
      return Outcome::lost;
    } catch (const DatabaseError&) {
      // A COMMIT of unknown outcome among them: the connection's state is not worth finding out.
      lease.discard();
      throw;
    }
    if (is_worth_another_run(failure) && !is_last_run) return Outcome::in_the_way;
    if (thrown) std::rethrow_exception(thrown);
    throw DatabaseError("a unit went on after its transaction had failed");
  }

  const PostgresOptions options_;
  postgres::Pool pool_;
  std::mutex bulk_turn_;
};

}  // namespace

std::unique_ptr<Database> open_postgres(const PostgresOptions& options, Metrics& metrics) {
  return std::make_unique<PostgresDatabase>(options, metrics);
}

}  // namespace waymark::db
