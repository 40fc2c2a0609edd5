// Memory that a thread's password hashes share. Argon2id fills 19 MiB; fresh from the system for each hash, getting
// those pages, clearing them and giving them back costs the kernel as much as the hash itself costs. libsodium asks
// mmap for it and has no other way in, so the linker hands us its calls (cmake/dependencies.cmake).
#pragma once

#include <cstddef>

namespace waymark {

// One thread's. Holds nothing until the first hash.
class HashMemory {
 public:
  HashMemory() = default;
  ~HashMemory();
  HashMemory(const HashMemory&) = delete;
  HashMemory& operator=(const HashMemory&) = delete;

  // While it lives, what libsodium maps on this thread for a hash is this memory. What the hash before left in it is
  // overwritten before it is read: that is Argon2's own first pass.
  class Use {
   public:
    explicit Use(HashMemory& memory);
    ~Use();
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
  };

  // Back to the system; what stood in it is gone.
  void release();
  std::size_t kept_bytes() const { return size_; }

  // For the linker's calls. Null, or false, where it is not theirs to take: the system is asked then.
  void* lend(std::size_t size);
  bool take_back(const void* memory);

 private:
  void* memory_ = nullptr;
  std::size_t size_ = 0;
  bool is_lent_ = false;
};

}  // namespace waymark
