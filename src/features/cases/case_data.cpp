#include "features/cases/case_data.hpp"

#include "features/cases/case_access.hpp"
#include "features/cases/cases.hpp"
#include "features/cases/consenting/consent_store.hpp"
#include "features/cases/firms/firm.hpp"
#include "features/cases/party_store.hpp"
#include "features/cases/representing/representation_store.hpp"
#include "features/cases/representing/representative_store.hpp"
#include "features/cases/representing/verify.hpp"
#include "features/cases/sharing/share_case.hpp"
#include "features/cases/working/case_looks.hpp"

namespace waymark::cases {
namespace {

using boost::json::array;
using boost::json::object;

constexpr int kLooksInData = 10'000;

boost::json::value day(const std::optional<Date>& date) {
  return date ? boost::json::value(to_iso(*date)) : boost::json::value(nullptr);
}

// By language.
object texts_of(const Texts& texts) {
  object all;
  for (const auto& [language, text] : texts) all[language] = text;
  return all;
}

object event_of(const HistoryEntry& entry) {
  const auto& event = entry.event;
  object one{{"on", to_iso(event.occurred_on)}, {"kind", to_text(event.kind)}};
  if (event.stage) one["stage"] = *event.stage;
  if (event.due_on) one["due_on"] = to_iso(*event.due_on);
  if (event.outcome) one["outcome"] = to_text(*event.outcome);
  if (!entry.details.text.empty()) one["text"] = texts_of(entry.details.text);
  if (!entry.details.items.empty()) {
    array items;
    for (const auto& item : entry.details.items) items.push_back(texts_of(item));
    one["documents"] = std::move(items);
  }
  one["received_at"] = to_iso(event.received_at);
  return one;
}

object appointment_of(const VisibleAppointment& appointment) {
  return {{"kind", to_text(appointment.kind)},
          {"starts_at", to_iso(appointment.starts_at)},
          {"place", appointment.place},
          {"state", to_text(appointment.state)}};
}

object request_of(const EvidenceRequest& request) {
  return {{"requested_on", to_iso(request.requested_on)},
          {"due_on", day(request.due_on)},
          {"documents", request.documents},
          {"answered_on", day(request.answered_on)}};
}

// The person's own name; an organisation's where their role may know it; nobody else's, whatever their role.
object party_of(const VisibleParty& party) {
  object one{{"role", to_text(party.role)},
             {"is_you", party.is_asker},
             {"is_organisation", party.is_organisation},
             {"as_guardian", party.guardian_of.has_value()}};
  if (party.name && (party.is_asker || party.is_organisation)) one["name"] = *party.name;
  return one;
}

template <typename Items, typename Each>
array array_of(const Items& items, Each&& each) {
  array all;
  for (const auto& item : items) all.push_back(each(item));
  return all;
}

object case_of(const VisibleCase& visible, const CasePicture& picture) {
  const auto& state = visible.state;
  object one{{"receipt_number", visible.receipt_number},
             {"form", visible.form},
             {"filed_on", to_iso(visible.filed_on)},
             {"your_role", to_text(visible.role)},
             {"as_guardian", visible.as_guardian},
             {"stage", state.stage ? boost::json::value(*state.stage) : boost::json::value(nullptr)},
             {"stage_since", day(state.stage_since)},
             {"is_closed", state.is_closed}};
  if (state.outcome) one["outcome"] = to_text(*state.outcome);
  one["parties"] = array_of(picture.parties, party_of);
  one["history"] = array_of(picture.history, event_of);
  one["evidence_requests"] = array_of(picture.requests, request_of);
  one["appointments"] = array_of(picture.appointments, appointment_of);
  return one;
}

object look_of(const LookRow& look) {
  return {{"at", to_iso(look.at)},
          {"role", web::to_text(look.role)},
          {"unit", look.unit},
          {"reason", look.reason},
          {"is_act", !is_look(look.what)}};
}

// Whom they asked for help with the case: the words of their own, as they were typed.
array helpers_of(const Cases& cases, db::Snapshot& snapshot, CaseId on_case, AccountId account) {
  array all;
  for (const auto& one : list_helpings(snapshot, on_case)) {
    if (one.given_by != account) continue;
    object helper{{"email", shown_address(cases, account, one.given_by, one.id, one.sealed_email)},
                  {"may_act", one.may_act},
                  {"offered_at", to_iso(one.offered_at)},
                  {"ends_at", to_iso(one.ends_at)}};
    if (one.accepted_at) helper["accepted_at"] = to_iso(*one.accepted_at);
    if (one.ended_at) helper["ended_at"] = to_iso(*one.ended_at);
    all.push_back(std::move(helper));
  }
  return all;
}

// When somebody represented them: another person's name is theirs.
object representation_of(const Representation& one) {
  object all{{"passcode_made_at", to_iso(one.started_at)}};
  if (one.began_at) all["began_at"] = to_iso(*one.began_at);
  if (one.ended_at) all["ended_at"] = to_iso(*one.ended_at);
  return all;
}

// What they said of themselves to the office; their clients are other people.
object representative_of(const Representative& own) {
  object all{{"kind", to_text(own.kind)},
             {"organisation", own.organisation},
             {"licence", own.licence},
             {"state", to_text(own.state)},
             {"asked_at", to_iso(own.asked_at)}};
  if (own.decided_at) all["decided_at"] = to_iso(*own.decided_at);
  return all;
}

}  // namespace

std::vector<accounts::DataFile> CaseData::collect(db::Snapshot& snapshot, AccountId account, Instant now) const {
  array all;
  for (const auto& visible : list_visible_to(snapshot, account, now).cases) {
    if (visible.party == PartyId{}) continue;  // another person's
    auto one = case_of(visible, load_picture(snapshot, cases_.parts().sealer, visible));
    one["looks"] = array_of(list_looks(snapshot, visible.id, kLooksInData), look_of);
    one["helpers"] = helpers_of(cases_, snapshot, visible.id, account);
    one["representatives"] = array_of(list_of_client(snapshot, visible.id, account), representation_of);
    all.push_back(std::move(one));
  }
  std::vector<accounts::DataFile> files{{"cases.json", "cases.data.file_cases", std::move(all)}};
  if (const auto own = find_own_representative(cases_, snapshot, account))
    files.push_back({"representing.json", "cases.data.file_representing", representative_of(*own)});
  if (const auto own = find_membership(snapshot, account)) {
    files.push_back({"firm.json", "cases.data.file_firm",
                     object{{"firm", find_opened_name(cases_, snapshot, own->firm).value_or("")},
                            {"standing", to_text(own->standing)},
                            {"joined_at", to_iso(*own->joined_at)}}});
  }
  return files;
}

void CaseData::erase(db::Transaction& tx, AccountId account) const {
  leave_firm_for_good(cases_, tx, account, cases_.parts().clock.now());
  forget_helpings(tx, account);
  forget_representations(tx, account);
  forget_consents(tx, account);
  forget_representative(tx, account);
  leave_all_parties(tx, account);
}

}  // namespace waymark::cases
