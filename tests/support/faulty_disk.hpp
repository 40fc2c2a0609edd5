// A SQLite VFS over the real one that knows what a power cut would leave: only what was synced, and of the rest any
// part. Its syncs and writes fail on command; a failed sync forgets what it should have written, as Linux does, so that
// a later sync succeeds without it.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "platform/random.hpp"

struct sqlite3_vfs;

namespace waymark::testing {

enum class DiskFault { none, sync_fails, write_fails, is_full };

// Safe from several threads. Outlives every connection that uses it.
class FaultyDisk {
 public:
  FaultyDisk();
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  const std::string& vfs() const { return name_; }  // for SqliteOptions::vfs
  // From now on, for the files whose name ends so ("-wal"; empty: all).
  void set_fault(DiskFault fault, std::string name_end = {});
  // Writes what the disk would hold after a power cut now to `folder`, under the files' own names.
  void write_image(const std::filesystem::path& folder, Random& random);

  // For the VFS's functions.
  int on_write(const std::string& path, const void* bytes, std::size_t size, std::size_t offset);
  int on_truncate(const std::string& path, std::size_t size);
  int on_sync(const std::string& path);
  void on_open(const std::string& path);
  void on_delete(const std::string& path);

 private:
  struct File {
    std::string present, durable;
    std::set<std::size_t> dirty;  // blocks
  };
  bool has_fault(DiskFault fault, std::string_view path) const;

  std::string name_;
  std::unique_ptr<sqlite3_vfs> vfs_;
  std::mutex mutex_;
  std::map<std::string, File> files_;
  DiskFault fault_ = DiskFault::none;
  std::string fault_end_;
};

}  // namespace waymark::testing
