// The rough place of a network, from a file in MaxMind's format that the operator chose: city and country, no more.
// Threads: safe.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace waymark {

class NetworkPlaces {
 public:
  // Throws std::runtime_error that names the file when it can't be read.
  explicit NetworkPlaces(const std::string& file);
  ~NetworkPlaces();

  // "Oaxaca, Mexico" in each language that the file has: lines of tag, tab, place. Empty when the network is not in the
  // file, or the address is none.
  std::string find(std::string_view address) const;

 private:
  struct File;
  std::unique_ptr<File> file_;
};

// The place in this language, else in English; empty when there is neither. `found` is what find() gave.
std::string_view place_in(std::string_view found, std::string_view language);

}  // namespace waymark
