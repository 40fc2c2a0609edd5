// A feed file of made-up cases, eight records each, the cases interleaved as they come in by day.
#pragma once

#include <cstdint>
#include <filesystem>

namespace waymark::bench {

inline constexpr std::int64_t kRecordsOfCase = 8;

void write_feed(const std::filesystem::path& file, std::int64_t cases);

}  // namespace waymark::bench
