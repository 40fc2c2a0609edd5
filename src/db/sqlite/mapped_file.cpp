#include "db/sqlite/mapped_file.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>

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

  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

OpenFile* as_open(sqlite3_file* file) { return reinterpret_cast<OpenFile*>(file); }

sqlite3_vfs* real_vfs() {
  static sqlite3_vfs* const real = sqlite3_vfs_find(nullptr);
  return real;
}

template <auto method, typename... Arguments>
int pass_on(sqlite3_file* file, Arguments... arguments) {
  sqlite3_file* real = as_open(file)->real();
  return (real->pMethods->*method)(real, arguments...);
}

int get_sector_size(sqlite3_file* file) { return pass_on<&sqlite3_io_methods::xSectorSize>(file); }
int get_characteristics(sqlite3_file* file) { return pass_on<&sqlite3_io_methods::xDeviceCharacteristics>(file); }
void pass_barrier(sqlite3_file* file) {
  sqlite3_file* real = as_open(file)->real();
  real->pMethods->xShmBarrier(real);
}

// No address is an answer too: the page is read.
int fetch(sqlite3_file* file, sqlite3_int64 offset, int size, void** page) {
  OpenFile* open = as_open(file);
  *page = nullptr;
  const std::int64_t end = offset + size + kReadBehindMax;
  if (end > open->map->capacity()) return SQLITE_OK;
  if (end > open->size) {
    sqlite3_int64 now = 0;
    if (open->real()->pMethods->xFileSize(open->real(), &now) != SQLITE_OK) return SQLITE_OK;
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

const sqlite3_io_methods kMethods = {
    .iVersion = 3,
    .xClose = pass_on<&sqlite3_io_methods::xClose>,
    .xRead = pass_on<&sqlite3_io_methods::xRead, void*, int, sqlite3_int64>,
    .xWrite = pass_on<&sqlite3_io_methods::xWrite, const void*, int, sqlite3_int64>,
    .xTruncate = pass_on<&sqlite3_io_methods::xTruncate, sqlite3_int64>,
    .xSync = pass_on<&sqlite3_io_methods::xSync, int>,
    .xFileSize = pass_on<&sqlite3_io_methods::xFileSize, sqlite3_int64*>,
    .xLock = pass_on<&sqlite3_io_methods::xLock, int>,
    .xUnlock = pass_on<&sqlite3_io_methods::xUnlock, int>,
    .xCheckReservedLock = pass_on<&sqlite3_io_methods::xCheckReservedLock, int*>,
    .xFileControl = pass_on<&sqlite3_io_methods::xFileControl, int, void*>,
    .xSectorSize = get_sector_size,
    .xDeviceCharacteristics = get_characteristics,
    .xShmMap = pass_on<&sqlite3_io_methods::xShmMap, int, int, int, void volatile**>,
    .xShmLock = pass_on<&sqlite3_io_methods::xShmLock, int, int, int>,
    .xShmBarrier = pass_barrier,
    .xShmUnmap = pass_on<&sqlite3_io_methods::xShmUnmap, int>,
    .xFetch = fetch,
    .xUnfetch = unfetch,
};

// The log and all else that is no database is SQLite's own.
int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* flags_out) {
  if ((flags & SQLITE_OPEN_MAIN_DB) == 0) return real_vfs()->xOpen(real_vfs(), path, file, flags, flags_out);
  OpenFile* open = as_open(file);
  open->base.pMethods = nullptr;
  open->map = static_cast<const MappedFile*>(vfs->pAppData);
  open->size = 0;
  const int code = real_vfs()->xOpen(real_vfs(), path, open->real(), flags, flags_out);
  if (open->real()->pMethods != nullptr) open->base.pMethods = &kMethods;  // or it would not be closed
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
  vfs_ = std::make_unique<sqlite3_vfs>(*real_vfs());
  vfs_->zName = name_.c_str();
  vfs_->pNext = nullptr;
  vfs_->pAppData = this;
  vfs_->szOsFile = static_cast<int>(sizeof(OpenFile)) + real_vfs()->szOsFile;
  vfs_->xOpen = open_file;
  sqlite3_vfs_register(vfs_.get(), 0);
}

}  // namespace waymark::db::sqlite
