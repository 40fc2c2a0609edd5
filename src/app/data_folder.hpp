// The data folder: one process owns it. Holds the embedded database, the keys, the lock and the control socket.
#pragma once

#include <filesystem>
#include <optional>

namespace waymark::app {

// Held until the object goes; the kernel lets go of it when the process dies, however it dies.
class FolderLock {
 public:
  // Nothing when another process holds it. Makes the folder (0700) when it is missing. Throws when it can't be written.
  static std::optional<FolderLock> try_take(const std::filesystem::path& folder);
  // Whether another process holds it; makes nothing, and says no when there is no folder.
  static bool is_held(const std::filesystem::path& folder);
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&&) = delete;
  ~FolderLock();

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace waymark::app
