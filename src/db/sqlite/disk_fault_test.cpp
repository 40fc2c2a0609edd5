// I77: a disk that lies or fails. What was acknowledged is there after a power cut, whatever the disk did.
#include <gmock/gmock.h>

#include <fstream>
#include <set>
#include <thread>

#include "support/databases.hpp"
#include "support/faulty_disk.hpp"

namespace waymark::db {
namespace {

using waymark::testing::DiskFault;
using waymark::testing::FaultyDisk;

constexpr Query kInsert{"test.insert", "INSERT INTO kept (id, body) VALUES ($1, $2)"};
constexpr Query kIds{"test.ids", "SELECT id FROM kept"};
constexpr Query kIntegrity{"test.integrity", "SELECT 1 FROM pragma_integrity_check WHERE integrity_check = 'ok'"};

class DiskFaultTest : public ::testing::Test {
 protected:
  DiskFaultTest() {
    database_ = open_sqlite({.file = folder_.path() / "kept.db", .vfs = disk_.vfs()}, metrics_);
    database_->write([](Transaction& tx) {
      tx.run({"", "CREATE TABLE kept (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT"}, {});
    });
  }
  ~DiskFaultTest() override { stop(); }

  // Several threads that write until stop(), or until writing is refused for good.
  void start_writing() {
    for (int i = 0; i < 8; ++i) threads_.emplace_back([this] { write_on(); });
  }
  void stop() {
    stopping_ = true;
    wait_until_refused();
  }
  // Each thread goes on until it meets the error.
  void wait_until_refused() {
    for (auto& thread : threads_) thread.join();
    threads_.clear();
  }
  void wait_for_acknowledged(std::size_t count) {
    for (int wait = 0; wait < 3000 && acknowledged().size() < count; ++wait) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ASSERT_GE(acknowledged().size(), count);
  }
  std::vector<std::int64_t> acknowledged() {
    const std::lock_guard lock(mutex_);
    return acknowledged_;
  }
  void write_one(std::int64_t id) {
    database_->write([&](Transaction& tx) { tx.run(kInsert, {id, Bytes{body_}}); });
    const std::lock_guard lock(mutex_);
    acknowledged_.push_back(id);
  }

  // Cuts the power, starts again on what the disk holds, and looks for all that had been acknowledged before.
  void expect_nothing_lost() {
    const auto promised = acknowledged();
    const TemporaryFolder image;
    disk_.write_image(image.path(), random_);
    Metrics metrics;
    const auto restarted = open_sqlite({.file = image.path() / "kept.db"}, metrics);
    const auto found = restarted->snapshot()->list(kIds, {}, [](const Row& row) { return row.integer(0); });
    const std::set<std::int64_t> there(found.begin(), found.end());
    std::size_t lost = 0;
    for (const auto id : promised) lost += there.contains(id) ? 0 : 1;
    EXPECT_EQ(lost, 0U) << "of " << promised.size();
    EXPECT_TRUE(restarted->snapshot()->has(kIntegrity, {}));
    EXPECT_NO_THROW(restarted->write([&](Transaction& tx) { tx.run(kInsert, {-1, Bytes{body_}}); }));
  }

  TemporaryFolder folder_;
  FaultyDisk disk_;
  SeededRandom random_{77};
  Metrics metrics_;
  std::unique_ptr<Database> database_;

 private:
  void write_on() {
    while (!stopping_) {
      try {
        write_one(++next_id_);
      } catch (const DatabaseError&) {
        return;
      }
    }
  }

  std::string body_ = std::string(1500, 'b');
  std::atomic<bool> stopping_{false};
  std::atomic<std::int64_t> next_id_{0};
  std::mutex mutex_;
  std::vector<std::int64_t> acknowledged_;
  std::vector<std::thread> threads_;
};

TEST_F(DiskFaultTest, Incident_I77_NothingAcknowledgedIsLostWhenThePowerFailsUnderLoad) {
  start_writing();
  for (std::size_t cut = 1; cut <= 15; ++cut) {
    wait_for_acknowledged(cut * 150);
    expect_nothing_lost();
  }
}

TEST_F(DiskFaultTest, Incident_I77_AFailedSyncIsAcknowledgedToNobodyAndStopsWritingForGood) {
  start_writing();
  wait_for_acknowledged(100);
  disk_.set_fault(DiskFault::sync_fails);
  wait_until_refused();
  disk_.set_fault(DiskFault::none);

  expect_nothing_lost();
  EXPECT_THROW(write_one(1'000'001), DatabaseError);
  EXPECT_THROW(write_one(1'000'002), DatabaseError);
  EXPECT_THROW(database_->ping(), DatabaseError);
  EXPECT_TRUE(database_->snapshot()->has(kIds, {}));
  expect_nothing_lost();
}

TEST_F(DiskFaultTest, Incident_I77_AGroupWhoseSyncFailsIsToldSoEachOne) {
  disk_.set_fault(DiskFault::sync_fails, "-wal");
  EXPECT_THROW(write_one(1), DatabaseError);
  disk_.set_fault(DiskFault::none);
  database_.reset();
  // The next start decides by what the disk kept: the unit as a whole, or none of it.
  expect_nothing_lost();
}

TEST_F(DiskFaultTest, Incident_I77_AFailedCheckpointLosesNothingAndStopsWriting) {
  disk_.set_fault(DiskFault::sync_fails, ".db");
  start_writing();
  for (int wait = 0; wait < 3000; ++wait) {
    try {
      database_->ping();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    } catch (const DatabaseError&) {
      break;
    }
  }
  stop();
  EXPECT_THROW(database_->ping(), DatabaseError);
  EXPECT_FALSE(acknowledged().empty());
  expect_nothing_lost();
}

TEST_F(DiskFaultTest, Incident_I77_AFailedWriteStopsWritingToo) {
  write_one(1);
  disk_.set_fault(DiskFault::write_fails, "-wal");
  EXPECT_THROW(write_one(2), DatabaseError);
  disk_.set_fault(DiskFault::none);
  EXPECT_THROW(write_one(3), DatabaseError);
  expect_nothing_lost();
}

TEST_F(DiskFaultTest, GoesOnWhenAFullDiskHasRoomAgain) {
  write_one(1);
  disk_.set_fault(DiskFault::is_full);
  EXPECT_THROW(write_one(2), DatabaseError);
  EXPECT_NO_THROW(database_->ping());
  disk_.set_fault(DiskFault::none);
  EXPECT_NO_THROW(write_one(3));
  expect_nothing_lost();
}

// The disk itself, so that the tests above can fail.
TEST_F(DiskFaultTest, ItsDiskForgetsWhatWasNotSynced) {
  const auto path = folder_.path() / "raw";
  disk_.on_open(path.string());
  const std::string text(2000, 'x');
  disk_.on_write(path.string(), text.data(), 1000, 0);
  disk_.on_sync(path.string());
  disk_.on_write(path.string(), text.data(), 1000, 1024);
  disk_.set_fault(DiskFault::sync_fails);
  EXPECT_NE(disk_.on_sync(path.string()), 0);
  disk_.set_fault(DiskFault::none);
  EXPECT_EQ(disk_.on_sync(path.string()), 0);
  const TemporaryFolder image;
  disk_.write_image(image.path(), random_);
  std::ifstream in(image.path() / "raw", std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(content.substr(0, 1000), text.substr(0, 1000));
  EXPECT_EQ(content.find('x', 1024), std::string::npos);
}

}  // namespace
}  // namespace waymark::db
