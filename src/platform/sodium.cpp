#include "platform/sodium.hpp"

#include <sodium.h>

#include <stdexcept>

namespace waymark {

void start_sodium() {
  static const bool started = sodium_init() >= 0;
  if (!started) throw std::runtime_error("libsodium could not be started");
}

}  // namespace waymark
