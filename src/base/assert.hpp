// A broken promise of our own: says where, and ends the process rather than go on with wrong data. On in release.
#pragma once

namespace waymark {
[[noreturn]] void assertion_failed(const char* expression, const char* file, int line);
}

#define WAYMARK_ASSERT(expression) \
  ((expression) ? static_cast<void>(0) : ::waymark::assertion_failed(#expression, __FILE__, __LINE__))
