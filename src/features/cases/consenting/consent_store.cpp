#include "features/cases/consenting/consent_store.hpp"

#include "base/assert.hpp"

namespace waymark::cases {
namespace {

constexpr db::Query kConsented{"consents.consented", R"sql(
  SELECT c.facet FROM beneficiary_consents c
  JOIN parties p ON p.id = c.party_id AND p.account = c.account AND p.is_present AND p.role = 'petitioner'
  WHERE c.case_id = $1 AND c.ended_at IS NULL)sql"};
constexpr db::Query kOfPetitioner{"consents.of_petitioner", R"sql(
  SELECT facet, given_at FROM beneficiary_consents WHERE case_id = $1 AND account = $2 AND ended_at IS NULL)sql"};
constexpr db::Query kGive{"consents.give", R"sql(
  INSERT INTO beneficiary_consents (id, case_id, party_id, account, facet, given_at) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (case_id, account, facet) WHERE ended_at IS NULL DO NOTHING)sql"};
constexpr db::Query kEnd{"consents.end", R"sql(
  UPDATE beneficiary_consents SET ended_at = $4
  WHERE case_id = $1 AND account = $2 AND facet = $3 AND ended_at IS NULL)sql"};
constexpr db::Query kEndAll{"consents.end_all", R"sql(
  UPDATE beneficiary_consents SET ended_at = $3 WHERE case_id = $1 AND account = $2 AND ended_at IS NULL)sql"};
constexpr db::Query kForget{"consents.forget", "DELETE FROM beneficiary_consents WHERE account = $1"};
constexpr db::Query kBeneficiaries{"consents.beneficiaries", R"sql(
  SELECT account FROM parties WHERE case_id = $1 AND role = 'beneficiary' AND is_present AND account IS NOT NULL)sql"};

Facet facet_of(const db::Row& row) {
  const auto facet = find_facet(row.text(0));
  WAYMARK_ASSERT(facet.has_value());
  return *facet;
}

}  // namespace

std::vector<Facet> list_consented(db::Snapshot& snapshot, CaseId on_case) {
  return snapshot.list(kConsented, {on_case}, facet_of);
}
void queue_consented(db::Snapshot& snapshot, CaseId on_case, std::vector<Facet>& into) {
  snapshot.queue(kConsented, {on_case}, [&into](const db::Row& row) { into.push_back(facet_of(row)); });
}

std::vector<Consent> list_consents(db::Snapshot& snapshot, CaseId on_case, AccountId petitioner) {
  return snapshot.list(kOfPetitioner, {on_case, petitioner},
                       [](const db::Row& row) { return Consent{facet_of(row), row.instant(1)}; });
}

bool give_consent(db::Transaction& tx, const NewConsent& consent, Instant now) {
  return tx.run(kGive, {consent.id, consent.on_case, consent.party, consent.petitioner, to_text(consent.facet), now}) ==
         1;
}

bool end_consent(db::Transaction& tx, CaseId on_case, AccountId petitioner, Facet facet, Instant now) {
  return tx.run(kEnd, {on_case, petitioner, to_text(facet), now}) == 1;
}

void end_all_consents(db::Transaction& tx, CaseId on_case, AccountId petitioner, Instant now) {
  tx.run(kEndAll, {on_case, petitioner, now});
}

void forget_consents(db::Transaction& tx, AccountId account) { tx.run(kForget, {account}); }

std::vector<AccountId> list_beneficiaries(db::Snapshot& snapshot, CaseId on_case) {
  return snapshot.list(kBeneficiaries, {on_case}, [](const db::Row& row) { return row.id<AccountId>(0); });
}

}  // namespace waymark::cases
