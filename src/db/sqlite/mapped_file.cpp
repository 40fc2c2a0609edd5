#include "db/sqlite/mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>

#include "db/sqlite/passing_vfs.hpp"
#include "platform/log.hpp"

namespace waymark::db::sqlite {

namespace {

// A file may grow that far before its end is read as SQLite does it. Addresses cost nothing.
constexpr std::int64_t kCapacityMin = std::int64_t{64} << 30;
// SQLite may look so far behind a page that is not what it should be.
constexpr std::int64_t kReadBehindMax = 256;

// SQLite allocates one of these with its own file behind it.
struct OpenFile {
  sqlite3_file base;
  const MappedFile* map;
  std::int64_t size;  // of the file when it was last asked for; what lies behind may not be touched
};

OpenFile* as_open(sqlite3_file* file) { return reinterpret_cast<OpenFile*>(file); }

sqlite3_vfs* real_vfs() {
  static sqlite3_vfs* const real = sqlite3_vfs_find(nullptr);
  return real;
}

// No address is an answer too: the page is read.
int fetch(sqlite3_file* file, sqlite3_int64 offset, int size, void** page) {
  OpenFile* open = as_open(file);
  *page = nullptr;
  const std::int64_t end = offset + size + kReadBehindMax;
  if (end > open->map->capacity()) return SQLITE_OK;
  if (end > open->size) {
    sqlite3_int64 now = 0;
    if (file->pMethods->xFileSize(file, &now) != SQLITE_OK) return SQLITE_OK;
    open->size = now;
  }
  if (end <= open->size) *page = const_cast<char*>(open->map->begin() + offset);  // SQLite does not write there
  return SQLITE_OK;
}

// Without a page: the file has changed.
int unfetch(sqlite3_file* file, sqlite3_int64, void* page) {
  if (page == nullptr) as_open(file)->size = 0;
  return SQLITE_OK;
}

constexpr sqlite3_io_methods kMethods = [] {
  auto methods = passing_methods<OpenFile>();
  methods.iVersion = 3;
  methods.xFetch = fetch;
  methods.xUnfetch = unfetch;
  return methods;
}();

// The log and all else that is no database is SQLite's own.
int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* flags_out) {
  if ((flags & SQLITE_OPEN_MAIN_DB) == 0) return real_vfs()->xOpen(real_vfs(), path, file, flags, flags_out);
  OpenFile* open = as_open(file);
  open->base.pMethods = nullptr;
  open->map = static_cast<const MappedFile*>(vfs->pAppData);
  open->size = 0;
  sqlite3_file* const real = passed_to<OpenFile>(file);
  const int code = real_vfs()->xOpen(real_vfs(), path, real, flags, flags_out);
  if (real->pMethods != nullptr) open->base.pMethods = &kMethods;  // or it would not be closed
  return code;
}

}  // namespace

MappedFile::MappedFile() = default;

MappedFile::~MappedFile() {
  if (vfs_) sqlite3_vfs_unregister(vfs_.get());
  if (begin_ != nullptr) ::munmap(const_cast<char*>(begin_), static_cast<std::size_t>(capacity_));
  if (descriptor_ >= 0) ::close(descriptor_);
}

void MappedFile::map(const std::filesystem::path& file) {
  descriptor_ = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat known{};
  if (descriptor_ < 0 || ::fstat(descriptor_, &known) != 0) return;
  capacity_ = std::max(kCapacityMin, std::int64_t{known.st_size} * 2);
  void* const begin = ::mmap(nullptr, static_cast<std::size_t>(capacity_), PROT_READ, MAP_SHARED, descriptor_, 0);
  if (begin == MAP_FAILED) {
    log(LogLevel::warning, "db.not_mapped", {});
    return;
  }
  begin_ = static_cast<const char*>(begin);

  static std::atomic<int> count{0};
  name_ = fmt::format("waymark-mapped-{}", ++count);
  vfs_ = make_passing_vfs<OpenFile>(*real_vfs(), name_, this);
  vfs_->xOpen = open_file;
  sqlite3_vfs_register(vfs_.get(), 0);
}

}  // namespace waymark::db::sqlite
