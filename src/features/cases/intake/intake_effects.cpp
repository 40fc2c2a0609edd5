#include "features/cases/intake/intake_effects.hpp"

#include "base/email.hpp"
#include "catalogue/words.hpp"
#include "features/cases/event_details.hpp"
#include "features/cases/intake/guardians.hpp"
#include "features/cases/intake/invite_party.hpp"
#include "features/cases/party_store.hpp"

namespace waymark::cases {
namespace {

template <typename... F>
struct Overloaded : F... {
  using F::operator()...;
};

std::string joined_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) {
    if (!text.empty()) text += '\n';
    text += line;
  }
  return text;
}

// `today`: in the agency's time zone.
void write_party(db::Transaction& tx, const RecordOnCase& what, const PartyContent& content, Date today) {
  const auto& sealer = what.cases.parts().sealer;
  const auto known = find_agency_party(tx, what.on_case.id, content.agency_party);
  const auto party = known.value_or(PartyId{what.record.id});
  const auto under_14_until = find_under_14_until(content, today);
  const auto sealed = [&](std::string_view column, std::string_view plain) {
    return plain.empty() ? std::string() : sealer.seal({"parties", column, party.value}, plain);
  };
  const bool is_organisation = !content.organisation.empty();
  const auto name = is_organisation              ? content.organisation
                    : content.given_name.empty() ? content.family_name
                                                 : content.given_name + "\n" + content.family_name;
  upsert_party(
      tx, {.id = party,
           .on_case = what.on_case.id,
           .agency_party = content.agency_party,
           .role = content.role,
           .is_present = content.is_present,
           .is_organisation = is_organisation,
           .sealed_name = sealed("name_sealed", name),
           .proof_kind = content.proof_kind,
           .proof_hash = what.cases.hash_proof(what.record.receipt_number, content.proof_kind, content.proof),
           .sealed_address = sealed("address_sealed", joined_lines(content.address)),
           .sealed_email = sealed("email_sealed", content.email),
           .language = content.language,
           .sealed_under_14_until =
               under_14_until ? sealed("under_14_until_sealed", to_iso(*under_14_until)) : std::string(),
           .guardian_of = content.guardian_of.empty() ? std::nullopt
                                                      : find_agency_party(tx, what.on_case.id, content.guardian_of)});
  if (known) settle_guardians(tx, what, party, content, under_14_until.has_value());
  const auto email = parse_email(content.email);
  const auto entries = what.cases.search().entries_of(
      {.names =
           is_organisation ? std::vector{content.organisation} : std::vector{content.given_name, content.family_name},
       .born_on = content.proof_kind == ProofKind::birth_date ? parse_iso_date(content.proof) : std::nullopt,
       .email = email ? email->canonical : std::string()});
  accounts::PersonSearch::queue_add(tx, {accounts::kSearchParty, party.value}, entries);
  if (email) queue_invitation(tx, what.cases, party, *email, what.received_at);
  tx.drain();
}

void write_access_code(db::Transaction& tx, const RecordOnCase& what, const AccessCodeContent& content) {
  const auto party = find_agency_party(tx, what.on_case.id, content.agency_party);
  withdraw_access_code(tx, *party, content.agency_code, what.received_at);
  if (content.code.empty()) return;
  insert_access_code(tx, {.id = AccessCodeId{what.record.id},
                          .party = *party,
                          .agency_code = content.agency_code,
                          .code_hash = what.cases.hash_access_code(what.record.receipt_number, content.code),
                          .issued_at = content.issued_at,
                          .expires_at = content.expires_at});
}

std::optional<Refusal> find_code_refusal(db::Transaction& tx, const RecordOnCase& what,
                                         const AccessCodeContent& content) {
  const auto party = find_agency_party(tx, what.on_case.id, content.agency_party);
  if (!party) return Refusal{"party", "unknown_party"};
  const bool is_withdrawal = content.code.empty();
  if (is_withdrawal && !has_access_code(tx, *party, content.agency_code)) return Refusal{"access_code", "unknown_code"};
  return std::nullopt;
}

std::optional<Refusal> find_event_refusal(db::Transaction& tx, const RecordOnCase& what, const EventContent& content) {
  if (content.kind == EventKind::stage_entered && what.form.find_stage(content.stage) == nullptr) {
    return Refusal{"stage", "unknown_stage"};
  }
  if (content.answers && !has_request(tx, what.on_case.id, *content.answers)) {
    return Refusal{"answers", "unknown_request"};
  }
  const auto& state = what.on_case.state;
  if (content.kind == EventKind::evidence_received && !content.answers && state.open_requests.empty()) {
    return Refusal{"kind", "unknown_request"};
  }
  if (content.kind == EventKind::closed && !content.outcome && !state.outcome) {
    return Refusal{"outcome", "missing_field"};
  }
  return std::nullopt;
}

