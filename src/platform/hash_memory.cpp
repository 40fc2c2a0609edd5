#include "platform/hash_memory.hpp"

#include <sys/mman.h>

#include "base/assert.hpp"

// The names that the linker's --wrap gives: the system's own calls, and what libsodium calls in their place.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {
void* __real_mmap(void* address, std::size_t size, int protection, int flags, int file, off_t offset);
int __real_munmap(void* address, std::size_t size);
void* __wrap_mmap(void* address, std::size_t size, int protection, int flags, int file, off_t offset);
int __wrap_munmap(void* address, std::size_t size);
}

namespace waymark {
namespace {

thread_local HashMemory* used_here = nullptr;

// What else libsodium maps (guarded secrets) is far smaller than any hash worth its name.
constexpr std::size_t kLeast = std::size_t{1} << 20;
// Whole pages of 2 MiB where the system gives them: a hash jumps all over its memory.
constexpr std::size_t kLargePage = std::size_t{2} << 20;

std::size_t whole_pages(std::size_t size) { return (size + kLargePage - 1) / kLargePage * kLargePage; }

}  // namespace

HashMemory::~HashMemory() { release(); }

HashMemory::Use::Use(HashMemory& memory) {
  WAYMARK_ASSERT(used_here == nullptr);
  used_here = &memory;
}
HashMemory::Use::~Use() { used_here = nullptr; }

void HashMemory::release() {
  WAYMARK_ASSERT(!is_lent_);
  if (memory_ != nullptr) __real_munmap(memory_, size_);
  memory_ = nullptr;
  size_ = 0;
}

void* HashMemory::lend(std::size_t size) {
  if (size < kLeast || is_lent_) return nullptr;
  if (size > size_) {
    release();
    const auto wanted = whole_pages(size);
    void* mapped =
        __real_mmap(nullptr, wanted, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_PRIVATE | MAP_NORESERVE, -1, 0);
    if (mapped == MAP_FAILED) return nullptr;
    madvise(mapped, wanted, MADV_HUGEPAGE);
    madvise(mapped, wanted, MADV_DONTDUMP);
    memory_ = mapped;
    size_ = wanted;
  }
  is_lent_ = true;
  return memory_;
}

bool HashMemory::take_back(const void* memory) {
  if (!is_lent_ || memory != memory_) return false;
  is_lent_ = false;
  return true;
}

}  // namespace waymark

void* __wrap_mmap(void* address, std::size_t size, int protection, int flags, int file, off_t offset) {
  const bool is_for_a_hash = waymark::used_here != nullptr && address == nullptr && file == -1 &&
                             (flags & MAP_ANONYMOUS) != 0 && protection == (PROT_READ | PROT_WRITE);
  if (is_for_a_hash) {
    if (void* lent = waymark::used_here->lend(size); lent != nullptr) return lent;
  }
  return __real_mmap(address, size, protection, flags, file, offset);
}

int __wrap_munmap(void* address, std::size_t size) {
  if (waymark::used_here != nullptr && waymark::used_here->take_back(address)) return 0;
  return __real_munmap(address, size);
}
// NOLINTEND(bugprone-reserved-identifier)
