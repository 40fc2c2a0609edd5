// A small file in MaxMind's format (MaxMind DB 2.0), for tests: one IPv4 network with a city and a country in some
// languages.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

namespace waymark::testing {

class NetworkFile {
 public:
  using Names = std::vector<std::pair<std::string, std::string>>;  // language and name

  // 203.0.113.0/24 is in this city and country; no other network is in the file.
  static void write(const std::filesystem::path& file, const Names& city, const Names& country) {
    constexpr std::array<std::uint8_t, 3> kNetwork{203, 0, 113};
    constexpr std::uint32_t kNodes = kNetwork.size() * 8;
    std::string out;
    for (std::uint32_t node = 0; node < kNodes; ++node) {
      const bool is_one = (kNetwork[node / 8] >> (7 - node % 8)) & 1;
      // The last node leads to the data's beginning: the number of nodes, and the 16 bytes between tree and data.
      const std::uint32_t on = node + 1 < kNodes ? node + 1 : kNodes + 16;
      out += record(is_one ? kNodes : on) + record(is_one ? on : kNodes);
    }
    out += std::string(16, '\0');
    out += control(kMap, 2) + text("city") + named(city) + text("country") + named(country);
    out += "\xAB\xCD\xEFMaxMind.com";
    out += control(kMap, 9) + text("node_count") + number(kUint32, kNodes, 4) + text("record_size") +
           number(kUint16, 24, 2) + text("ip_version") + number(kUint16, 4, 2) + text("database_type") +
           text("Test-City") + text("languages") + control(kArray, 1) + text("en") +
           text("binary_format_major_version") + number(kUint16, 2, 2) + text("binary_format_minor_version") +
           number(kUint16, 0, 2) + text("build_epoch") + number(kUint64, 1'800'000'000, 8) + text("description") +
           control(kMap, 1) + text("en") + text("For tests");
    std::ofstream(file, std::ios::binary) << out;
  }

 private:
  static constexpr int kText = 2, kUint16 = 5, kUint32 = 6, kMap = 7, kUint64 = 9, kArray = 11;

  static std::string record(std::uint32_t value) { return bytes(value, 3); }
  static std::string bytes(std::uint64_t value, int count) {
    std::string out;
    for (int shift = (count - 1) * 8; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
    return out;
  }
  // Types past 7 stand in a second byte; sizes here stay below 29.
  static std::string control(int type, std::size_t size) {
    std::string out;
    if (type > 7) {
      out.push_back(static_cast<char>(size));
      out.push_back(static_cast<char>(type - 7));
    } else {
      out.push_back(static_cast<char>((type << 5) | static_cast<int>(size)));
    }
    return out;
  }
  static std::string text(const std::string& value) { return control(kText, value.size()) + value; }
  static std::string number(int type, std::uint64_t value, int size) {
    return control(type, static_cast<std::size_t>(size)) + bytes(value, size);
  }
  static std::string named(const Names& names) {
    std::string out = control(kMap, 1) + text("names") + control(kMap, names.size());
    for (const auto& [language, name] : names) out += text(language) + text(name);
    return out;
  }
};

}  // namespace waymark::testing
