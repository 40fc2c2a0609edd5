// The writing side of an import: pieces go in by turns, each a unit of its own that ends within a few milliseconds.
#pragma once

#include <chrono>
#include <string>
#include <unordered_set>
#include <vector>

#include "features/cases/intake/intake.hpp"
#include "features/feed/feed_store.hpp"
#include "features/feed/import_feed.hpp"
#include "features/feed/piece.hpp"

namespace waymark::feed {

// A turn stops taking records in when these and what is still to be written of its cases come to so much of the
// writer's time; where nobody waits for it, it goes on so long.
inline constexpr std::chrono::microseconds kTurnTime{4500};
inline constexpr std::chrono::microseconds kTurnTimeAlone{20'000};
inline constexpr std::chrono::microseconds kWriteBackTime{8};  // a case, on a small machine

class ImportTurns {
 public:
  // `batch`: whose progress is kept; none for streams that begin anew each time.
  ImportTurns(const cases::Cases& cases, const RecordReader& reader, const ReportRefused& report,
              std::optional<Batch> batch);

  // All of the piece's records, from where the progress stands in it.
  void take_in(Piece& piece);
  // What was held back and whose turn has come by other ways; then the end of the batch.
  void finish();
  const Progress& progress() const { return progress_; }

 private:
  struct Turn {
    Instant now{};
    Progress progress;
    std::vector<RefusedRecord> refused;
  };
  void run(const std::function<void(db::Transaction&, Turn&)>& fill);
  static void add_refused(Turn& turn, RefusedRecord refused);
  void take_one(db::Transaction& tx, Turn& turn, const Piece& piece, const PieceRecord& record);
  void hold_back(db::Transaction& tx, Turn& turn, const Piece& piece, const PieceRecord& record,
                 std::string_view reason);
  void release(db::Transaction& tx, Turn& turn, const std::string& receipt_number, std::int64_t last);

  const cases::Cases& cases_;
  const RecordReader& reader_;
  const ReportRefused& report_;
  std::optional<Batch> batch_;
  Progress progress_;
  cases::Intake intake_;
  std::unordered_set<std::string> cases_with_held_;  // at least these; more than needed does no harm
};

}  // namespace waymark::feed
