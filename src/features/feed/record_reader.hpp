// Reads one line of a feed (docs/feed.md), strictly: what is not described there is refused with its field and a
// reason.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "catalogue/catalogue.hpp"
#include "features/cases/intake/agency_record.hpp"
#include "platform/keys.hpp"

namespace waymark::feed {

inline constexpr std::size_t kLineBytesMax = 64 * 1024;

// Both are words of docs/feed.md, but for an unknown field's name, which is the line's own where it looks like a name.
// `record` is the record's name when the line had one.
struct LineProblem {
  std::string field, reason, record;
};

// Immutable; shared by threads.
class RecordReader {
 public:
  RecordReader(const catalogue::Catalogue& catalogue, const KeyRing& keys)
      : catalogue_(catalogue), content_hash_(keys, "feed.content") {}

  // Leaves the record's id at 0. Never throws for what a line holds.
  std::expected<cases::AgencyRecord, LineProblem> read(std::string_view line) const;

 private:
  const catalogue::Catalogue& catalogue_;
  KeyedHash content_hash_;
};

}  // namespace waymark::feed
