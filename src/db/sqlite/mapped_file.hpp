// The database file in memory, for reading: mapped once, whole, for all connections that only read.
//
// SQLite maps its files itself, but 2 GiB of one at most (SQLITE_MAX_MMAP_SIZE of Debian's); the pages behind them it
// asks of the system one by one and copies them into each connection's own cache. Here its own VFS stays in charge of
// the file: its locks, its sizes, its reads where the mapping ends. Only where a page lies is answered by us.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

struct sqlite3_vfs;

namespace waymark::db::sqlite {

class MappedFile {
 public:
  MappedFile();
  // After the last connection to the file is closed: the system forgets all locks that a process has on a file as soon
  // as it closes any descriptor of it.
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  // Once; the file must be there. Where it can't be mapped (no address space, say) reading is done as SQLite does it.
  void map(const std::filesystem::path& file);
  // The name of the VFS for connections that only read; empty (SQLite's own) when the file is not mapped.
  const std::string& vfs() const { return name_; }

  // For the VFS: where the file begins in memory, and how much of it has an address, whether the file is that long or
  // not.
  const char* begin() const { return begin_; }
  std::int64_t capacity() const { return capacity_; }

 private:
  int descriptor_ = -1;
  const char* begin_ = nullptr;
  std::int64_t capacity_ = 0;
  std::string name_;
  std::unique_ptr<sqlite3_vfs> vfs_;
};

}  // namespace waymark::db::sqlite
