#include "base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace waymark {

void assertion_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "waymark: broken promise: %s (%s:%d)\n", expression, file, line);
  std::abort();
}

}  // namespace waymark
