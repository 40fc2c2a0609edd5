// Makes row ids: 41 bits of milliseconds since 2025, 10 of node, 12 of sequence; so they grow with time and are known
// before the row is written. Never a secret, never an access check.
#pragma once

#include <mutex>

#include "base/id.hpp"
#include "platform/clock.hpp"

namespace waymark {

class IdSource {
 public:
  // node: 0 to 1023, different for each process that writes to the same database.
  IdSource(const Clock& clock, unsigned node) : clock_(clock), node_(node) {}

  template <typename T>
  T next() {
    return T{next_value()};
  }
  std::int64_t next_value();  // safe from several threads; never the same twice, even when the clock goes back

 private:
  const Clock& clock_;
  unsigned node_;
  std::mutex mutex_;
  std::int64_t last_millis_ = 0;
  unsigned sequence_ = 0;
};

}  // namespace waymark
