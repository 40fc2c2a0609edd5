#include "features/feed/receive_batch.hpp"

#include <algorithm>

#include "catalogue/words.hpp"

namespace waymark::feed {
namespace {

constexpr std::size_t kNameMax = 128;
constexpr std::size_t kRefusalsAtOnce = 200;
constexpr std::chrono::seconds kTryAgain{5};

constexpr db::Query kBegin{"feed_requests.begin",
                           "INSERT INTO feed_requests (id, feed_key, idempotency_hash, content_hash, lines, went_in, "
                           "known, refused, waiting, started_at) VALUES ($1, $2, $3, $4, 0, 0, 0, 0, 0, $5) "
                           "ON CONFLICT (feed_key, idempotency_hash) DO NOTHING"};
#define WAYMARK_FEED_REQUEST \
  "SELECT id, lines, went_in, known, refused, waiting, finished_at, content_hash FROM feed_requests "
constexpr db::Query kByName{"feed_requests.by_name",
                            WAYMARK_FEED_REQUEST "WHERE feed_key = $1 AND idempotency_hash = $2"};
constexpr db::Query kById{"feed_requests.by_id", WAYMARK_FEED_REQUEST "WHERE feed_key = $1 AND id = $2"};
constexpr db::Query kFinish{"feed_requests.finish",
                            "UPDATE feed_requests SET lines = $2, went_in = $3, known = $4, refused = $5, "
                            "waiting = $6, finished_at = $7 WHERE id = $1"};
constexpr db::Query kRefuse{"feed_refused.insert",
                            "INSERT INTO feed_refused (id, request, line, record, field, reason, at) "
                            "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (request, line, record) DO NOTHING"};
constexpr db::Query kRefused{"feed_refused.list",
                             "SELECT line, record, field, reason, at FROM feed_refused WHERE request = $1 "
                             "ORDER BY line, record LIMIT $2"};
constexpr db::Query kAllRefused{"feed_refused.list_all",
                                "SELECT f.line, f.record, f.field, f.reason, f.at, k.name FROM feed_refused f "
                                "JOIN feed_requests r ON r.id = f.request JOIN feed_keys k ON k.id = r.feed_key "
                                "WHERE CAST($1 AS TEXT) = '' OR f.reason = CAST($1 AS TEXT) "
                                "ORDER BY f.at DESC, f.id DESC LIMIT $2"};
constexpr db::Query kDeleteOld{"feed_refused.delete_old", "DELETE FROM feed_refused WHERE at < $1"};

Refused read_refused(const db::Row& row) {
  return {.line = row.integer(0),
          .record = std::string(row.text(1)),
          .field = std::string(row.text(2)),
          .reason = std::string(row.text(3)),
          .at = row.instant(4)};
}

struct Kept {
  BatchReport report{};
  std::string content_hash{};
};
Kept read_request(const db::Row& row) {
  return {{.id = row.id<FeedRequestId>(0),
           .lines = row.integer(1),
           .went_in = row.integer(2),
           .known = row.integer(3),
           .refused = row.integer(4),
           .waiting = row.integer(5),
           .is_finished = !row.is_null(6)},
          std::string(row.bytes(7))};
}

// Letters, digits and signs that one can see.
bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= kNameMax &&
         std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

// Writes the refused records as they become sure, some at a time. The importer calls it from one thread.
class RefusalWriter {
 public:
  RefusalWriter(const cases::Cases& cases, FeedRequestId request) : cases_(cases), request_(request) {}
  void add(const RefusedRecord& refused) {
    waiting_.push_back({refused, cases_.parts().ids.next_value()});
    if (waiting_.size() == kRefusalsAtOnce) flush();
  }
  void flush() {
    if (waiting_.empty()) return;
    const auto now = cases_.parts().clock.now();
    cases_.parts().database.write(
        [&](db::Transaction& tx) {
          for (const auto& [refused, id] : waiting_) {
            tx.run(kRefuse, {id, request_, refused.line, refused.record, refused.field, refused.reason, now});
          }
        },
        db::Urgency::bulk);
    waiting_.clear();
  }

