// SQL of helpers: whom a party lets see their case. Only this folder's use cases and case_access include it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "features/cases/case_access.hpp"

namespace waymark::cases {

using HelpingId = Id<struct HelpingTag>;

struct NewHelping {
  HelpingId id;
  CaseId on_case;
  PartyId party;
  AccountId given_by;
  std::string sealed_email, email_index;
  bool may_act = false;
  Instant offered_at{}, ends_at{};
};
// An offer of the same party to the same address ends: the new one stands in its place.
void insert_helping(db::Transaction& tx, const NewHelping& helping);
int count_standing(db::Snapshot& snapshot, CaseId on_case, AccountId given_by, Instant now);

struct Helping {
  HelpingId id;
  CaseId on_case;
  AccountId given_by{};
  std::string sealed_email;  // empty: the helper's account was erased
  bool may_act = false;
  Instant offered_at{}, ends_at{};
  std::optional<Instant> accepted_at{}, ended_at{};
  std::string receipt_number;
  bool stands(Instant now) const { return !ended_at && ends_at > now; }
};
std::vector<Helping> list_helpings(db::Snapshot& snapshot, CaseId on_case);  // the newest first
// Offered or taken, in a case, and standing: by whomever.
std::vector<Helping> list_given(db::Snapshot& snapshot, CaseId on_case, Instant now);
std::vector<Helping> list_taken(db::Snapshot& snapshot, AccountId helper, Instant now);  // those that stand
std::vector<Helping> list_offers(db::Snapshot& snapshot, std::string_view email_index, Instant now);

// Each is one conditional UPDATE: of two at once one acts. None: there is no such offer (any more) for this asker.
std::optional<Helping> accept_helping(db::Transaction& tx, HelpingId id, AccountId helper, std::string_view email_index,
                                      Instant now);
std::optional<Helping> end_given(db::Transaction& tx, HelpingId id, CaseId on_case, AccountId given_by, Instant now);
// By the helper: what they took, or what was offered to their address.
std::optional<Helping> end_taken(db::Transaction& tx, HelpingId id, AccountId helper, std::string_view email_index,
                                 Instant now);
// The party leaves the case, and takes their helpers along.
void end_all_given(db::Transaction& tx, CaseId on_case, AccountId given_by, Instant now);
// The account is erased: what it gave goes; what it took keeps no address, and opens nothing.
void forget_helpings(db::Transaction& tx, AccountId account);

// The case as a helper sees it, while the party who gave it is an applicant or a petitioner of it still.
std::optional<VisibleCase> find_helped_case(db::Snapshot& snapshot, AccountId helper, std::string_view receipt_number,
                                            Instant now);
void queue_helped_cases(db::Snapshot& snapshot, AccountId helper, Instant now, std::vector<VisibleCase>& into);
void queue_helped_appointments(db::Snapshot& snapshot, AccountId helper, Instant now,
                               std::vector<VisibleAppointment>& into);

void insert_helper_look(db::Transaction& tx, std::int64_t id, HelpingId helping, Instant hour);
struct HelperLook {
  AccountId given_by{};
  std::string sealed_email;
  HelpingId helping;
  Instant hour{};
};
std::vector<HelperLook> list_helper_looks(db::Snapshot& snapshot, CaseId on_case, int most);  // the newest first

}  // namespace waymark::cases
