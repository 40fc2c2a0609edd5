#include "features/feed/feed_store.hpp"

namespace waymark::feed {
namespace {

constexpr db::Query kOpenBatch{"feed.open_batch", R"sql(
  INSERT INTO feed_batches (id, content_hash, lines_done, records_done, went_in, known, refused, started_at)
  VALUES ($1, $2, 0, 0, 0, 0, 0, $3) ON CONFLICT (content_hash) DO NOTHING)sql"};

constexpr db::Query kBeginAnew{"feed.begin_anew", R"sql(
  UPDATE feed_batches SET lines_done = 0, records_done = 0, went_in = 0, known = 0, refused = 0, started_at = $2,
         finished_at = NULL
  WHERE content_hash = $1 AND finished_at IS NOT NULL)sql"};

constexpr db::Query kFindBatch{"feed.find_batch", R"sql(
  SELECT id, lines_done, records_done, went_in, known, refused FROM feed_batches WHERE content_hash = $1)sql"};

constexpr db::Query kSaveProgress{"feed.save_progress", R"sql(
  UPDATE feed_batches SET lines_done = $2, records_done = $3, went_in = $4, known = $5, refused = $6
  WHERE id = $1)sql"};

constexpr db::Query kFinishBatch{"feed.finish_batch", "UPDATE feed_batches SET finished_at = $2 WHERE id = $1"};

constexpr db::Query kHold{"feed.hold", R"sql(
  INSERT INTO feed_held (id, record, receipt_number, sequence, content_hash, line_sealed, held_at, reason)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING)sql"};

constexpr db::Query kReplaceUnknown{"feed.replace_unknown", R"sql(
  DELETE FROM feed_held
  WHERE (record = $1 OR (receipt_number = $2 AND sequence = $3)) AND reason IS NOT NULL)sql"};

constexpr db::Query kKeepForCatalogue{"feed.keep_for_catalogue", "UPDATE feed_held SET reason = $2 WHERE id = $1"};

constexpr db::Query kHeldHash{"feed.held_hash", "SELECT content_hash FROM feed_held WHERE record = $1"};

constexpr db::Query kFindHeld{"feed.find_held", R"sql(
  SELECT id, line_sealed, reason FROM feed_held WHERE receipt_number = $1 AND sequence <= $2 ORDER BY sequence LIMIT 1)sql"};

constexpr db::Query kDropHeld{"feed.drop_held", "DELETE FROM feed_held WHERE id = $1"};

constexpr db::Query kHeldCases{"feed.held_cases",
                               "SELECT DISTINCT receipt_number FROM feed_held ORDER BY receipt_number"};

constexpr db::Query kCountHeld{"feed.count_held", "SELECT COUNT(*) FROM feed_held"};

}  // namespace

Batch open_batch(db::Transaction& tx, BatchId id, std::string_view content_hash, Instant now) {
  tx.run(kOpenBatch, {id, db::Bytes{content_hash}, now});
  tx.run(kBeginAnew, {db::Bytes{content_hash}, now});
  return *tx.find(kFindBatch, {db::Bytes{content_hash}}, [](const db::Row& row) {
    return Batch{row.id<BatchId>(0),
                 {.lines_done = row.integer(1),
                  .records_done = row.integer(2),
                  .went_in = row.integer(3),
                  .known = row.integer(4),
                  .refused = row.integer(5)}};
  });
}

void save_progress(db::Transaction& tx, BatchId batch, const Progress& progress) {
  tx.run(kSaveProgress,
         {batch, progress.lines_done, progress.records_done, progress.went_in, progress.known, progress.refused});
}

void finish_batch(db::Transaction& tx, BatchId batch, Instant now) { tx.run(kFinishBatch, {batch, now}); }

Holding hold(db::Transaction& tx, const HeldRecord& record, Instant now) {
  const bool waits_for_catalogue = !record.reason.empty();
  if (waits_for_catalogue) tx.run(kReplaceUnknown, {record.record, record.receipt_number, record.sequence});
  const auto reason = waits_for_catalogue ? db::Parameter(record.reason) : db::Parameter(nullptr);
  const auto inserted = tx.run(kHold, {record.id, record.record, record.receipt_number, record.sequence,
                                       db::Bytes{record.content_hash}, db::Bytes{record.sealed_line}, now, reason});
  if (inserted == 1) return Holding::held;
  const auto hash = tx.find(kHeldHash, {record.record}, [](const db::Row& row) { return std::string(row.bytes(0)); });
  if (!hash) return Holding::sequence_taken;
  return *hash == record.content_hash ? Holding::held : Holding::name_taken;
}

std::optional<HeldLine> find_held(db::Snapshot& snapshot, std::string_view receipt_number, std::int64_t sequence_max) {
  return snapshot.find(kFindHeld, {receipt_number, sequence_max}, [](const db::Row& row) {
    return HeldLine{row.id<HeldId>(0), std::string(row.bytes(1)), !row.is_null(2)};
  });
}

void keep_for_catalogue(db::Transaction& tx, HeldId id, std::string_view reason) {
  tx.run(kKeepForCatalogue, {id, reason});
}

void drop_held(db::Transaction& tx, HeldId id) { tx.run(kDropHeld, {id}); }

std::vector<std::string> list_held_cases(db::Snapshot& snapshot) {
  return snapshot.list(kHeldCases, {}, [](const db::Row& row) { return std::string(row.text(0)); });
}

std::int64_t count_held(db::Snapshot& snapshot) {
  return *snapshot.find(kCountHeld, {}, [](const db::Row& row) { return row.integer(0); });
}

}  // namespace waymark::feed
