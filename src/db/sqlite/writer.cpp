#include "db/sqlite/writer.hpp"

#include <sqlite3.h>

#include "base/assert.hpp"
#include "db/sqlite/errors.hpp"
#include "platform/log.hpp"

namespace waymark::db::sqlite {

namespace {

constexpr std::size_t kGroupUnitsMax = 512;
constexpr std::size_t kBulkGroupUnitsMax = 64;
constexpr std::chrono::milliseconds kIdleInterval{1000};
constexpr int kCheckpointPages = 2000;

// Refuses to go on after an error, as PostgreSQL does, so that no unit commits the half that worked.
class SqliteTransaction final : public Transaction {
 public:
  SqliteTransaction(Connection& connection, const Writer& writer) : connection_(connection), writer_(writer) {}

  void each(const Query& query, Parameters parameters, const RowFunction& row) override {
    guarded(query, parameters, &row);
  }
  void queue(const Query& query, Parameters parameters, RowFunction row) override { each(query, parameters, row); }
  void drain() override {}
  std::int64_t run(const Query& query, Parameters parameters) override { return guarded(query, parameters, nullptr); }
  bool is_waited_for() const override { return writer_.has_people_waiting(); }
  bool has_failed() const { return has_failed_; }

 private:
  std::int64_t guarded(const Query& query, Parameters parameters, const RowFunction* row) {
    if (has_failed_) throw DatabaseError(fmt::format("query {}: the transaction has already failed", query.name));
    try {
      return connection_.each(query, parameters, row);
    } catch (const DatabaseError&) {
      has_failed_ = true;
      throw;
    }
  }

  Connection& connection_;
  const Writer& writer_;
  bool has_failed_ = false;
};

class Committing {
 public:
  explicit Committing(std::atomic<std::uint64_t>& count) : count_(count) { ++count_; }
  ~Committing() { ++count_; }
  Committing(const Committing&) = delete;
  Committing& operator=(const Committing&) = delete;

 private:
  std::atomic<std::uint64_t>& count_;
};

std::exception_ptr stopped() {
  return std::make_exception_ptr(DatabaseError("writing has stopped after a disk failure; restart to recover"));
}

}  // namespace

// Lives on the stack of the caller that waits.
struct Writer::Waiting {
  const std::function<void(Transaction&)>& unit;
  std::exception_ptr error{};
  std::mutex mutex{};
  std::condition_variable done{};
  bool is_done = false;

  void complete() {
    // Notified under the lock: once it is free, this object may be gone.
    const std::lock_guard lock(mutex);
    is_done = true;
    done.notify_one();
  }
};

Writer::Writer(const SqliteOptions& options, Metrics& metrics, std::function<void()> on_idle)
    : options_(options),
      connection_(options.file, options.vfs, Role::writer, metrics),
      on_idle_(std::move(on_idle)),
      commits_(metrics.counter("waymark_writer_commits_total", "Groups of units committed together")),
      units_(metrics.counter("waymark_writer_units_total", "Units of writing that were committed")),
      waiting_(metrics.gauge("waymark_writer_waiting_units", "Units that wait for the writer")),
      commit_seconds_(metrics.timing("waymark_writer_commit_seconds", "From a group's COMMIT until it is durable")) {
  sqlite3_wal_hook(
      connection_.handle(),
      [](void* writer, sqlite3*, const char*, int pages) {
        static_cast<Writer*>(writer)->log_grew(pages);
        return SQLITE_OK;
      },
      this);
}

Writer::~Writer() { stop(); }

void Writer::start() {
  thread_ = std::thread([this] { run(); });
}

void Writer::stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_one();
  thread_.join();
}

void Writer::write(const std::function<void(Transaction&)>& unit, Urgency urgency) {
  WAYMARK_ASSERT(std::this_thread::get_id() != thread_.get_id());  // a unit inside a unit would wait for itself
  Waiting waiting{.unit = unit};
  Line& line = urgency == Urgency::interactive ? interactive_ : bulk_;
  {
    const std::lock_guard lock(mutex_);
    if (has_failed()) std::rethrow_exception(stopped());
    if (stopping_) throw DatabaseBusy("the database is closing");
    if (interactive_.size() + bulk_.size() >= options_.waiting_units_max)
      throw DatabaseBusy("the writer's line is full");
    line.push_back(&waiting);
  }
  arrived_.notify_one();

  std::unique_lock lock(waiting.mutex);
  if (!waiting.done.wait_for(lock, options_.wait_max, [&] { return waiting.is_done; })) {
    lock.unlock();
    {
      const std::lock_guard line_lock(mutex_);
      if (std::erase(line, &waiting) == 1) throw DatabaseBusy("the writer did not come to this unit in time");
    }
    lock.lock();
    waiting.done.wait(lock, [&] { return waiting.is_done; });
  }
  if (waiting.error) std::rethrow_exception(waiting.error);
}

bool Writer::has_people_waiting() const {
  const std::lock_guard lock(mutex_);
  return !interactive_.empty();
}

bool Writer::wait_for_work() {
  std::unique_lock lock(mutex_);
  arrived_.wait_for(lock, kIdleInterval, [&] { return stopping_ || !interactive_.empty() || !bulk_.empty(); });
  waiting_.set(static_cast<double>(interactive_.size() + bulk_.size()));
  if (stopping_) return false;
  if (bulk_.empty()) next_turn_ = Urgency::interactive;
  if (interactive_.empty()) next_turn_ = Urgency::bulk;
  return true;
}

