// Who may see what of a case: every look at a case goes through here, and takes the asker. What a role may not see does
// not leave this file: it is blank in what is handed out.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "features/cases/case_state.hpp"
#include "features/cases/case_types.hpp"
#include "features/cases/event_details.hpp"
#include "platform/sealer.hpp"
#include "web/office.hpp"

namespace waymark::cases {

// What there is to see of a case. The table of who sees which is in case_access.cpp.
enum class Facet {
  stage,            // where the case stands, and since when
  history,          // the dated list of what happened
  history_details,  // and what the agency said about each
  evidence,         // what is asked for, and by when
  appointments,
  party_roles,  // that there is a petitioner, a beneficiary …
  party_names,  // and who they are
};
inline constexpr Facet kFacets[] = {Facet::stage,        Facet::history,     Facet::history_details, Facet::evidence,
                                    Facet::appointments, Facet::party_roles, Facet::party_names};
std::string_view to_text(Facet facet);
std::optional<Facet> find_facet(std::string_view text);
bool may_see(Role role, Facet facet);

// What there is to do about a case, beside looking.
enum class Act {
  write,    // to the office about it
  share,    // let a helper see it
  leave,    // take it off the account
  consent,  // say what the beneficiary may see
};
inline constexpr Act kActs[] = {Act::write, Act::share, Act::leave, Act::consent};

// A case as one of its parties sees it.
struct VisibleCase {
  CaseId id;
  std::string receipt_number;
  std::string form;  // the number of the form in the catalogue
  Date filed_on{};
  PartyId party;  // the asker's part
  Role role{};
  bool as_guardian = false;  // they act in the place of a child, in its role: as its parent or guardian
  CaseState state;           // its open_requests stay empty here: the record of the case has them
  int open_requests = 0;     // how many there are, and of the one that is due first:
  std::optional<Date> evidence_due_on{};
  int evidence_documents = 0;
  bool helper_may_act = false;  // role is helper: they were let act as well as look
  std::int64_t helping = 0;     // role is helper: by which row of case_helpers
  // By which row of representations they act for a party of it; 0 when they are a party themselves, or a helper.
  std::int64_t representing = 0;
  bool by_firm = false;            // it is a client of somebody else in their firm
  bool looks_only = false;         // and all they may do is look
  std::vector<Facet> consented{};  // role is beneficiary: what a petitioner lets them see beside
};
// By the role, and by what was consented to.
bool may_see(const VisibleCase& visible, Facet facet);
bool may_act(const VisibleCase& visible, Act act);

struct VisibleAppointment {
  AppointmentId id;
  CaseId on_case;
  AppointmentKind kind{};
  Instant starts_at{};
  std::string place;  // of the catalogue
  AppointmentState state{};
  std::string agency_appointment{};  // the agency's name for it
};

struct VisibleParty {
  PartyId id;
  Role role{};
  bool is_asker = false;
  bool is_organisation = false;
  std::optional<std::string> name;  // none when the asker's role may not know it
  bool is_connected = false;
  std::optional<PartyId> guardian_of{};  // the child in whose place they act
};

// The case of that receipt number when the account is a party of it now. Missing and not-yours are the same nothing.
std::optional<VisibleCase> find_visible_to(db::Snapshot& snapshot, AccountId account, std::string_view receipt_number);
// The same, or when the account represents a party of it, is in the firm of who does, or is a helper with it at `now`:
// the nearest of these.
std::optional<VisibleCase> find_visible_to(db::Snapshot& snapshot, AccountId account, std::string_view receipt_number,
                                           Instant now);
// The account's own part in that case, when it may do that; and when it may let others see it.
std::optional<VisibleCase> find_own_for(db::Snapshot& snapshot, AccountId account, std::string_view receipt_number,
                                        Act act);
std::optional<VisibleCase> find_shareable(db::Snapshot& snapshot, AccountId account, std::string_view receipt_number);

// All cases of the account, and those it represents or helps with at `from`, in no order that means anything; and its
// coming appointments, the soonest first. On PostgreSQL both are read in one round trip.
struct VisibleCases {
  std::vector<VisibleCase> cases;
  std::vector<VisibleAppointment> coming;  // starts at `from` or later, not cancelled
};
VisibleCases list_visible_to(db::Snapshot& snapshot, AccountId account, Instant from);

// The part of the office that did it: nobody's name.
struct EventAuthor {
  web::OfficeRole role{};
  std::string unit;
};
struct HistoryEntry {
  CaseEvent event;
  EventDetails details;             // empty when the asker's role may not read them
  std::optional<EventAuthor> by{};  // none: the agency's own system
  bool is_corrected = false;        // it was a mistake, and taken back
};

// Everything that the asker's role may see of one case.
struct CasePicture {
  std::vector<HistoryEntry> history;      // in the order of the sequence
  std::vector<EvidenceRequest> requests;  // in the order of the sequence
  std::vector<VisibleAppointment> appointments;
  std::vector<VisibleParty> parties;  // the asker first
};
CasePicture load_picture(db::Snapshot& snapshot, const Sealer& sealer, const VisibleCase& visible);

}  // namespace waymark::cases
