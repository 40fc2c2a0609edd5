// What a loop of one thing over and over says of itself, as a line of JSON.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

namespace waymark::bench {

// Calls `once` again and again for that long, after a tenth of it to warm up:
// {"times": …, "cpu_us": …, "p50_us": …, "p99_us": …}, the CPU being this process's a time.
std::string run_for(std::chrono::seconds time, const std::function<void()>& once);

}  // namespace waymark::bench
