// Some thousands of lines of a feed, read, checked and put in the order in which they go in; made beside the writer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "features/cases/intake/intake.hpp"
#include "features/feed/import_feed.hpp"
#include "features/feed/line_source.hpp"
#include "features/feed/record_reader.hpp"

namespace waymark::feed {

// Changing this changes where files that were ended half-way go on: finish them first.
inline constexpr std::int64_t kPieceLines = 4096;

struct PieceRecord {
  cases::AgencyRecord record;
  std::int64_t line = 0;
  std::size_t text_at = 0, text_size = 0;  // in the piece's text
};

struct Piece {
  std::int64_t lines = 0;  // fewer than kPieceLines only in the last one
  std::string text;
  std::vector<PieceRecord> records;    // by case and sequence, then by line: the same each time it is read
  std::vector<RefusedRecord> refused;  // by line
  cases::Intake::Read read_ahead;
  std::string_view line_of(const PieceRecord& record) const {
    return std::string_view(text).substr(record.text_at, record.text_size);
  }
};

// Reads the next piece; `line_before` is the number of the line before it. `cases` gives ids and a look at the
// database.
Piece read_piece(const cases::Cases& cases, const RecordReader& reader, LineSource& source, std::int64_t line_before,
                 const FeedScope& scope = {});

}  // namespace waymark::feed
