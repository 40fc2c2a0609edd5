// SQL of representations: which representative acts for which party of which case. Only this folder's use cases,
// case_access and who leaves a case include it.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "features/cases/case_access.hpp"
#include "features/cases/firms/firm_types.hpp"

namespace waymark::cases {

using RepresentationId = Id<struct RepresentationTag>;
// Before the first page of a list that goes from the newest on.
inline constexpr RepresentationId kAfterTheNewest{std::numeric_limits<std::int64_t>::max()};

struct Representation {
  RepresentationId id;
  std::string receipt_number;
  std::optional<CaseId> on_case{};            // none: the representative started it, and it has not begun
  std::optional<AccountId> client{};          // likewise
  std::optional<AccountId> representative{};  // none: not taken yet, or their account was erased
  Instant started_at{}, code_ends_at{};
  std::optional<Instant> began_at{}, ended_at{};
  std::optional<FirmId> firm{};  // whose members see the case as well
  bool stands() const { return began_at && !ended_at && representative; }
  bool waits(Instant now) const { return !began_at && !ended_at && code_ends_at > now; }
};

// A passcode that waits for the other side; one that the same side made for the same case before ends.
struct ClientsPasscode {
  RepresentationId id;
  CaseId on_case;
  PartyId party;
  AccountId client;
  std::string_view receipt_number, code_hash;
  Instant now{}, ends_at{};
};
void insert_clients_passcode(db::Transaction& tx, const ClientsPasscode& passcode);
struct RepresentativesPasscode {
  RepresentationId id;
  AccountId representative;
  std::string_view receipt_number, code_hash;
  Instant now{}, ends_at{};
};
void insert_representatives_passcode(db::Transaction& tx, const RepresentativesPasscode& passcode);

// Each uses the passcode up in one conditional UPDATE, so that of many who type it at once one has it, and begins
// nothing yet. None: there is no such passcode (any more), or its maker may not act by it now: the client's part has
// ended, or the representative is not verified.
std::optional<Representation> take_clients_passcode(db::Transaction& tx, std::string_view receipt_number,
                                                    std::string_view code_hash, AccountId representative, Instant now);
struct TakenBy {
  CaseId on_case;
  PartyId party;
  AccountId client;
};
std::optional<Representation> take_representatives_passcode(db::Transaction& tx, std::string_view receipt_number,
                                                            std::string_view code_hash, const TakenBy& client,
                                                            Instant now);
// The representative's passcode as it stands, without using it.
std::optional<Representation> find_representatives_passcode(db::Snapshot& snapshot, std::string_view receipt_number,
                                                            std::string_view code_hash, AccountId client, Instant now);
// What stands for that client and case before it ends: the change of a representative.
std::vector<Representation> begin_representation(db::Transaction& tx, const Representation& taken, Instant now);

// Those of a client in a case: standing, waiting and past, the newest first.
std::vector<Representation> list_of_client(db::Snapshot& snapshot, CaseId on_case, AccountId client);
// Those of anybody in a case that stand.
std::vector<Representation> list_standing_of_case(db::Snapshot& snapshot, CaseId on_case);
// A page of what a representative has standing, and the passcodes that they wait with, the newest first; `before`: the
// last of the page before.
std::vector<Representation> list_of_representative(db::Snapshot& snapshot, AccountId representative, Instant now,
                                                   RepresentationId before, int most);
// One of what they have standing.
std::optional<Representation> find_of_representative(db::Snapshot& snapshot, AccountId representative,
                                                     RepresentationId id);

std::optional<Representation> end_by_client(db::Transaction& tx, RepresentationId id, CaseId on_case, AccountId client,
                                            Instant now);
std::optional<Representation> end_by_representative(db::Transaction& tx, RepresentationId id, AccountId representative,
                                                    Instant now);
// The client leaves the case; or the office withdraws what it had verified. Gives those that had begun.
std::vector<Representation> end_all_of_client(db::Transaction& tx, CaseId on_case, AccountId client, Instant now);
std::vector<Representation> end_all_of_representative(db::Transaction& tx, AccountId representative, Instant now);
// The account is erased: what it was a client of goes; what it represented keeps no account, and opens nothing.
void forget_representations(db::Transaction& tx, AccountId account);

// The case as a representative sees it, while their client is an applicant or a petitioner of it and they are verified.
std::optional<VisibleCase> find_represented_case(db::Snapshot& snapshot, AccountId representative,
                                                 std::string_view receipt_number);
void queue_represented_cases(db::Snapshot& snapshot, AccountId representative, std::vector<VisibleCase>& into);
void queue_represented_appointments(db::Snapshot& snapshot, AccountId representative, Instant now,
                                    std::vector<VisibleAppointment>& into);

void insert_representation_look(db::Transaction& tx, std::int64_t id, RepresentationId representation, AccountId by,
                                Instant hour);
struct RepresentationLook {
  AccountId client{}, by{};
  Instant hour{};
};
std::vector<RepresentationLook> list_representation_looks(db::Snapshot& snapshot, CaseId on_case, int most);

}  // namespace waymark::cases
