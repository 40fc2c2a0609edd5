#include "features/cases/intake/intake.hpp"

#include "base/assert.hpp"
#include "features/cases/intake/intake_effects.hpp"

namespace waymark::cases {
namespace {

// Past this many cases kept in memory, all are forgotten: an import of millions stays within some tens of megabytes.
constexpr std::size_t kCasesKept = 20'000;

IntakeAnswer refused(std::string_view field, std::string_view reason, std::int64_t last) {
  return {Verdict::refused, field, reason, last};
}

// The content's hash is over the receipt number too.
bool is_same(const KnownRecord& known, const AgencyRecord& record) {
  return known.sequence == record.sequence && known.content_hash == record.content_hash;
}

}  // namespace

bool waits_for_catalogue(const IntakeAnswer& answer) {
  return answer.verdict == Verdict::refused &&
         (answer.reason == "unknown_form" || answer.reason == "unknown_stage" || answer.reason == "unknown_place");
}

void Intake::begin(Instant received_at) {
  touched_.clear();
  received_at_ = received_at;
  queued_ = inserted_ = 0;
}

IntakeAnswer Intake::take_in(db::Transaction& tx, const AgencyRecord& record) {
  auto* slot = find_slot(tx, record.receipt_number);
  if (slot == nullptr) {
    if (record.sequence > 1) return {Verdict::early, {}, {}, 0};
    const auto* content = std::get_if<CaseRecordContent>(&record.content);
    if (content == nullptr) return refused("type", "unknown_case", 0);
    return open_case(tx, record, *content);
  }
  const auto last = slot->stored.feed_sequence;
  if (record.sequence <= last) return answer_known(tx, slot->stored.id, last, record);
  if (record.sequence > last + 1) return {Verdict::early, {}, {}, last};
  return apply(tx, *slot, record);
}

IntakeAnswer Intake::open_case(db::Transaction& tx, const AgencyRecord& record, const CaseRecordContent& content) {
  if (cases_.parts().catalogue.find_form(content.form) == nullptr) return refused("form", "unknown_form", 0);
  // A name that is another record's would be seen only after the case's row is there.
  if (const auto known = find_record(tx, record.name)) {
    if (is_same(*known, record)) throw IntakeOverlap();
    return refused("record", "record_changed", 0);
  }
  StoredCase stored{.id = CaseId{record.id}, .form = content.form, .filed_on = content.filed_on, .state = {}};
  if (!insert_case(tx, stored, record.receipt_number)) throw IntakeOverlap();
  auto& slot = touched_.insert_or_assign(record.receipt_number, make_slot(std::move(stored))).first->second;
  return apply(tx, slot, record);
}

IntakeAnswer Intake::apply(db::Transaction& tx, Slot& slot, const AgencyRecord& record) {
  const auto last = slot.stored.feed_sequence;
  const RecordOnCase what{cases_, record, slot.stored, *slot.form, received_at_};
  if (const auto refusal = find_refusal(tx, what)) return refused(refusal->field, refusal->reason, last);
  const auto event = to_event(what);
  const NewEvent row{.id = CaseEventId{record.id},
                     .on_case = slot.stored.id,
                     .record = record.name,
                     .content_hash = record.content_hash,
                     .sealed_details = seal_details(what),
                     .position = slot.stored.version + 1};
  if (!waits_) {
    queue_event(tx, row, event, inserted_);
    ++queued_;
  } else if (!insert_event(tx, row, event)) {
    // Another writer took in this very record, and what we know of the case is older than that.
    if (is_same(*find_record(tx, record.name), record)) throw IntakeOverlap();
    return refused("record", "record_changed", last);
  }
  write_effects(tx, what, event);
  fold(slot.stored.state, event, *slot.form);
  slot.stored.feed_sequence = record.sequence;
  ++slot.stored.version;
  return {Verdict::went_in, {}, {}, record.sequence};
}

IntakeAnswer Intake::answer_known(db::Transaction& tx, CaseId on_case, std::int64_t last, const AgencyRecord& record) {
  const auto known = find_record(tx, record.name);
  if (!known) return refused("sequence", "sequence_used", last);
  const bool is_same =
      known->on_case == on_case && known->sequence == record.sequence && known->content_hash == record.content_hash;
  if (!is_same) return refused("record", "record_changed", last);
  return {Verdict::known, {}, {}, last};
}

void Intake::write_back(db::Transaction& tx) {
  int changed = 0, updated = 0;
  for (auto& [receipt_number, slot] : touched_) {
    if (slot.stored.version == slot.read_version) continue;
    ++changed;
    queue_update_case(tx, slot.stored, slot.read_version, updated);
  }
  tx.drain();
  if (updated != changed || inserted_ != queued_) throw IntakeOverlap();
}

void Intake::committed() {
  if (kept_.size() + touched_.size() > kCasesKept) kept_.clear();
  for (auto& [receipt_number, slot] : touched_) {
    slot.read_version = slot.stored.version;
    kept_.insert_or_assign(receipt_number, std::move(slot));
  }
  touched_.clear();
  waits_ = waits_by_nature_;
}

void Intake::step_back() {
  kept_.clear();
  touched_.clear();
  waits_ = true;
}

std::int64_t Intake::find_sequence(db::Transaction& tx, std::string_view receipt_number) {
  const auto* slot = find_slot(tx, receipt_number);
  return slot == nullptr ? 0 : slot->stored.feed_sequence;
}

Intake::Slot* Intake::find_slot(db::Transaction& tx, std::string_view receipt_number) {
  const std::string key(receipt_number);
  if (const auto touched = touched_.find(key); touched != touched_.end()) return &touched->second;
  if (const auto kept = kept_.find(key); kept != kept_.end()) return &touched_.emplace(key, kept->second).first->second;
  auto stored = find_stored_case(tx, receipt_number);
  if (!stored) return nullptr;
  return &touched_.emplace(key, make_slot(std::move(*stored))).first->second;
}

Intake::Slot Intake::make_slot(StoredCase stored) const {
  const auto* form = cases_.parts().catalogue.find_form(stored.form);
  // A catalogue that lost a form of running cases is refused at start.
  if (form == nullptr) throw std::runtime_error("cases: the catalogue has no form " + stored.form);
  const auto read_version = stored.version;
  return {std::move(stored), read_version, form};
}

Intake::Read Intake::read_ahead(db::Snapshot& snapshot, const std::vector<std::string>& receipt_numbers) {
  auto found = list_stored_cases(snapshot, receipt_numbers);
  Read read;
  for (std::size_t index = 0; index < found.size(); ++index) {
    if (found[index]) read.emplace_back(receipt_numbers[index], std::move(*found[index]));
  }
  return read;
}

void Intake::know(Read read) {
  if (kept_.size() + read.size() > kCasesKept) kept_.clear();
  // What is kept is newer than what was read beforehand.
  for (auto& [receipt_number, stored] : read)
    kept_.try_emplace(std::move(receipt_number), make_slot(std::move(stored)));
}

}  // namespace waymark::cases
