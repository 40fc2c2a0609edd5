#include "platform/random.hpp"

#include <sodium.h>

#include <array>
#include <cstring>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "platform/sodium.hpp"

namespace waymark {

std::string Random::bytes(std::size_t size) {
  std::string out(size, '\0');
  fill(reinterpret_cast<unsigned char*>(out.data()), size);
  return out;
}

std::uint32_t Random::below(std::uint32_t bound) {
  WAYMARK_ASSERT(bound > 0);
  // What lies below 2^32 mod bound is thrown away, or the small values would come up more often.
  const std::uint32_t uneven = (0U - bound) % bound;
  for (;;) {
    unsigned char raw[4];
    fill(raw, sizeof raw);
    const std::uint32_t value =
        std::uint32_t{raw[0]} << 24 | std::uint32_t{raw[1]} << 16 | std::uint32_t{raw[2]} << 8 | std::uint32_t{raw[3]};
    if (value >= uneven) return value % bound;
  }
}

std::string Random::digits(std::size_t count) { return symbols("0123456789", count); }

std::string Random::token(std::size_t bytes_of_entropy) { return to_base64url(bytes(bytes_of_entropy)); }

std::string Random::symbols(std::string_view alphabet, std::size_t count) {
  std::string out;
  out.reserve(count);
  for (std::size_t i = 0; i < count; ++i) out += alphabet[below(static_cast<std::uint32_t>(alphabet.size()))];
  return out;
}

// Asking the kernel costs as much for 16 bytes as for 500, so each thread asks for some ahead; what was handed out is
// wiped. Other programs are spawned: this one never goes on in a fork of itself.
class PoolOfThread {
 public:
  static constexpr std::size_t kTakenMax = 64;  // more is asked for by itself

  ~PoolOfThread() { sodium_memzero(bytes_.data(), bytes_.size()); }
  void take(unsigned char* into, std::size_t size) {
    if (left_ < size) {
      randombytes_buf(bytes_.data(), bytes_.size());
      left_ = bytes_.size();
    }
    left_ -= size;
    std::memcpy(into, bytes_.data() + left_, size);
    sodium_memzero(bytes_.data() + left_, size);
  }

 private:
  std::array<unsigned char, 512> bytes_{};
  std::size_t left_ = 0;
};

void SystemRandom::fill(unsigned char* bytes, std::size_t size) {
  thread_local PoolOfThread pool;
  start_sodium();
  if (size <= PoolOfThread::kTakenMax) {
    pool.take(bytes, size);
  } else {
    randombytes_buf(bytes, size);
  }
}

// SplitMix64 (Steele, Lea, Flood 2014): the state only counts up, so threads share it through one atomic addition.
void SeededRandom::fill(unsigned char* bytes, std::size_t size) {
  constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15;
  for (std::size_t at = 0; at < size;) {
    std::uint64_t mixed = std::atomic_ref(state_).fetch_add(kStep) + kStep;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
    mixed ^= mixed >> 31;
    for (unsigned shift = 0; shift < 64 && at < size; shift += 8) {
      bytes[at++] = static_cast<unsigned char>(mixed >> shift & 0xFF);
    }
  }
}

}  // namespace waymark
