#include "features/feed/record_reader.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "base/email.hpp"
#include "base/text.hpp"
#include "catalogue/words.hpp"
#include "features/cases/connecting/access_code.hpp"
#include "features/feed/content_hash.hpp"
#include "features/feed/doubled_fields.hpp"
#include "features/feed/fields.hpp"

namespace waymark::feed {
namespace {

namespace json = boost::json;
using namespace cases;

// record > party > second_proof, or record > items > texts.
constexpr std::size_t kDepthMax = 4;

CaseRecordContent read_case(Fields& fields) {
  return {.form = std::string(fields.word("form")), .filed_on = fields.day("filed_on")};
}

void read_person(Fields& fields, PartyContent& party) {
  if (fields.has("name") == fields.has("organisation")) {
    refuse_field("name", fields.has("name") ? "unknown_field" : "missing_field");
  }
  if (fields.has("organisation")) {
    party.organisation = fields.line("organisation", kPersonNameLengthMax);
    return;
  }
  Fields name(fields.object("name"));
  const auto given = name.word("given");
  if (!is_valid_utf8(given) || count_code_points(given) > kPersonNameLengthMax) refuse_field("given", "bad_value");
  party.given_name = tidy_line(given);
  party.family_name = name.line("family", kPersonNameLengthMax);
  name.finish();
}

void read_second_proof(Fields& fields, PartyContent& party) {
  Fields proof(fields.object("second_proof"));
  party.proof_kind = proof.choice<ProofKind>("kind", find_proof_kind);
  const auto value = proof.word("value");
  party.proof = value.size() <= kNameLengthMax ? normalise_proof(party.proof_kind, value) : std::string();
  if (party.proof.empty()) refuse_field("value", "bad_value");
  proof.finish();
}

PartyContent read_party(Fields& fields, const catalogue::Brand& brand) {
  PartyContent party{.agency_party = fields.name("party"), .proof = {}};
  party.role = fields.choice<Role>("role", find_role);
  // A helper is let in by the person, not by the agency.
  if (party.role == Role::helper) refuse_field("role", "bad_value");
  read_person(fields, party);
  read_second_proof(fields, party);
  if (fields.has("address")) party.address = fields.lines("address", kAddressLinesMax, kPersonNameLengthMax);
  if (fields.has("email")) {
    const auto email = parse_email(fields.word("email"));
    if (!email) refuse_field("email", "bad_value");
    party.email = email->address;
  }
  party.language = brand.default_language;
  if (fields.has("language")) {
    party.language = fields.word("language");
    if (std::ranges::find(brand.languages, party.language) == brand.languages.end()) {
      refuse_field("language", "bad_value");
    }
  }
  if (fields.has("state")) {
    const auto state = fields.word("state");
    if (state != "present" && state != "left") refuse_field("state", "bad_value");
    party.is_present = state == "present";
  }
  if (fields.has("guardian_of")) {
    party.guardian_of = fields.name("guardian_of");
    if (party.guardian_of == party.agency_party) refuse_field("guardian_of", "bad_value");
  }
  return party;
}

AccessCodeContent read_access_code(Fields& fields, const catalogue::Brand& brand) {
  AccessCodeContent content{.agency_code = fields.name("access_code"), .agency_party = fields.name("party")};
  if (fields.has("state")) {
    const auto state = fields.word("state");
    if (state == "withdrawn") return content;
    if (state != "issued") refuse_field("state", "bad_value");
  }
  const auto code = parse_access_code(fields.word("code"));
  if (!code) refuse_field("code", "bad_value");
  content.code = *code;
  const auto issued_on = fields.day("issued_on");
  const auto last_day = fields.maybe_day("expires_on").value_or(to_date(to_days(issued_on) + kAccessCodeValidDays));
  if (last_day < issued_on) refuse_field("expires_on", "bad_value");
  content.issued_at = catalogue::instant_in_zone(issued_on, 0, 0, brand.time_zone);
  content.expires_at =
      catalogue::instant_in_zone(to_date(to_days(last_day) + std::chrono::days{1}), 0, 0, brand.time_zone);
  return content;
}

std::optional<EventKind> find_fed_kind(std::string_view text) {
  const auto kind = find_event_kind(text);
  return kind && *kind >= EventKind::stage_entered && *kind <= EventKind::noted ? kind : std::nullopt;
}

catalogue::Outcome read_outcome(Fields& fields, EventKind kind) {
  const auto outcome = fields.choice<catalogue::Outcome>("outcome", find_outcome);
  const bool is_decision = outcome == catalogue::Outcome::approved || outcome == catalogue::Outcome::denied;
  if (is_decision != (kind == EventKind::decided)) refuse_field("outcome", "bad_value");
  return outcome;
}

EventContent read_event(Fields& fields) {
  EventContent event{.kind = fields.choice<EventKind>("kind", find_fed_kind), .occurred_on = fields.day("occurred_on")};
  switch (event.kind) {
    case EventKind::stage_entered:
      event.stage = fields.word("stage");
      break;
    case EventKind::evidence_requested:
      event.due_on = fields.day("due_on");
      event.items = fields.list_of_texts("items");
      break;
    case EventKind::evidence_received:
      if (fields.has("answers")) event.answers = fields.positive("answers");
      break;
    case EventKind::decided:
      event.outcome = read_outcome(fields, event.kind);
      break;
    case EventKind::closed:
      if (fields.has("outcome")) event.outcome = read_outcome(fields, event.kind);
      break;
    default:
      break;
  }
  if (event.kind == EventKind::noted || fields.has("text")) event.text = fields.texts("text");
  return event;
}

AppointmentContent read_appointment(Fields& fields) {
  return {.agency_appointment = fields.name("appointment"),
          .kind = fields.choice<AppointmentKind>("kind", find_appointment_kind),
          .starts_at = fields.moment("starts_at"),
          .place = std::string(fields.word("place")),
          .state = fields.choice<AppointmentState>("state", find_appointment_state),
          .occurred_on = fields.maybe_day("occurred_on")};
}

void read_fields(Fields& fields, const catalogue::Brand& brand, AgencyRecord& record) {
  record.name = fields.name("record");
  record.receipt_number = fields.word("case");
  if (!catalogue::is_receipt_number(record.receipt_number)) refuse_field("case", "bad_value");
  record.sequence = fields.positive("sequence");
  const auto type = fields.word("type");
  if (type == "event") {
    record.content = read_event(fields);
  } else if (type == "case") {
    record.content = read_case(fields);
    if (record.sequence != 1) refuse_field("sequence", "bad_value");
  } else if (type == "party") {
    record.content = read_party(fields, brand);
  } else if (type == "access_code") {
    record.content = read_access_code(fields, brand);
  } else if (type == "appointment") {
    record.content = read_appointment(fields);
  } else {
    refuse_field("type", "bad_value");
  }
  fields.finish();
}

}  // namespace

std::expected<AgencyRecord, LineProblem> RecordReader::read(std::string_view line) const {
  const auto not_json = std::unexpected(LineProblem{"", "not_json", ""});
  if (line.size() > kLineBytesMax) return not_json;
  // A buffer a thread, so that a line costs no allocation of the parser's.
  static thread_local std::vector<unsigned char> buffer(2 * kLineBytesMax);
  json::monotonic_resource memory(buffer.data(), buffer.size());
  boost::system::error_code error;
  json::parse_options options;
  options.max_depth = kDepthMax;
  const auto value = json::parse(json::string_view(line.data(), line.size()), error, &memory, options);
  if (error || !value.is_object()) return not_json;
  AgencyRecord record;
  try {
    refuse_doubled_fields(line);
    Fields fields(value.get_object());
    read_fields(fields, catalogue_.brand(), record);
  } catch (FieldProblem& problem) {
    return std::unexpected(LineProblem{std::move(problem.field), std::move(problem.reason), std::move(record.name)});
  }
  record.content_hash = content_hash_.of(canonical_text(record));
  return record;
}

}  // namespace waymark::feed