void write_event_effects(db::Transaction& tx, const RecordOnCase& what, const CaseEvent& event) {
  if (event.kind == EventKind::evidence_requested) {
    insert_request(tx, EvidenceRequestId{what.record.id}, what.on_case.id,
                   {.sequence = event.sequence,
                    .requested_on = event.occurred_on,
                    .due_on = event.due_on,
                    .documents = event.documents,
                    .answered_on = {}},
                   what.on_case.version + 1);
  } else if (event.kind == EventKind::evidence_received) {
    const auto& open = what.on_case.state.open_requests;
    answer_request(tx, what.on_case.id, event.answers ? *event.answers : open.front().sequence, event.occurred_on);
  }
}

}  // namespace

CaseEvent to_event(const RecordOnCase& what) {
  const auto& zone = what.cases.parts().catalogue.brand().time_zone;
  CaseEvent event{.sequence = what.record.sequence, .received_at = what.received_at};
  std::visit(Overloaded{[&](const CaseRecordContent& content) {
                          event.kind = EventKind::filed;
                          event.occurred_on = content.filed_on;
                        },
                        [&](const PartyContent&) { event.kind = EventKind::party_changed; },
                        [&](const AccessCodeContent&) { event.kind = EventKind::access_code_changed; },
                        [&](const EventContent& content) {
                          event.kind = content.kind;
                          event.occurred_on = content.occurred_on;
                          if (content.kind == EventKind::stage_entered) event.stage = content.stage;
                          event.due_on = content.due_on;
                          event.documents = static_cast<int>(content.items.size());
                          event.answers = content.answers;
                          event.outcome = content.outcome;
                        },
                        [&](const AppointmentContent& content) {
                          event.kind = event_kind_of(content.state);
                          const bool is_over =
                              content.state == AppointmentState::kept || content.state == AppointmentState::missed;
                          if (content.occurred_on)
                            event.occurred_on = *content.occurred_on;
                          else if (is_over)
                            event.occurred_on = catalogue::day_in_zone(content.starts_at, zone);
                        }},
             what.record.content);
  // The agency's system names no day for these: the day that we heard of it is all there is.
  if (!event.occurred_on.ok()) event.occurred_on = catalogue::day_in_zone(what.received_at, zone);
  return event;
}

std::string seal_details(const RecordOnCase& what) {
  EventDetails details;
  if (const auto* event = std::get_if<EventContent>(&what.record.content)) {
    details = {.text = event->text, .items = event->items};
  } else if (const auto* appointment = std::get_if<AppointmentContent>(&what.record.content)) {
    details.appointment = AppointmentDetails{appointment->kind, appointment->starts_at, appointment->place};
  }
  const auto json = to_json(details);
  if (json.empty()) return {};
  return what.cases.parts().sealer.seal({"case_events", "details_sealed", what.record.id}, json);
}

std::optional<Refusal> find_refusal(db::Transaction& tx, const RecordOnCase& what) {
  const bool is_first = what.record.sequence == 1;
  return std::visit(Overloaded{[&](const CaseRecordContent&) {
                                 return is_first ? std::nullopt : std::optional(Refusal{"sequence", "bad_value"});
                               },
                               [&](const PartyContent& content) -> std::optional<Refusal> {
                                 const auto& roles = what.form.roles;
                                 if (std::ranges::find(roles, to_text(content.role)) == roles.end()) {
                                   return Refusal{"role", "unknown_role"};
                                 }
                                 return find_guardian_refusal(tx, what, content);
                               },
                               [&](const AccessCodeContent& content) { return find_code_refusal(tx, what, content); },
                               [&](const EventContent& content) { return find_event_refusal(tx, what, content); },
                               [&](const AppointmentContent& content) -> std::optional<Refusal> {
                                 if (what.cases.parts().catalogue.find_place(content.place) == nullptr) {
                                   return Refusal{"place", "unknown_place"};
                                 }
                                 return std::nullopt;
                               }},
                    what.record.content);
}

void write_effects(db::Transaction& tx, const RecordOnCase& what, const CaseEvent& event) {
  std::visit(Overloaded{[](const CaseRecordContent&) {},
                        [&](const PartyContent& content) { write_party(tx, what, content, event.occurred_on); },
                        [&](const AccessCodeContent& content) { write_access_code(tx, what, content); },
                        [&](const EventContent&) { write_event_effects(tx, what, event); },
                        [&](const AppointmentContent& content) {
                          upsert_appointment(tx, {.id = AppointmentId{what.record.id},
                                                  .on_case = what.on_case.id,
                                                  .agency_appointment = content.agency_appointment,
                                                  .kind = content.kind,
                                                  .starts_at = content.starts_at,
                                                  .place = content.place,
                                                  .state = content.state});
                        }},
             what.record.content);
}

}  // namespace waymark::cases
