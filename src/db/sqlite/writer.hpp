// The one thread that writes. Units wait in two lines; all that wait when its turn comes share one COMMIT and so one
// fsync, each in a savepoint of its own but for the first. Callers go on after the COMMIT.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "db/open.hpp"
#include "db/sqlite/connection.hpp"

namespace waymark::db::sqlite {

class Writer {
 public:
  // Opens and creates the file. Once started, `on_idle` runs in the writer's thread, about once a second.
  Writer(const SqliteOptions& options, Metrics& metrics, std::function<void()> on_idle);
  ~Writer();
  void start();
  // Finishes what runs, refuses what waits. `on_idle` is not called any more.
  void stop();

  // Blocks until the unit is durable; throws what the unit threw, DatabaseBusy when the line is full or too slow, and
  // DatabaseError once the disk has failed: from then on nothing is written until the process starts again.
  void write(const std::function<void(Transaction&)>& unit, Urgency urgency);
  bool has_failed() const { return has_failed_.load(std::memory_order_acquire); }
  // Counts commits: once when one begins, and once when it is over. While it stays the same and even, nothing that this
  // process wrote is newer than what a read sees.
  std::uint64_t commits() const { return commits_seen_.load(std::memory_order_acquire); }
  // Whether interactive units wait.
  bool has_people_waiting() const;

 private:
  struct Waiting;
  using Line = std::deque<Waiting*>;

  void run();
  bool wait_for_work();  // false: stop
  Waiting* take(Urgency turn, std::size_t taken);
  void write_group(Urgency turn);
  void run_unit(Waiting& unit, bool follows_others);
  void finish(std::vector<Waiting*>& group, std::exception_ptr lost);
  void fail_for_good();
  void withdraw_all(const std::exception_ptr& reason);
  void log_grew(int pages);
  void checkpoint();

  const SqliteOptions& options_;
  Connection connection_;
  std::function<void()> on_idle_;
  Counter commits_, units_;
  Gauge waiting_;
  Timing commit_seconds_;

  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  Line interactive_, bulk_;
  bool stopping_ = false;
  Urgency next_turn_ = Urgency::interactive;
  std::atomic<bool> has_failed_{false};
  std::atomic<std::uint64_t> commits_seen_{0};
  // Of the write-ahead log: its pages after the last commit, and how many of them the last checkpoint looked at.
  int log_pages_ = 0;
  int looked_at_pages_ = 0;
  bool is_all_copied_ = true;
  bool has_committed_ = false;  // since the last idle time
  std::thread thread_;
};

}  // namespace waymark::db::sqlite
