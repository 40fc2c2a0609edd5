#include "features/feed/import_turns.hpp"

#include "platform/clock.hpp"

namespace waymark::feed {
namespace {

using cases::Verdict;

constexpr int kOverlapsMax = 20;
constexpr std::size_t kRecordsBetweenLooks = 8;
constexpr std::size_t kSweptAtOnce = 50;

}  // namespace

ImportTurns::ImportTurns(const cases::Cases& cases, const RecordReader& reader, const ReportRefused& report,
                         std::optional<Batch> batch)
    : cases_(cases), reader_(reader), report_(report), batch_(batch), intake_(cases) {
  if (batch_) progress_ = batch_->progress;
  for (auto& receipt_number : list_held_cases(*cases.parts().database.snapshot())) {
    cases_with_held_.insert(std::move(receipt_number));
  }
}

void ImportTurns::run(const std::function<void(db::Transaction&, Turn&)>& fill) {
  Turn turn;
  const auto unit = [&](db::Transaction& tx) {
    turn.progress = progress_;
    turn.refused.clear();
    intake_.begin(turn.now);
    fill(tx, turn);
    intake_.write_back(tx);
    if (batch_) save_progress(tx, batch_->id, turn.progress);
  };
  for (int overlaps = 0;; ++overlaps) {
    turn.now = cases_.parts().clock.now();
    try {
      cases_.parts().database.write(unit, db::Urgency::bulk);
      break;
    } catch (const cases::IntakeOverlap&) {
      if (overlaps == kOverlapsMax) throw;
    } catch (const db::ConstraintViolation&) {
      // Two imports gave the same case the same sequence at one moment; the next look sees the other's.
      if (overlaps == kOverlapsMax) throw;
    }
    intake_.step_back();
  }
  intake_.committed();
  progress_ = turn.progress;
  for (const auto& refused : turn.refused) report_(refused);
}

void ImportTurns::take_in(Piece& piece) {
  intake_.know(std::move(piece.read_ahead));
  const auto& clock = cases_.parts().clock;
  const auto skipped = static_cast<std::size_t>(progress_.records_done);
  if (skipped == 0) {
    // Counted with the piece's first turn, so that going on in its middle does not count them again.
    progress_.refused += static_cast<std::int64_t>(piece.refused.size());
    for (const auto& refused : piece.refused) report_(refused);
  }
  std::size_t done = std::min(skipped, piece.records.size());
  do {
    std::size_t next = done;
    run([&](db::Transaction& tx, Turn& turn) {
      next = done;
      // Measures only where to stop: whatever it says, the records that go in are the same.
      const auto began = clock.steady();
      while (next < piece.records.size()) {
        take_one(tx, turn, piece, piece.records[next++]);
        if ((next - done) % kRecordsBetweenLooks != 0) continue;
        const auto to_write_back = kWriteBackTime * static_cast<std::int64_t>(intake_.count_touched());
        const auto taken = clock.steady() - began + to_write_back;
        if (taken >= kTurnTimeAlone || (taken >= kTurnTime && tx.is_waited_for())) break;
      }
      turn.progress.records_done = static_cast<std::int64_t>(next);
      if (next == piece.records.size()) {
        turn.progress.lines_done += piece.lines;
        turn.progress.records_done = 0;
      }
    });
    done = next;
  } while (done < piece.records.size());
}

void ImportTurns::add_refused(Turn& turn, RefusedRecord refused) {
  ++turn.progress.refused;
  turn.refused.push_back(std::move(refused));
}

void ImportTurns::take_one(db::Transaction& tx, Turn& turn, const Piece& piece, const PieceRecord& record) {
  const auto answer = intake_.take_in(tx, record.record);
  switch (answer.verdict) {
    case Verdict::went_in:
      ++turn.progress.went_in;
      if (!cases_with_held_.empty() && cases_with_held_.contains(record.record.receipt_number)) {
        release(tx, turn, record.record.receipt_number, answer.sequence);
      }
      return;
    case Verdict::known:
      ++turn.progress.known;
      return;
    case Verdict::early:
      hold_back(tx, turn, piece, record, {});
      return;
    case Verdict::refused:
      if (cases::waits_for_catalogue(answer)) hold_back(tx, turn, piece, record, answer.reason);
      add_refused(turn, {record.line, record.record.name, std::string(answer.field), std::string(answer.reason)});
  }
}

void ImportTurns::hold_back(db::Transaction& tx, Turn& turn, const Piece& piece, const PieceRecord& record,
                            std::string_view reason) {
  const auto& parts = cases_.parts();
  const auto holding =
      hold(tx,
           {.id = HeldId{record.record.id},
            .record = record.record.name,
            .receipt_number = record.record.receipt_number,
            .content_hash = record.record.content_hash,
            .sequence = record.record.sequence,
            .sealed_line = parts.sealer.seal({"feed_held", "line_sealed", record.record.id}, piece.line_of(record)),
            .reason = reason},
           turn.now);
  if (holding == Holding::held) {
    cases_with_held_.insert(record.record.receipt_number);
    return;
  }
  if (!reason.empty()) return;  // the report says already why it did not go in
  const bool is_name = holding == Holding::name_taken;
  add_refused(turn, {record.line, record.record.name, is_name ? "record" : "sequence",
                     is_name ? "record_changed" : "sequence_used"});
}

void ImportTurns::release(db::Transaction& tx, Turn& turn, const std::string& receipt_number, std::int64_t last) {
  while (const auto held = find_held(tx, receipt_number, last + 1)) {
    const auto line = cases_.parts().sealer.open({"feed_held", "line_sealed", held->id.value}, held->sealed_line);
    auto record = reader_.read(line);
    if (!record) {
      // It was read once; since then the installation lost a language, say.
      drop_held(tx, held->id);
      add_refused(turn, {0, record.error().record, record.error().field, record.error().reason});
      continue;
    }
    if (held->waits_for_catalogue && record->sequence <= last) {  // a right one took its place
      drop_held(tx, held->id);
      continue;
    }
    record->id = held->id.value;
    const auto answer = intake_.take_in(tx, *record);
    const bool waits = cases::waits_for_catalogue(answer);
    const bool is_told = waits && held->waits_for_catalogue;
    if (answer.verdict == Verdict::refused && !is_told)
      add_refused(turn, {0, record->name, std::string(answer.field), std::string(answer.reason)});
    if (waits) {
      if (!is_told) keep_for_catalogue(tx, held->id, answer.reason);
      return;  // and those after it wait with it
    }
    drop_held(tx, held->id);
    if (answer.verdict == Verdict::went_in) {
      ++turn.progress.went_in;
      last = answer.sequence;
    } else if (answer.verdict == Verdict::known) {
      ++turn.progress.known;
    }
  }
}

void ImportTurns::finish() {
  const auto held = list_held_cases(*cases_.parts().database.snapshot());
  for (std::size_t from = 0; from < held.size(); from += kSweptAtOnce) {
    run([&](db::Transaction& tx, Turn& turn) {
      for (auto at = from; at < std::min(held.size(), from + kSweptAtOnce); ++at) {
        release(tx, turn, held[at], intake_.find_sequence(tx, held[at]));
      }
    });
  }
  if (!batch_) return;
  const auto now = cases_.parts().clock.now();
  cases_.parts().database.write([&](db::Transaction& tx) { finish_batch(tx, batch_->id, now); }, db::Urgency::bulk);
}

}  // namespace waymark::feed
