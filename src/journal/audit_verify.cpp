#include "journal/audit_verify.hpp"

#include "journal/audit_outside.hpp"

namespace waymark::journal {
namespace {

constexpr int kRowsAPage = 1000;
// Inner limits, so that each page looks up its rows instead of joining the tables whole.
constexpr db::Query kListPlaces{
    "audit_verify.list_places",
    "SELECT c.position, c.audit_id, c.salt, c.commitment, c.hash, "
    "a.id, a.at, a.event, a.account, a.on_case, a.actor, a.detail, a.network "
    "FROM (SELECT position, audit_id, salt, commitment, hash FROM audit_chain WHERE position > $1 "
    "ORDER BY position LIMIT 1000) c LEFT JOIN audit a ON a.id = c.audit_id ORDER BY c.position"};
constexpr db::Query kListRows{
    "audit_verify.list_rows",
    "SELECT a.id, c.position, w.audit_id FROM (SELECT id FROM audit WHERE id > $1 ORDER BY id LIMIT 1000) a "
    "LEFT JOIN audit_chain c ON c.audit_id = a.id LEFT JOIN audit_waiting w ON w.audit_id = a.id ORDER BY a.id"};
constexpr db::Query kCountWaiting{"audit_verify.count_waiting", "SELECT COUNT(*) FROM audit_waiting"};
constexpr db::Query kListWaitingGone{"audit_verify.list_waiting_gone",
                                     "SELECT w.audit_id FROM audit_waiting w LEFT JOIN audit a ON a.id = w.audit_id "
                                     "WHERE a.id IS NULL ORDER BY w.audit_id LIMIT 1000"};
constexpr db::Query kFindHash{"audit_verify.find_hash", "SELECT hash FROM audit_chain WHERE position = $1"};

class Verification {
 public:
  Verification(db::Database& database, const SigningKeys& keys, const std::function<void(const AuditFinding&)>& tell)
      : database_(database), keys_(keys), tell_(tell) {}

  void check_places() {
    for (std::int64_t rows = -1; rows != result_.rows;) {
      rows = result_.rows;
      database_.snapshot()->each(kListPlaces, {position_}, [this](const db::Row& row) { check_place(row); });
    }
  }

  // Rows that are there and stand in no place.
  void check_rows() {
    std::int64_t last = -1;
    for (int seen = kRowsAPage; seen == kRowsAPage;) {
      seen = 0;
      database_.snapshot()->each(kListRows, {last}, [&](const db::Row& row) {
        ++seen;
        last = row.integer(0);
        if (row.is_null(1) && row.is_null(2)) find(0, last, "the row was put in: it has no place in the chain");
      });
    }
    const auto snapshot = database_.snapshot();
    result_.waiting = snapshot->find(kCountWaiting, {}, [](const db::Row& row) { return row.integer(0); }).value_or(0);
    snapshot->each(kListWaitingGone, {},
                   [&](const db::Row& row) { find(0, row.integer(0), "the row was removed before it got its place"); });
  }

  void check_checkpoints() {
    std::optional<Instant> last;
    std::int64_t position = 0;
    for (std::size_t seen = kRowsAPage; seen == kRowsAPage;) {
      const auto page = list_checkpoints_after(*database_.snapshot(),
                                               last.value_or(Instant{std::chrono::milliseconds{-1}}), kRowsAPage);
      seen = page.size();
      const auto snapshot = database_.snapshot();
      for (const auto& checkpoint : page) {
        ++result_.checkpoints;
        last = checkpoint.at;
        check(*snapshot, checkpoint, fmt::format("the checkpoint of {}", to_iso(checkpoint.at)));
        position = checkpoint.position;
        if (checkpoint.kind == "restored") note_restore(checkpoint);
      }
    }
    result_.unsigned_rows = std::max<std::int64_t>(0, position_ - position);
  }

