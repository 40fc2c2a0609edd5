// SQL of what the import remembers: batches (a file each) and records held until their turn comes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"

namespace waymark::feed {

using BatchId = Id<struct FeedBatchTag>;
using HeldId = Id<struct FeedHeldTag>;

// How far a file went in. Files are taken in pieces of a fixed number of lines; within a piece, records go in an order
// of their own, so that the resume point is the lines of whole pieces, and the records of the one after them.
struct Progress {
  std::int64_t lines_done = 0;
  std::int64_t records_done = 0;
  std::int64_t went_in = 0, known = 0, refused = 0;
  bool operator==(const Progress&) const = default;
};

struct Batch {
  BatchId id;
  Progress progress;
};
// The unfinished batch of that content, where it stands; or a fresh one (a finished one begins anew).
Batch open_batch(db::Transaction& tx, BatchId id, std::string_view content_hash, Instant now);
void save_progress(db::Transaction& tx, BatchId batch, const Progress& progress);
void finish_batch(db::Transaction& tx, BatchId batch, Instant now);

struct HeldRecord {
  HeldId id;
  std::string_view record, receipt_number, content_hash;
  std::int64_t sequence = 0;
  std::string sealed_line;
  std::string_view reason{};  // why it waits for the catalogue; empty: only for the records before it
};
enum class Holding {
  held,           // now, or already with the same content
  name_taken,     // a held record of that name has other content
  sequence_taken  // another held record has that place in the case
};
// One that waits for the catalogue takes the place of another that does.
Holding hold(db::Transaction& tx, const HeldRecord& record, Instant now);

struct HeldLine {
  HeldId id;
  std::string sealed_line;
  bool waits_for_catalogue = false;
};
// The first held record of the case whose turn has come, or passed.
std::optional<HeldLine> find_held(db::Snapshot& snapshot, std::string_view receipt_number, std::int64_t sequence_max);
// Its turn came, and the catalogue does not know it.
void keep_for_catalogue(db::Transaction& tx, HeldId id, std::string_view reason);
void drop_held(db::Transaction& tx, HeldId id);
std::vector<std::string> list_held_cases(db::Snapshot& snapshot);
std::int64_t count_held(db::Snapshot& snapshot);

}  // namespace waymark::feed
