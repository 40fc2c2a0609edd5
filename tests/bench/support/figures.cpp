#include "support/figures.hpp"

#include <algorithm>
#include <vector>

#include "platform/clock.hpp"
#include "support/installation.hpp"

namespace waymark::bench {

std::string run_for(std::chrono::seconds time, const std::function<void()>& once) {
  const SystemClock clock;
  for (const auto end = clock.steady() + time / 10; clock.steady() < end;) once();
  std::vector<std::uint32_t> took;
  const auto start = clock.steady();
  const double cpu_before = cpu_seconds();
  for (auto before = start; before < start + time;) {
    once();
    const auto after = clock.steady();
    took.push_back(static_cast<std::uint32_t>((after - before).count()));
    before = after;
  }
  const double cpu = cpu_seconds() - cpu_before;
  std::ranges::sort(took);
  const auto at = [&](double part) {
    return static_cast<double>(took[static_cast<std::size_t>(part * static_cast<double>(took.size() - 1))]) / 1e3;
  };
  return fmt::format(R"({{"times": {}, "cpu_us": {:.2f}, "p50_us": {:.1f}, "p99_us": {:.1f}}})", took.size(),
                     cpu * 1e6 / static_cast<double>(took.size()), at(0.5), at(0.99));
}

}  // namespace waymark::bench
