// The only source of randomness; cryptographic in the real one (libsodium).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace waymark {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(unsigned char* bytes, std::size_t size) = 0;  // safe from several threads

  std::string bytes(std::size_t size);
  std::uint32_t below(std::uint32_t bound);              // uniform in [0, bound)
  std::string digits(std::size_t count);                 // "041592"
  std::string token(std::size_t bytes_of_entropy = 32);  // base64url
  std::string symbols(std::string_view alphabet, std::size_t count);
};

class SystemRandom final : public Random {
 public:
  void fill(unsigned char* bytes, std::size_t size) override;
};

// The same sequence for the same seed: for tests, and for the demo's printed access codes.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  void fill(unsigned char* bytes, std::size_t size) override;

 private:
  std::uint64_t state_;
};

}  // namespace waymark
