// A VFS that passes everything on to another one but what it does itself: the readers' mapping, and the tests' faulty
// disk.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>

namespace waymark::db::sqlite {

// `Open` is what SQLite keeps for an open file of ours. It begins with a sqlite3_file; the other VFS's file lies behind
// it.
template <typename Open>
sqlite3_file* passed_to(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<Open*>(file) + 1);
}

template <typename Open, auto method>
struct PassOn;
template <typename Open, typename Result, typename... Arguments,
          Result (*sqlite3_io_methods::*method)(sqlite3_file*, Arguments...)>
struct PassOn<Open, method> {
  static Result call(sqlite3_file* file, Arguments... arguments) {
    sqlite3_file* const real = passed_to<Open>(file);
    return (real->pMethods->*method)(real, arguments...);
  }
};

// Version 2: with shared memory for the log's index, without memory maps.
template <typename Open>
constexpr sqlite3_io_methods passing_methods() {
  using Methods = sqlite3_io_methods;
  return {.iVersion = 2,
          .xClose = PassOn<Open, &Methods::xClose>::call,
          .xRead = PassOn<Open, &Methods::xRead>::call,
          .xWrite = PassOn<Open, &Methods::xWrite>::call,
          .xTruncate = PassOn<Open, &Methods::xTruncate>::call,
          .xSync = PassOn<Open, &Methods::xSync>::call,
          .xFileSize = PassOn<Open, &Methods::xFileSize>::call,
          .xLock = PassOn<Open, &Methods::xLock>::call,
          .xUnlock = PassOn<Open, &Methods::xUnlock>::call,
          .xCheckReservedLock = PassOn<Open, &Methods::xCheckReservedLock>::call,
          .xFileControl = PassOn<Open, &Methods::xFileControl>::call,
          .xSectorSize = PassOn<Open, &Methods::xSectorSize>::call,
          .xDeviceCharacteristics = PassOn<Open, &Methods::xDeviceCharacteristics>::call,
          .xShmMap = PassOn<Open, &Methods::xShmMap>::call,
          .xShmLock = PassOn<Open, &Methods::xShmLock>::call,
          .xShmBarrier = PassOn<Open, &Methods::xShmBarrier>::call,
          .xShmUnmap = PassOn<Open, &Methods::xShmUnmap>::call,
          .xFetch = nullptr,
          .xUnfetch = nullptr};
}

// Not yet registered. `name` and `data` must outlive it.
template <typename Open>
std::unique_ptr<sqlite3_vfs> make_passing_vfs(const sqlite3_vfs& real, const std::string& name, void* data) {
  auto vfs = std::make_unique<sqlite3_vfs>(real);
  vfs->zName = name.c_str();
  vfs->pNext = nullptr;
  vfs->pAppData = data;
  vfs->szOsFile = static_cast<int>(sizeof(Open)) + real.szOsFile;
  return vfs;
}

}  // namespace waymark::db::sqlite
