// A batch over HTTP: by the sender's own name for it (Idempotency-Key), so that sending it again, after a cut line or a
// crash on either side, goes on where it stood and gives the same report.
#pragma once

#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <vector>

#include "base/result.hpp"
#include "features/feed/feed_keys.hpp"
#include "features/feed/import_feed.hpp"

namespace waymark::feed {

using FeedRequestId = Id<struct FeedRequestTag>;

inline constexpr std::size_t kBatchBytesMax = 100 * 1024 * 1024;
inline constexpr std::size_t kBatchesAtOnce = 2;  // of one key
inline constexpr int kRefusalsInReport = 1000;
inline constexpr std::chrono::days kRefusedKept{30};

struct Refused {
  std::int64_t line = 0;  // 0: held back earlier, and refused when its turn came
  std::string record{}, field{}, reason{};
  Instant at{};
};
struct BatchReport {
  FeedRequestId id{};
  std::int64_t lines = 0, went_in = 0, known = 0, refused = 0, waiting = 0;
  bool is_finished = false;
  std::vector<Refused> refusals{};  // at most kRefusalsInReport; `refused` counts all
};

// Built once by app; threads: safe.
class FeedDoor {
 public:
  explicit FeedDoor(const cases::Cases& cases) : cases_(cases) {}  // `cases` must outlive it
  const cases::Cases& cases() const { return cases_; }

  // malformed without a good name; conflict when that name was used for other content; too_many while the same batch,
  // or too many of this key, are being taken in; unavailable after stop().
  Result<BatchReport> receive(const FeedKey& key, std::string_view idempotency_key, const std::filesystem::path& body);
  // The server ends: whatever is being taken in stops within a piece and is answered "unavailable", as is what comes
  // after; sent again, it goes on where it stood.
  void stop() { is_stopping_ = true; }
  // The key's own; nothing otherwise.
  std::optional<BatchReport> find_report(FeedKeyId key, FeedRequestId request) const;

  void delete_old_refusals() const;

 private:
  class Running;
  const cases::Cases& cases_;
  std::atomic<bool> is_stopping_{false};
  std::mutex mutex_;
  std::multiset<FeedKeyId> running_keys_;
  std::set<FeedRequestId> running_requests_;
};

// The newest first, for the office.
struct RefusedOfKey {
  Refused refused{};
  std::string key_name{};
};
std::vector<RefusedOfKey> list_refused(db::Snapshot& snapshot, std::string_view reason, int most);

}  // namespace waymark::feed