  void check_copy(const std::filesystem::path& file) {
    result_.has_copy = read_outside_copy(file, [&](int, std::string_view line) {
      const auto checkpoint = parse_checkpoint_line(line);
      if (checkpoint && checkpoint->kind == "restored") note_restore(*checkpoint);
    });
    auto snapshot = database_.snapshot();
    read_outside_copy(file, [&](int number, std::string_view line) {
      if (++result_.copied % kRowsAPage == 0) snapshot = database_.snapshot();
      const auto place = fmt::format("line {} of {}", number, file.string());
      const auto checkpoint = parse_checkpoint_line(line);
      if (!checkpoint) {
        find(0, 0, place + " can't be read");
      } else if (was_taken_back(*checkpoint)) {
        ++result_.taken_back;
        result_.taken_back_position = std::max(result_.taken_back_position, checkpoint->position);
      } else {
        check(*snapshot, *checkpoint, fmt::format("{}, signed {},", place, to_iso(checkpoint->at)));
      }
    });
  }

  AuditVerification result() { return std::move(result_); }

 private:
  void find(std::int64_t position, std::int64_t audit_id, std::string what) {
    ++result_.findings;
    tell_({position, audit_id, std::move(what)});
  }

  // After a finding the stored hash is built on, so that each one tells of itself alone.
  void check_place(const db::Row& row) {
    ++result_.rows;
    const auto position = row.integer(0);
    const auto audit_id = row.integer(1);
    const auto commitment = row.bytes(3);
    if (position != position_ + 1) {
      find(position_ + 1, 0,
           position == position_ + 2 ? std::string("the place is gone")
                                     : fmt::format("the places from here to {} are gone", position - 1));
    } else if (chain_hash(hash_, position, audit_id, commitment) != row.bytes(4)) {
      find(position, audit_id, "the place does not follow from the one before: one was changed, moved or put in");
    }
    position_ = position;
    hash_ = row.bytes(4);
    if (row.is_null(5)) {
      find(position, audit_id, "the row was removed");
    } else if (commitment_of(row.bytes(2), canonical_audit_row(row, 5)) != commitment) {
      find(position, audit_id, "the row was changed");
    }
  }

  void check(db::Snapshot& snapshot, const Checkpoint& checkpoint, const std::string& named) {
    if (!is_signed_well(keys_, checkpoint)) {
      find(checkpoint.position, checkpoint.audit_id, named + " is not signed with this installation's keys");
      return;
    }
    auto hash = find_hash(snapshot, checkpoint.position);
    // The file may have grown since the snapshot was taken, and the chain before it.
    if (!hash) hash = find_hash(*database_.snapshot(), checkpoint.position);
    if (!hash) {
      find(checkpoint.position, checkpoint.audit_id,
           fmt::format("cut off: {} knows this place, and it is gone (the chain ends at {})", named, position_));
    } else if (*hash != checkpoint.hash) {
      find(checkpoint.position, checkpoint.audit_id,
           fmt::format("{} knows another row or another past at this place: the chain was written anew", named));
    }
  }

  static std::optional<std::string> find_hash(db::Snapshot& snapshot, std::int64_t position) {
    if (position == 0) return chain_start_hash();
    return snapshot.find(kFindHash, {position}, [](const db::Row& row) { return std::string(row.bytes(0)); });
  }

  void note_restore(const Checkpoint& checkpoint) {
    if (!is_signed_well(keys_, checkpoint)) return;
    restores_.push_back({checkpoint.position, checkpoint.at});
    if (!result_.restored || result_.restored->at < checkpoint.at) result_.restored = checkpoint;
  }
  bool was_taken_back(const Checkpoint& checkpoint) const {
    return is_signed_well(keys_, checkpoint) &&
           std::any_of(restores_.begin(), restores_.end(), [&](const Restore& restore) {
             return restore.position < checkpoint.position && restore.at > checkpoint.at;
           });
  }

  struct Restore {
    std::int64_t position;
    Instant at;
  };

  db::Database& database_;
  const SigningKeys& keys_;
  const std::function<void(const AuditFinding&)>& tell_;
  AuditVerification result_;
  std::vector<Restore> restores_;
  std::int64_t position_ = 0;
  std::string hash_ = chain_start_hash();
};

}  // namespace

AuditVerification verify_audit(db::Database& database, const SigningKeys& keys,
                               const std::filesystem::path& outside_copy,
                               const std::function<void(const AuditFinding&)>& tell) {
  Verification verification(database, keys, tell);
  verification.check_places();
  verification.check_rows();
  verification.check_checkpoints();
  verification.check_copy(outside_copy);
  return verification.result();
}

}  // namespace waymark::journal
