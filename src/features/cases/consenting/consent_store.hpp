// SQL of consents: what a petitioner lets the beneficiary see. Only this folder, case_access and who leaves a case
// include it.
#pragma once

#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "features/cases/case_access.hpp"

namespace waymark::cases {

using ConsentId = Id<struct ConsentTag>;

// What the petitioners of the case let its beneficiary see, while their part stands; one facet may come twice.
std::vector<Facet> list_consented(db::Snapshot& snapshot, CaseId on_case);
void queue_consented(db::Snapshot& snapshot, CaseId on_case, std::vector<Facet>& into);

struct Consent {
  Facet facet{};
  Instant given_at{};
};
// What that petitioner has given in the case, and not taken back.
std::vector<Consent> list_consents(db::Snapshot& snapshot, CaseId on_case, AccountId petitioner);

struct NewConsent {
  ConsentId id;
  CaseId on_case;
  PartyId party;
  AccountId petitioner;
  Facet facet{};
};
// False when it stands already.
bool give_consent(db::Transaction& tx, const NewConsent& consent, Instant now);
// False when it does not stand.
bool end_consent(db::Transaction& tx, CaseId on_case, AccountId petitioner, Facet facet, Instant now);
// The petitioner leaves the case: who connects it again begins without.
void end_all_consents(db::Transaction& tx, CaseId on_case, AccountId petitioner, Instant now);
void forget_consents(db::Transaction& tx, AccountId account);

// The accounts that see the case as its beneficiary.
std::vector<AccountId> list_beneficiaries(db::Snapshot& snapshot, CaseId on_case);

}  // namespace waymark::cases
