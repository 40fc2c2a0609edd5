#include "support/faulty_disk.hpp"

#include <cstring>
#include <fstream>
#include <iterator>

#include "db/sqlite/passing_vfs.hpp"

namespace waymark::testing {

namespace {

using db::sqlite::PassOn;

constexpr std::size_t kBlockBytes = 512;

// SQLite allocates one of these with the real file behind it.
struct OpenFile {
  sqlite3_file base;
  FaultyDisk* disk;
  std::string* path;
};

OpenFile* as_open(sqlite3_file* file) { return reinterpret_cast<OpenFile*>(file); }
sqlite3_vfs* real_vfs() { return sqlite3_vfs_find("unix"); }
FaultyDisk* disk_of(sqlite3_vfs* vfs) { return static_cast<FaultyDisk*>(vfs->pAppData); }

int close_file(sqlite3_file* file) {
  OpenFile* open = as_open(file);
  delete open->path;
  return PassOn<OpenFile, &sqlite3_io_methods::xClose>::call(file);
}

int write_file(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  OpenFile* open = as_open(file);
  const int fault =
      open->disk->on_write(*open->path, bytes, static_cast<std::size_t>(size), static_cast<std::size_t>(offset));
  return fault != SQLITE_OK ? fault : PassOn<OpenFile, &sqlite3_io_methods::xWrite>::call(file, bytes, size, offset);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  OpenFile* open = as_open(file);
  open->disk->on_truncate(*open->path, static_cast<std::size_t>(size));
  return PassOn<OpenFile, &sqlite3_io_methods::xTruncate>::call(file, size);
}

int sync_file(sqlite3_file* file, int) {
  OpenFile* open = as_open(file);
  return open->disk->on_sync(*open->path);
}

// Without memory maps, which would bypass the reads' bookkeeping.
constexpr sqlite3_io_methods kMethods = [] {
  auto methods = db::sqlite::passing_methods<OpenFile>();
  methods.xClose = close_file;
  methods.xWrite = write_file;
  methods.xTruncate = truncate_file;
  methods.xSync = sync_file;
  methods.xSectorSize = [](sqlite3_file*) { return static_cast<int>(kBlockBytes); };
  // Nothing is promised, above all not that an overwrite leaves its neighbours alone.
  methods.xDeviceCharacteristics = [](sqlite3_file*) { return 0; };
  return methods;
}();

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* flags_out) {
  OpenFile* open = as_open(file);
  open->base.pMethods = nullptr;
  const int code = real_vfs()->xOpen(real_vfs(), path, db::sqlite::passed_to<OpenFile>(file), flags, flags_out);
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

FaultyDisk::FaultyDisk() {
  static std::atomic<int> count{0};
  name_ = fmt::format("faulty-{}", ++count);
  vfs_ = db::sqlite::make_passing_vfs<OpenFile>(*real_vfs(), name_, this);
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
