// Whatever a feed's line holds, reading it ends in a record or in a named refusal; and what was read says the same
// again.
#include <cstdlib>
#include <string_view>

#include "features/feed/content_hash.hpp"
#include "features/feed/record_reader.hpp"
#include "platform/embedded.hpp"

namespace {

waymark::catalogue::Catalogue shipped_catalogue() {
  std::vector<waymark::catalogue::CatalogueFile> files;
  for (const auto& file : waymark::embedded_files()) {
    const bool is_shipped = file.path.starts_with("catalogue/us/") || file.path.starts_with("catalogue/demo/");
    if (is_shipped && file.path.ends_with(".json"))
      files.push_back({std::string(file.path), std::string(file.content)});
  }
  return waymark::catalogue::read_catalogue(files).catalogue;
}

struct Reading {
  waymark::SeededRandom random{1};
  waymark::KeyRing keys = waymark::make_keys(random);
  waymark::catalogue::Catalogue catalogue = shipped_catalogue();
  waymark::feed::RecordReader reader{catalogue, keys};
};

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const Reading reading;
  const std::string_view line(reinterpret_cast<const char*>(data), size);
  const auto read = reading.reader.read(line);
  if (!read) {
    require(!read.error().reason.empty());
    require(read.error().field.size() <= 40);
    return 0;
  }
  require(!read->name.empty() && read->name.size() <= 100);
  require(read->receipt_number.size() == 13);
  require(read->sequence >= 1);
  require(reading.reader.read(line)->content_hash == read->content_hash);
  return 0;
}
