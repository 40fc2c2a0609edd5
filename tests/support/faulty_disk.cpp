#include "support/faulty_disk.hpp"

#include <sqlite3.h>

#include <cstring>
#include <fstream>
#include <iterator>

namespace waymark::testing {

namespace {

constexpr std::size_t kBlockBytes = 512;

// SQLite allocates one of these with the real file behind it.
struct OpenFile {
  sqlite3_file base;
  FaultyDisk* disk;
  std::string* path;

  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

OpenFile* as_open(sqlite3_file* file) { return reinterpret_cast<OpenFile*>(file); }
sqlite3_vfs* real_vfs() { return sqlite3_vfs_find("unix"); }
FaultyDisk* disk_of(sqlite3_vfs* vfs) { return static_cast<FaultyDisk*>(vfs->pAppData); }

int close_file(sqlite3_file* file) {
  OpenFile* open = as_open(file);
  delete open->path;
  return open->real()->pMethods->xClose(open->real());
}

int write_file(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  OpenFile* open = as_open(file);
  const int fault =
      open->disk->on_write(*open->path, bytes, static_cast<std::size_t>(size), static_cast<std::size_t>(offset));
  return fault != SQLITE_OK ? fault : open->real()->pMethods->xWrite(open->real(), bytes, size, offset);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  OpenFile* open = as_open(file);
  open->disk->on_truncate(*open->path, static_cast<std::size_t>(size));
  return open->real()->pMethods->xTruncate(open->real(), size);
}

int sync_file(sqlite3_file* file, int) {
  OpenFile* open = as_open(file);
  return open->disk->on_sync(*open->path);
}

// All else goes straight on to the real file.
template <auto method, typename... Arguments>
int pass_on(sqlite3_file* file, Arguments... arguments) {
  sqlite3_file* real = as_open(file)->real();
  return (real->pMethods->*method)(real, arguments...);
}

void shared_barrier(sqlite3_file* file) {
  sqlite3_file* real = as_open(file)->real();
  real->pMethods->xShmBarrier(real);
}

// Version 2: with shared memory for the log's index, without memory maps, which would bypass the reads' bookkeeping.
const sqlite3_io_methods kMethods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = pass_on<&sqlite3_io_methods::xRead, void*, int, sqlite3_int64>,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = pass_on<&sqlite3_io_methods::xFileSize, sqlite3_int64*>,
    .xLock = pass_on<&sqlite3_io_methods::xLock, int>,
    .xUnlock = pass_on<&sqlite3_io_methods::xUnlock, int>,
    .xCheckReservedLock = pass_on<&sqlite3_io_methods::xCheckReservedLock, int*>,
    .xFileControl = pass_on<&sqlite3_io_methods::xFileControl, int, void*>,
    .xSectorSize = [](sqlite3_file*) { return static_cast<int>(kBlockBytes); },
    // Nothing is promised, above all not that an overwrite leaves its neighbours alone.
    .xDeviceCharacteristics = [](sqlite3_file*) { return 0; },
    .xShmMap = pass_on<&sqlite3_io_methods::xShmMap, int, int, int, void volatile**>,
    .xShmLock = pass_on<&sqlite3_io_methods::xShmLock, int, int, int>,
    .xShmBarrier = shared_barrier,
    .xShmUnmap = pass_on<&sqlite3_io_methods::xShmUnmap, int>,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* flags_out) {
  OpenFile* open = as_open(file);
  open->base.pMethods = nullptr;
  const int code = real_vfs()->xOpen(real_vfs(), path, open->real(), flags, flags_out);
  if (code != SQLITE_OK) return code;
  open->disk = disk_of(vfs);
  open->path = new std::string(path == nullptr ? "" : path);
  open->disk->on_open(*open->path);
  open->base.pMethods = &kMethods;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* path, int sync_folder) {
  disk_of(vfs)->on_delete(path);
  return real_vfs()->xDelete(real_vfs(), path, sync_folder);
}

std::string read_whole(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void copy_block(const std::string& from, std::string& to, std::size_t block) {
  const std::size_t begin = block * kBlockBytes;
  if (begin >= from.size()) return;
  const std::size_t size = std::min(kBlockBytes, from.size() - begin);
  if (to.size() < begin + size) to.resize(begin + size);
  to.replace(begin, size, from, begin, size);
}

}  // namespace

FaultyDisk::FaultyDisk() : vfs_(std::make_unique<sqlite3_vfs>(*real_vfs())) {
  static std::atomic<int> count{0};
  name_ = fmt::format("faulty-{}", ++count);
  vfs_->zName = name_.c_str();
  vfs_->pNext = nullptr;
  vfs_->pAppData = this;
  vfs_->szOsFile = static_cast<int>(sizeof(OpenFile)) + real_vfs()->szOsFile;
  vfs_->xOpen = open_file;
  vfs_->xDelete = delete_file;
  sqlite3_vfs_register(vfs_.get(), 0);
}

FaultyDisk::~FaultyDisk() { sqlite3_vfs_unregister(vfs_.get()); }

void FaultyDisk::set_fault(DiskFault fault, std::string name_end) {
  const std::lock_guard lock(mutex_);
  fault_ = fault;
  fault_end_ = std::move(name_end);
}

bool FaultyDisk::has_fault(DiskFault fault, std::string_view path) const {
  return fault_ == fault && path.ends_with(fault_end_);
}

void FaultyDisk::on_open(const std::string& path) {
  const std::lock_guard lock(mutex_);
  if (files_.contains(path)) return;
  const std::string content = read_whole(path);
  files_[path] = {.present = content, .durable = content, .dirty = {}};
}

void FaultyDisk::on_delete(const std::string& path) {
  const std::lock_guard lock(mutex_);
  files_.erase(path);
}

int FaultyDisk::on_write(const std::string& path, const void* bytes, std::size_t size, std::size_t offset) {
  const std::lock_guard lock(mutex_);
  if (has_fault(DiskFault::write_fails, path)) return SQLITE_IOERR_WRITE;
  if (has_fault(DiskFault::is_full, path)) return SQLITE_FULL;
  File& file = files_[path];
  if (file.present.size() < offset + size) file.present.resize(offset + size);
  std::memcpy(file.present.data() + offset, bytes, size);
  for (std::size_t block = offset / kBlockBytes; block * kBlockBytes < offset + size; ++block) file.dirty.insert(block);
  return SQLITE_OK;
}

int FaultyDisk::on_truncate(const std::string& path, std::size_t size) {
  const std::lock_guard lock(mutex_);
  files_[path].present.resize(size);
  return SQLITE_OK;
}

int FaultyDisk::on_sync(const std::string& path) {
  const std::lock_guard lock(mutex_);
  File& file = files_[path];
  const bool fails = has_fault(DiskFault::sync_fails, path);
  if (!fails) {
    file.durable.resize(file.present.size());
    for (const std::size_t block : file.dirty) copy_block(file.present, file.durable, block);
  }
  file.dirty.clear();
  return fails ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

void FaultyDisk::write_image(const std::filesystem::path& folder, Random& random) {
  const std::lock_guard lock(mutex_);
  for (const auto& [path, file] : files_) {
    std::string content = file.durable;
    for (const std::size_t block : file.dirty) {
      if (random.below(2) == 1) copy_block(file.present, content, block);
    }
    std::ofstream out(folder / std::filesystem::path(path).filename(), std::ios::binary);
    out << content;
  }
}

}  // namespace waymark::testing
