#include "db/open.hpp"
#include "db/sqlite/backup.hpp"
#include "db/sqlite/mapped_file.hpp"
#include "db/sqlite/readers.hpp"
#include "db/sqlite/writer.hpp"

namespace waymark::db {

namespace {

constexpr std::chrono::milliseconds kPingWaitMax{1000};
constexpr Query kPing{"db.ping", "SELECT count(*) FROM sqlite_schema"};

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(const SqliteOptions& options, Metrics& metrics)
      : options_(options),
        metrics_(metrics),
        writer_(options_, metrics, [this] { readers_.tidy_up(); }),
        reader_options_(options_for_readers()),
        readers_(reader_options_, metrics) {
    writer_.start();
  }
  // The writer's connection is the last to close, after its thread and the readers: then it checkpoints.
  ~SqliteDatabase() override { writer_.stop(); }

  void write_unit(const std::function<void(Transaction&)>& unit, Urgency urgency) override {
    writer_.write(unit, urgency);
  }
  std::unique_ptr<Snapshot> snapshot() override {
    // The count first: what is committed after it was read shows as newer.
    const auto commits = writer_.commits();
    return std::make_unique<sqlite::SqliteSnapshot>(readers_.take(options_.wait_max), commits, SystemClock{}.steady());
  }
  bool reads_are_inline() const override { return true; }
  std::string_view kind() const override { return "sqlite"; }

  void ping() override {
    if (writer_.has_failed()) throw DatabaseError("writing has stopped after a disk failure; restart to recover");
    const auto reader = readers_.take(kPingWaitMax);
    sqlite::end_open_read(*reader);
    reader->each(kPing, {}, nullptr);
  }

  void back_up_to(const std::string& file) override {
    // A connection of its own: a long copy takes no reader away, and its pages stay out of the readers' caches.
    sqlite::Connection source(options_.file, options_.vfs, sqlite::Role::reader, metrics_);
    sqlite::back_up(source, file);
  }

 private:
  // The file is there: the writer has opened it. A VFS of the tests is left to itself.
  SqliteOptions options_for_readers() {
    auto options = options_;
    if (!options.vfs.empty()) return options;
    mapped_.map(options.file);
    options.vfs = mapped_.vfs();
    return options;
  }

  const SqliteOptions options_;
  Metrics& metrics_;
  sqlite::MappedFile mapped_;  // before the connections, so that it goes after them
  sqlite::Writer writer_;
  const SqliteOptions reader_options_;
  sqlite::Readers readers_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const SqliteOptions& options, Metrics& metrics) {
  return std::make_unique<SqliteDatabase>(options, metrics);
}

}  // namespace waymark::db