// Bulk work gives way after each unit: a person waits for one of them at most.
Writer::Waiting* Writer::take(Urgency turn, std::size_t taken) {
  const std::lock_guard lock(mutex_);
  Line& line = turn == Urgency::interactive ? interactive_ : bulk_;
  const bool may_go_on = turn == Urgency::interactive
                             ? taken < kGroupUnitsMax
                             : taken == 0 || (taken < kBulkGroupUnitsMax && interactive_.empty());
  if (line.empty() || !may_go_on) return nullptr;
  Waiting* next = line.front();
  line.pop_front();
  return next;
}

void Writer::run() {
  auto last_idle = SystemClock{}.steady();
  while (wait_for_work()) {
    const Urgency turn = next_turn_;
    write_group(turn);
    next_turn_ = turn == Urgency::interactive ? Urgency::bulk : Urgency::interactive;
    const bool is_idle_time = SystemClock{}.steady() - last_idle >= kIdleInterval;
    if (is_idle_time) {
      last_idle = SystemClock{}.steady();
      connection_.flush_timings();
      on_idle_();
      // What an import left in the page cache, once a second went by without a commit.
      if (!std::exchange(has_committed_, false)) sqlite3_db_release_memory(connection_.handle());
    }
    const bool is_due = log_pages_ - looked_at_pages_ >= kCheckpointPages || (is_idle_time && !is_all_copied_);
    if (is_due && !has_failed()) checkpoint();
  }
  withdraw_all(std::make_exception_ptr(DatabaseBusy("the database is closing")));
}

void Writer::write_group(Urgency turn) {
  std::vector<Waiting*> group;
  std::exception_ptr lost;
  bool holds_work = false;
  try {
    while (Waiting* unit = take(turn, group.size())) {
      group.push_back(unit);
      if (group.size() == 1) connection_.control("BEGIN IMMEDIATE");
      run_unit(*unit, holds_work);
      holds_work = holds_work || !unit->error;
    }
    if (group.empty()) return;
    const auto start = SystemClock{}.steady();
    {
      const Committing committing(commits_seen_);
      connection_.control("COMMIT");
    }
    commit_seconds_.record(SystemClock{}.steady() - start);
    commits_.add();
    has_committed_ = true;
    units_.add(static_cast<double>(group.size()));
  } catch (const DiskFailed& error) {
    log(LogLevel::error, "db.disk_failed", {{"reason", std::string_view{error.what()}}});
    lost = std::current_exception();
    fail_for_good();
  } catch (...) {
    lost = std::current_exception();
    try {
      if (connection_.is_in_transaction()) connection_.control("ROLLBACK");
    } catch (const DatabaseError&) {
      fail_for_good();
    }
  }
  finish(group, lost);
}

// Throws only when the whole group is lost. Where no other unit's work would be lost with it, a unit needs no
// savepoint: SQLite keeps the old content of each page that is changed under one.
void Writer::run_unit(Waiting& unit, bool follows_others) {
  if (follows_others) connection_.control("SAVEPOINT unit");
  SqliteTransaction transaction(connection_, *this);
  try {
    unit.unit(transaction);
    if (transaction.has_failed()) throw DatabaseError("a unit went on after its transaction had failed");
  } catch (const DiskFailed&) {
    throw;
  } catch (...) {
    unit.error = std::current_exception();
  }
  if (!connection_.is_in_transaction()) {
    if (unit.error) std::rethrow_exception(unit.error);
    throw DatabaseError("the transaction was ended from inside a unit");
  }
  if (follows_others) {
    if (unit.error) connection_.control("ROLLBACK TO unit");
    connection_.control("RELEASE unit");
  } else if (unit.error) {
    connection_.control("ROLLBACK");
    connection_.control("BEGIN IMMEDIATE");
  }
}

void Writer::finish(std::vector<Waiting*>& group, std::exception_ptr lost) {
  for (Waiting* unit : group) {
    if (lost && !unit->error) unit->error = lost;
    unit->complete();
  }
}

void Writer::fail_for_good() {
  has_failed_.store(true, std::memory_order_release);
  withdraw_all(stopped());
}

void Writer::withdraw_all(const std::exception_ptr& reason) {
  Line left;
  {
    const std::lock_guard lock(mutex_);
    left.swap(interactive_);
    left.insert(left.end(), bulk_.begin(), bulk_.end());
    bulk_.clear();
  }
  for (Waiting* unit : left) {
    unit->error = reason;
    unit->complete();
  }
}

void Writer::log_grew(int pages) {
  if (pages < log_pages_) looked_at_pages_ = 0;  // the log began anew
  log_pages_ = pages;
  is_all_copied_ = false;
}

// Passive: copies what no reader needs any more and never waits for one. After the callers were answered.
void Writer::checkpoint() {
  int pages_in_log = 0;
  int pages_copied = 0;
  const int code =
      sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages_in_log, &pages_copied);
  looked_at_pages_ = log_pages_;
  is_all_copied_ = code == SQLITE_OK && pages_in_log == pages_copied;
  if ((code & 0xff) == SQLITE_IOERR) {
    log(LogLevel::error, "db.disk_failed", {{"reason", std::string_view{"checkpoint"}}});
    fail_for_good();
  }
}

}  // namespace waymark::db::sqlite