 private:
  const cases::Cases& cases_;
  const FeedRequestId request_;
  std::vector<std::pair<RefusedRecord, std::int64_t>> waiting_;
};

}  // namespace

// One batch being taken in; lets go of its place at the end.
class FeedDoor::Running {
 public:
  Running(FeedDoor& door, FeedKeyId key, FeedRequestId request) : door_(door), key_(key), request_(request) {}
  bool begin() {
    const std::scoped_lock lock(door_.mutex_);
    if (door_.running_keys_.count(key_) >= kBatchesAtOnce) return false;
    if (!door_.running_requests_.insert(request_).second) return false;
    door_.running_keys_.insert(key_);
    return is_begun_ = true;
  }
  ~Running() {
    if (!is_begun_) return;
    const std::scoped_lock lock(door_.mutex_);
    door_.running_requests_.erase(request_);
    door_.running_keys_.erase(door_.running_keys_.find(key_));
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

 private:
  FeedDoor& door_;
  const FeedKeyId key_;
  const FeedRequestId request_;
  bool is_begun_ = false;
};

Result<BatchReport> FeedDoor::receive(const FeedKey& key, std::string_view idempotency_key,
                                      const std::filesystem::path& body) {
  if (!is_name(idempotency_key)) return refuse(FailureKind::malformed, "feed.error.idempotency_key");
  const auto& parts = cases_.parts();
  const auto name_hash = sha256(idempotency_key);
  const auto content_hash = hash_of_file(body);
  const auto fresh = parts.ids.next<FeedRequestId>();
  const auto now = parts.clock.now();
  const auto day = catalogue::day_in_zone(now, parts.catalogue.brand().time_zone);
  const auto kept = parts.database.write([&](db::Transaction& tx) {
    note_use(tx, key.id, day);
    tx.run(kBegin, {fresh, key.id, db::Bytes{name_hash}, db::Bytes{content_hash}, now});
    return *tx.find(kByName, {key.id, db::Bytes{name_hash}}, read_request);
  });
  if (kept.content_hash != content_hash) return refuse(FailureKind::conflict, "feed.error.other_content");
  if (kept.report.is_finished) return *find_report(key.id, kept.report.id);
  Running running(*this, key.id, kept.report.id);
  if (!running.begin()) {
    return refuse({.kind = FailureKind::too_many, .message = {"feed.error.batches_at_once"}, .retry_after = kTryAgain});
  }
  RefusalWriter refusals(cases_, kept.report.id);
  FeedSummary summary;
  try {
    summary =
        import_feed(cases_, body, [&](const RefusedRecord& refused) { refusals.add(refused); },
                    {.prefixes = key.prefixes, .sender = fmt::format("key {}", key.id.value), .must_stop = [this] {
                       return is_stopping_.load();
                     }});
  } catch (const ImportStopped&) {
    refusals.flush();
    return refuse({.kind = FailureKind::unavailable, .message = {"feed.error.stopping"}, .retry_after = kTryAgain});
  }
  refusals.flush();
  const auto finished_at = parts.clock.now();
  parts.database.write([&](db::Transaction& tx) {
    tx.run(kFinish, {kept.report.id, summary.lines, summary.went_in, summary.known, summary.refused, summary.waiting,
                     finished_at});
  });
  return *find_report(key.id, kept.report.id);
}

std::optional<BatchReport> FeedDoor::find_report(FeedKeyId key, FeedRequestId request) const {
  const auto snapshot = cases_.parts().database.snapshot();
  auto kept = snapshot->find(kById, {key, request}, read_request);
  if (!kept) return std::nullopt;
  kept->report.refusals = snapshot->list(kRefused, {request, kRefusalsInReport}, read_refused);
  return std::move(kept->report);
}

void FeedDoor::delete_old_refusals() const {
  const auto before = cases_.parts().clock.now() - kRefusedKept;
  cases_.parts().database.write([&](db::Transaction& tx) { tx.run(kDeleteOld, {before}); }, db::Urgency::bulk);
}

std::vector<RefusedOfKey> list_refused(db::Snapshot& snapshot, std::string_view reason, int most) {
  return snapshot.list(kAllRefused, {reason, most},
                       [](const db::Row& row) { return RefusedOfKey{read_refused(row), std::string(row.text(5))}; });
}

}  // namespace waymark::feed
