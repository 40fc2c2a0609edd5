// SQL of parties, their access codes and their letters. Only this feature's use cases include it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "features/cases/case_types.hpp"

namespace waymark::cases {

struct ConnectedParty {
  PartyId party;
  CaseId on_case;
  Role role{};
};

// The asker's present part in a case.
std::optional<ConnectedParty> find_party_of(db::Snapshot& snapshot, AccountId account, std::string_view receipt_number);

// What a person shows to connect a case, hashed.
struct ConnectionProof {
  std::string_view receipt_number;
  std::string_view code_hash;
  ProofKind kind{};
  std::string_view proof_hash;
};
// Uses the code up and makes the account that party, in one step that only one of any number of callers wins; all other
// codes of the party end with it. Nothing when the code is wrong, used, withdrawn or expired, belongs to another case
// or person, or the party is somebody's already. Throws ConstraintViolation when the account has a part in the case.
std::optional<ConnectedParty> connect_party(db::Transaction& tx, const ConnectionProof& proof, AccountId account,
                                            Instant now);
std::optional<ConnectedParty> disconnect_party(db::Transaction& tx, AccountId account, std::string_view receipt_number);
// From every case, and as a party that was taken off a case too: for an account that is erased.
void leave_all_parties(db::Transaction& tx, AccountId account);

// Writes a letter for each party of the case that this second proof is of, has an address, is not connected, and did
// not ask after `not_since`: how many. `ids` are used in turn, one a letter; no more letters than ids.
int write_letters(db::Transaction& tx, std::string_view receipt_number, ProofKind kind, std::string_view proof_hash,
                  const std::vector<LetterId>& ids, Instant now, Instant not_since);

struct WaitingLetter {
  LetterId id;
  PartyId party;
  std::string receipt_number, form, language;
  std::string sealed_name, sealed_address;
};
// The oldest first.
std::vector<WaitingLetter> list_waiting_letters(db::Snapshot& snapshot, int most);
// False when it was marked already, by another export at the same time.
bool mark_letter_exported(db::Transaction& tx, LetterId letter, Instant now);

struct NewAccessCode {
  AccessCodeId id;
  PartyId party;
  std::optional<std::string> agency_code{};  // the feed's name for it, by which it can be withdrawn
  std::string code_hash;
  Instant issued_at{};
  Instant expires_at{};
};
void insert_access_code(db::Transaction& tx, const NewAccessCode& code);

// --- What the intake keeps. ---

struct StoredPartyRow {
  PartyId id;
  CaseId on_case;
  std::string_view agency_party;
  Role role{};
  bool is_present = true;
  bool is_organisation = false;
  std::string sealed_name;
  ProofKind proof_kind{};
  std::string proof_hash;
  std::string sealed_address, sealed_email;  // empty: none
  std::string_view language;
  std::string sealed_under_14_until{};  // empty: they are not under 14, or nobody's birth date is known
  std::optional<PartyId> guardian_of{};
};
std::optional<PartyId> find_agency_party(db::Snapshot& snapshot, CaseId on_case, std::string_view agency_party);
// A later record of the same party replaces all of it but its id and its account.
void upsert_party(db::Transaction& tx, const StoredPartyRow& party);

// Somebody who may have guardians.
struct StoredChild {
  PartyId id;
  Role role{};
  bool is_guardian = false;
  std::string sealed_under_14_until;  // empty: not under 14, or no party any more
};
std::optional<StoredChild> find_child(db::Snapshot& snapshot, CaseId on_case, std::string_view agency_party);
std::optional<StoredChild> find_child(db::Snapshot& snapshot, PartyId party);
// Those who have guardians now, in the order of their ids, after that one. Some may come twice.
std::vector<StoredChild> list_children(db::Snapshot& snapshot, PartyId after, int most);
// Guardians stand in the child's place: in its role, too.
void follow_role(db::Transaction& tx, PartyId child, Role role);
struct EndedGuardian {
  PartyId party;
  CaseId on_case;
  std::optional<AccountId> account;  // none: it never was connected
  std::string receipt_number;
};
std::vector<EndedGuardian> end_guardians(db::Transaction& tx, PartyId child);

bool has_access_code(db::Snapshot& snapshot, PartyId party, std::string_view agency_code);
// Ends the codes of that name that are still good.
void withdraw_access_code(db::Transaction& tx, PartyId party, std::string_view agency_code, Instant now);

}  // namespace waymark::cases
