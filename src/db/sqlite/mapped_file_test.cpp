// Reading through the mapping: the same as SQLite's own reading, from a file that changes and grows.
#include "db/sqlite/mapped_file.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "db/sqlite/connection.hpp"
#include "support/temporary_folder.hpp"

namespace waymark::db::sqlite {
namespace {

constexpr Query kTable{"", "CREATE TABLE page (n INTEGER PRIMARY KEY, text TEXT)"};
constexpr Query kInsert{"test.insert", "INSERT INTO page (text) VALUES ($1)"};
constexpr Query kReplace{"test.replace", "UPDATE page SET text = $1 WHERE n = $2"};
constexpr Query kAll{"test.all", "SELECT text FROM page ORDER BY n"};
constexpr int kRows = 500;
constexpr std::size_t kRowBytes = 3000;  // one a page of the file

class MappedReading : public ::testing::Test {
 protected:
  MappedReading() {
    writer_.each(kTable, {}, nullptr);
    mapped_.map(file_);
    reader_.emplace(file_, mapped_.vfs(), Role::reader, metrics_);
  }
  void write_rows(char letter) {
    writer_.control("BEGIN");
    for (int row = 0; row < kRows; ++row) writer_.each(kInsert, {std::string(kRowBytes, letter)}, nullptr);
    writer_.control("COMMIT");
    copy_log();
  }
  // From the log into the file that is mapped.
  void copy_log() { writer_.each({"", "PRAGMA wal_checkpoint(PASSIVE)"}, {}, nullptr); }
  // One letter a row; all of a row's letters are the same, or it is '?'.
  std::string read_rows() {
    std::string letters;
    const RowFunction add = [&](const Row& row) {
      const auto text = row.text(0);
      const bool is_whole = text.size() == kRowBytes && text.find_first_not_of(text[0]) == std::string_view::npos;
      letters += is_whole ? text[0] : '?';
    };
    reader_->each(kAll, {}, &add);
    return letters;
  }
  // Pages that the reader had to ask the system for, since it was asked last.
  int count_reads() {
    int reads = 0, unused = 0;
    sqlite3_db_status(reader_->handle(), SQLITE_DBSTATUS_CACHE_MISS, &reads, &unused, 1);
    return reads;
  }

  TemporaryFolder folder_;
  const std::filesystem::path file_ = folder_.path() / "pages.sqlite";
  Metrics metrics_;
  MappedFile mapped_;
  Connection writer_{file_, "", Role::writer, metrics_};
  std::optional<Connection> reader_;
};

TEST_F(MappedReading, TakesPagesFromMemoryAlsoWhereTheFileGrew) {
  constexpr int kFew = 10;
  ASSERT_NE(mapped_.vfs(), "");
  write_rows('a');
  EXPECT_EQ(read_rows(), std::string(kRows, 'a'));
  EXPECT_LT(count_reads(), kFew);
  write_rows('b');
  EXPECT_EQ(read_rows(), std::string(kRows, 'a') + std::string(kRows, 'b'));
  EXPECT_LT(count_reads(), kFew);
}

TEST_F(MappedReading, SeesWhatChangedInTheFile) {
  write_rows('a');
  EXPECT_EQ(read_rows(), std::string(kRows, 'a'));
  writer_.each(kReplace, {std::string(kRowBytes, 'c'), std::int64_t{1}}, nullptr);
  const auto changed = "c" + std::string(kRows - 1, 'a');
  EXPECT_EQ(read_rows(), changed) << "from the log";
  copy_log();
  EXPECT_EQ(read_rows(), changed) << "from the file";
}

TEST_F(MappedReading, KeepsItsMomentWhileTheFileGrows) {
  write_rows('a');
  reader_->control("BEGIN");
  EXPECT_EQ(read_rows(), std::string(kRows, 'a'));
  write_rows('b');
  EXPECT_EQ(read_rows(), std::string(kRows, 'a'));
  reader_->control("COMMIT");
  EXPECT_EQ(read_rows().size(), std::size_t{2 * kRows});
}

// Touching what lies behind the end of a file would end the process.
TEST_F(MappedReading, RefusesAFileThatWasCutOff) {
  write_rows('a');
  reader_.reset();
  std::filesystem::resize_file(file_, std::filesystem::file_size(file_) / 2);
  reader_.emplace(file_, mapped_.vfs(), Role::reader, metrics_);
  EXPECT_THROW(read_rows(), DatabaseError);
}

TEST(MappedFile, LeavesAFileThatIsNotThereToSqlite) {
  const TemporaryFolder folder;
  MappedFile mapped;
  mapped.map(folder.path() / "missing.sqlite");
  EXPECT_EQ(mapped.vfs(), "");
}

}  // namespace
}  // namespace waymark::db::sqlite
