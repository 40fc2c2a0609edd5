#include "platform/network_places.hpp"

#include <fmt/format.h>
#include <maxminddb.h>

#include <map>
#include <stdexcept>

namespace waymark {
namespace {

// Those that such files have names in.
constexpr const char* kLanguages[] = {"de", "en", "es", "fr", "ja", "pt-BR", "ru", "zh-CN"};

std::string name_in(MMDB_entry_s& entry, const char* what, const char* language) {
  MMDB_entry_data_s data{};
  const int status = MMDB_get_value(&entry, &data, what, "names", language, nullptr);
  if (status != MMDB_SUCCESS || !data.has_data || data.type != MMDB_DATA_TYPE_UTF8_STRING) return {};
  std::string name(data.utf8_string, data.data_size);
  std::erase_if(name, [](char c) { return c == '\t' || c == '\n'; });
  return name;
}

}  // namespace

struct NetworkPlaces::File {
  MMDB_s database{};
};

NetworkPlaces::NetworkPlaces(const std::string& file) : file_(std::make_unique<File>()) {
  const int status = MMDB_open(file.c_str(), MMDB_MODE_MMAP, &file_->database);
  if (status != MMDB_SUCCESS) throw std::runtime_error(fmt::format("{}: {}", file, MMDB_strerror(status)));
}

NetworkPlaces::~NetworkPlaces() { MMDB_close(&file_->database); }

std::string NetworkPlaces::find(std::string_view address) const {
  int address_status = 0;
  int status = MMDB_SUCCESS;
  auto found = MMDB_lookup_string(&file_->database, std::string(address).c_str(), &address_status, &status);
  if (address_status != 0 || status != MMDB_SUCCESS || !found.found_entry) return {};
  std::string places;
  for (const char* language : kLanguages) {
    const auto city = name_in(found.entry, "city", language);
    const auto country = name_in(found.entry, "country", language);
    if (city.empty() && country.empty()) continue;
    places += fmt::format("{}\t{}{}{}\n", language, city, city.empty() || country.empty() ? "" : ", ", country);
  }
  return places;
}

std::string_view place_in(std::string_view found, std::string_view language) {
  std::string_view english;
  while (!found.empty()) {
    const auto line = found.substr(0, found.find('\n'));
    found.remove_prefix(std::min(line.size() + 1, found.size()));
    const auto tab = line.find('\t');
    if (tab == line.npos) continue;
    if (line.substr(0, tab) == language) return line.substr(tab + 1);
    if (line.substr(0, tab) == "en") english = line.substr(tab + 1);
  }
  return english;
}

}  // namespace waymark
