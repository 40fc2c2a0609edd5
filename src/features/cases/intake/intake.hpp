// Takes the agency's records into the cases, in order and each once. The one writer of cases, their history and
// parties.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "db/database.hpp"
#include "features/cases/case_store.hpp"
#include "features/cases/cases.hpp"
#include "features/cases/intake/agency_record.hpp"

namespace waymark::cases {

enum class Verdict {
  went_in,
  known,  // went in before, with the same content
  early,  // its turn comes after others of its case: to be kept
  refused,
};

struct IntakeAnswer {
  Verdict verdict{};
  std::string_view field{};  // refused: constants, as docs/feed.md names them
  std::string_view reason{};
  std::int64_t sequence = 0;  // the last of the case that went in, after this one
};

// Refused only because this installation's catalogue does not know the form, stage or place (yet): never guessed, and
// good once it does.
bool waits_for_catalogue(const IntakeAnswer& answer);

// Another writer took in records of the same case meanwhile, or (on a database far away, where the intake does not wait
// for each answer) a record's name was taken: the unit is to be run again from its beginning, after step_back().
class IntakeOverlap : public std::exception {
 public:
  const char* what() const noexcept override { return "records of the same cases were taken in by another import"; }
};

// One import's view of the cases it touches: what was read is kept from unit to unit, what a unit changes is kept aside
// until the unit is known to have committed. Not shared between threads, but for read_ahead(). A unit goes:
//
//   begin(now); take_in(tx, record) for each; write_back(tx); — COMMIT — committed();
class Intake {
 public:
  explicit Intake(const Cases& cases)
      : cases_(cases), waits_by_nature_(cases.parts().database.reads_are_inline()), waits_(waits_by_nature_) {}

  // received_at: the moment that this unit's records are taken as received.
  void begin(Instant received_at);
  // Throws IntakeOverlap, and what the database throws.
  IntakeAnswer take_in(db::Transaction& tx, const AgencyRecord& record);
  std::size_t count_touched() const { return touched_.size(); }
  // Writes the state of each case that changed, one row a case. Throws IntakeOverlap.
  void write_back(db::Transaction& tx);
  void committed();
  // Forgets what was read; the next unit, until it has committed, waits for each answer.
  void step_back();

  // The last record of that case that went in; 0 when there is no such case. Within a unit.
  std::int64_t find_sequence(db::Transaction& tx, std::string_view receipt_number);

  // What a later unit will ask for, read beforehand on any thread; hand it to know().
  using Read = std::vector<std::pair<std::string, StoredCase>>;
  static Read read_ahead(db::Snapshot& snapshot, const std::vector<std::string>& receipt_numbers);
  void know(Read read);

 private:
  struct Slot {
    StoredCase stored;
    std::int64_t read_version = 0;  // what the row holds
    const catalogue::Form* form = nullptr;
  };
  Slot* find_slot(db::Transaction& tx, std::string_view receipt_number);
  IntakeAnswer open_case(db::Transaction& tx, const AgencyRecord& record, const CaseRecordContent& content);
  IntakeAnswer apply(db::Transaction& tx, Slot& slot, const AgencyRecord& record);
  IntakeAnswer answer_known(db::Transaction& tx, CaseId on_case, std::int64_t last, const AgencyRecord& record);
  Slot make_slot(StoredCase stored) const;

  const Cases& cases_;
  const bool waits_by_nature_;  // each answer is there in microseconds
  bool waits_;
  Instant received_at_{};
  int queued_ = 0, inserted_ = 0;
  std::unordered_map<std::string, Slot> kept_;
  std::unordered_map<std::string, Slot> touched_;
};

}  // namespace waymark::cases
