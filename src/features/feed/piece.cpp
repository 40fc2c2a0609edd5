#include "features/feed/piece.hpp"

#include <algorithm>
#include <tuple>

#include "base/text.hpp"

namespace waymark::feed {
namespace {

void add_line(const RecordReader& reader, const FeedScope& scope, std::string_view line, std::int64_t number,
              Piece& piece) {
  auto read = reader.read(line);
  if (!read) {
    auto& problem = read.error();
    piece.refused.push_back({number, std::move(problem.record), std::move(problem.field), std::move(problem.reason)});
    return;
  }
  // Refused before anything is looked up: whether another agency has that case is not theirs to learn (incident I42).
  if (!scope.allows(read->receipt_number)) {
    piece.refused.push_back({number, std::move(read->name), "case", "not_yours"});
    return;
  }
  piece.records.push_back({std::move(*read), number, piece.text.size(), line.size()});
  piece.text += line;
}

// Records of a case side by side: its row is written once, and few come too early.
void put_in_order(std::vector<PieceRecord>& records) {
  std::ranges::sort(records, [](const PieceRecord& left, const PieceRecord& right) {
    return std::tie(left.record.receipt_number, left.record.sequence, left.line) <
           std::tie(right.record.receipt_number, right.record.sequence, right.line);
  });
}

std::vector<std::string> cases_of(const std::vector<PieceRecord>& records) {
  std::vector<std::string> receipt_numbers;
  for (const auto& [record, line, text_at, text_size] : records) {
    // A case that begins here is not there yet, as a rule.
    if (record.sequence == 1) continue;
    if (receipt_numbers.empty() || receipt_numbers.back() != record.receipt_number) {
      receipt_numbers.push_back(record.receipt_number);
    }
  }
  return receipt_numbers;
}

}  // namespace

Piece read_piece(const cases::Cases& cases, const RecordReader& reader, LineSource& source, std::int64_t line_before,
                 const FeedScope& scope) {
  Piece piece;
  piece.records.reserve(kPieceLines);
  std::string_view line;
  while (piece.lines < kPieceLines) {
    const auto next = source.next(line);
    if (next == LineSource::Next::end) break;
    const auto number = line_before + ++piece.lines;
    if (next == LineSource::Next::too_long) {
      piece.refused.push_back({number, "", "", "not_json"});
    } else if (!trim(line).empty()) {
      add_line(reader, scope, line, number, piece);
    }
  }
  put_in_order(piece.records);
  for (auto& record : piece.records) record.record.id = cases.parts().ids.next_value();
  if (!piece.records.empty()) {
    const auto snapshot = cases.parts().database.snapshot();
    piece.read_ahead = cases::Intake::read_ahead(*snapshot, cases_of(piece.records));
  }
  return piece;
}

}  // namespace waymark::feed
