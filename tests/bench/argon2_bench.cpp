// The CPU of one Argon2id at the product's own parameters: argon2_bench TIMES. Prints a line of JSON.
#include <sodium.h>

#include <cstdio>
#include <cstdlib>

#include "platform/password_hasher.hpp"
#include "support/installation.hpp"

int main(int argc, char** argv) {
  const int times = argc > 1 ? std::atoi(argv[1]) : 100;
  if (sodium_init() < 0) return 1;
  const waymark::PasswordHashCost cost;
  const auto password = waymark::bench::kPassword;
  char encoded[crypto_pwhash_STRBYTES] = {};
  if (crypto_pwhash_str_alg(encoded, password.data(), password.size(), cost.passes, cost.memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return 1;
  }
  const double before = waymark::bench::cpu_seconds();
  for (int i = 0; i < times; ++i) {
    if (crypto_pwhash_str_verify(encoded, password.data(), password.size()) != 0) return 1;
  }
  std::printf(R"({"cpu_us": %.1f})"
              "\n",
              (waymark::bench::cpu_seconds() - before) * 1e6 / times);
  return 0;
}
