#include "features/cases/party_store.hpp"

#include "base/assert.hpp"
#include "features/cases/case_columns.hpp"

namespace waymark::cases {
namespace {

constexpr db::Query kFindPartyOf{"cases.find_party_of", R"sql(
  SELECT p.id, p.case_id, p.role FROM cases c JOIN parties p ON p.case_id = c.id
  WHERE c.receipt_number = $2 AND p.account = $1 AND p.is_present)sql"};

constexpr db::Query kUseCode{"cases.use_code", R"sql(
  UPDATE access_codes SET used_at = $5
  WHERE party_id IN (SELECT p.id FROM cases c JOIN parties p ON p.case_id = c.id
                     WHERE c.receipt_number = $1 AND p.proof_kind = $3 AND p.proof_hash = $4
                       AND p.account IS NULL AND p.is_present)
    AND code_hash = $2 AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > $5
  RETURNING party_id)sql"};

constexpr db::Query kTakeParty{"cases.take_party", R"sql(
  UPDATE parties SET account = $2, connected_at = $3 WHERE id = $1 AND account IS NULL AND is_present
  RETURNING id, case_id, role)sql"};

constexpr db::Query kEndCodes{"cases.end_codes", R"sql(
  UPDATE access_codes SET withdrawn_at = $2 WHERE party_id = $1 AND used_at IS NULL AND withdrawn_at IS NULL)sql"};

constexpr db::Query kLeaveParty{"cases.leave_party", R"sql(
  UPDATE parties SET account = NULL, connected_at = NULL
  WHERE account = $1 AND is_present AND case_id IN (SELECT id FROM cases WHERE receipt_number = $2)
  RETURNING id, case_id, role)sql"};

constexpr db::Query kLeaveAll{"cases.leave_all",
                              "UPDATE parties SET account = NULL, connected_at = NULL WHERE account = $1"};

// The moment stands in the party's own row, so that of two requests at once only one writes.
constexpr db::Query kAskForLetters{"cases.ask_for_letters", R"sql(
  UPDATE parties SET letter_requested_at = $4
  WHERE case_id IN (SELECT id FROM cases WHERE receipt_number = $1) AND proof_kind = $2 AND proof_hash = $3
    AND account IS NULL AND is_present AND address_sealed IS NOT NULL
    AND (letter_requested_at IS NULL OR letter_requested_at <= $5)
  RETURNING id)sql"};

constexpr db::Query kInsertLetter{"cases.insert_letter",
                                  "INSERT INTO letters (id, party_id, requested_at) VALUES ($1, $2, $3)"};

// A party that was connected or removed since it asked needs no letter any more.
constexpr db::Query kWaitingLetters{"cases.waiting_letters", R"sql(
  SELECT l.id, p.id, c.receipt_number, c.form, p.language, p.name_sealed, p.address_sealed
  FROM letters l JOIN parties p ON p.id = l.party_id JOIN cases c ON c.id = p.case_id
  WHERE l.exported_at IS NULL AND p.account IS NULL AND p.is_present AND p.address_sealed IS NOT NULL
  ORDER BY l.requested_at, l.id LIMIT $1)sql"};

constexpr db::Query kMarkExported{"cases.mark_letter_exported",
                                  "UPDATE letters SET exported_at = $2 WHERE id = $1 AND exported_at IS NULL"};

constexpr db::Query kInsertAccessCode{"cases.insert_access_code", R"sql(
  INSERT INTO access_codes (id, party_id, agency_code, code_hash, issued_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6))sql"};

constexpr db::Query kFindAgencyParty{"cases.find_agency_party",
                                     "SELECT id FROM parties WHERE case_id = $1 AND agency_party = $2"};

constexpr db::Query kUpsertParty{"cases.upsert_party", R"sql(
  INSERT INTO parties (id, case_id, agency_party, role, is_present, is_organisation, name_sealed, proof_kind, proof_hash,
                       address_sealed, email_sealed, language, under_14_until_sealed, guardian_of)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
  ON CONFLICT (case_id, agency_party) DO UPDATE
  SET role = excluded.role, is_present = excluded.is_present, is_organisation = excluded.is_organisation,
      name_sealed = excluded.name_sealed, proof_kind = excluded.proof_kind, proof_hash = excluded.proof_hash,
      address_sealed = excluded.address_sealed, email_sealed = excluded.email_sealed, language = excluded.language,
      under_14_until_sealed = excluded.under_14_until_sealed, guardian_of = excluded.guardian_of)sql"};

#define WAYMARK_CHILD_COLUMNS "c.id, c.role, c.guardian_of IS NOT NULL, c.under_14_until_sealed "
constexpr db::Query kFindChild{
    "cases.find_child", "SELECT " WAYMARK_CHILD_COLUMNS "FROM parties c WHERE c.case_id = $1 AND c.agency_party = $2"};
constexpr db::Query kReadChild{"cases.read_child", "SELECT " WAYMARK_CHILD_COLUMNS "FROM parties c WHERE c.id = $1"};
constexpr db::Query kListChildren{"cases.list_children", "SELECT " WAYMARK_CHILD_COLUMNS
                                                         "FROM parties g JOIN parties c ON c.id = g.guardian_of "
                                                         "WHERE g.guardian_of > $1 AND g.is_present "
                                                         "ORDER BY g.guardian_of LIMIT $2"};
constexpr db::Query kFollowRole{"cases.follow_role",
                                "UPDATE parties SET role = $2 WHERE guardian_of = $1 AND is_present AND role <> $2"};
constexpr db::Query kEndGuardians{"cases.end_guardians", R"sql(
  UPDATE parties SET is_present = FALSE WHERE guardian_of = $1 AND is_present
  RETURNING id, case_id, account, (SELECT receipt_number FROM cases WHERE cases.id = case_id))sql"};

constexpr db::Query kHasAccessCode{"cases.has_access_code",
                                   "SELECT 1 FROM access_codes WHERE party_id = $1 AND agency_code = $2"};

constexpr db::Query kWithdrawCode{"cases.withdraw_code", R"sql(
  UPDATE access_codes SET withdrawn_at = $3
  WHERE party_id = $1 AND agency_code = $2 AND used_at IS NULL AND withdrawn_at IS NULL)sql"};

db::Parameter bytes_or_null(const std::string& sealed) {
  return sealed.empty() ? db::Parameter(nullptr) : db::Parameter(db::Bytes{sealed});
}

ConnectedParty read_party(const db::Row& row) {
  const auto role = find_role(row.text(2));
  WAYMARK_ASSERT(role);
  return {row.id<PartyId>(0), row.id<CaseId>(1), *role};
}

StoredChild read_child(const db::Row& row) {
  return {.id = row.id<PartyId>(0),
          .role = role_of(row.text(1)),
          .is_guardian = row.boolean(2),
          .sealed_under_14_until = row.is_null(3) ? std::string() : std::string(row.bytes(3))};
}

}  // namespace

std::optional<ConnectedParty> find_party_of(db::Snapshot& snapshot, AccountId account,
                                            std::string_view receipt_number) {
  return snapshot.find(kFindPartyOf, {account, receipt_number}, read_party);
}

std::optional<ConnectedParty> connect_party(db::Transaction& tx, const ConnectionProof& proof, AccountId account,
                                            Instant now) {
  const auto of_code =
      tx.find(kUseCode,
              {proof.receipt_number, db::Bytes{proof.code_hash}, to_text(proof.kind), db::Bytes{proof.proof_hash}, now},
              [](const db::Row& row) { return row.id<PartyId>(0); });
  if (!of_code) return std::nullopt;
  const auto taken = tx.find(kTakeParty, {*of_code, account, now}, read_party);
  if (taken) tx.run(kEndCodes, {*of_code, now});
  return taken;
}

std::optional<ConnectedParty> disconnect_party(db::Transaction& tx, AccountId account,
                                               std::string_view receipt_number) {
  return tx.find(kLeaveParty, {account, receipt_number}, read_party);
}

void leave_all_parties(db::Transaction& tx, AccountId account) { tx.run(kLeaveAll, {account}); }

int write_letters(db::Transaction& tx, std::string_view receipt_number, ProofKind kind, std::string_view proof_hash,
                  const std::vector<LetterId>& ids, Instant now, Instant not_since) {
  const auto parties = tx.list(kAskForLetters, {receipt_number, to_text(kind), db::Bytes{proof_hash}, now, not_since},
                               [](const db::Row& row) { return row.id<PartyId>(0); });
  const auto count = std::min(parties.size(), ids.size());
  for (std::size_t index = 0; index < count; ++index) tx.run(kInsertLetter, {ids[index], parties[index], now});
  return static_cast<int>(count);
}

std::vector<WaitingLetter> list_waiting_letters(db::Snapshot& snapshot, int most) {
  return snapshot.list(kWaitingLetters, {most}, [](const db::Row& row) {
    return WaitingLetter{.id = row.id<LetterId>(0),
                         .party = row.id<PartyId>(1),
                         .receipt_number = std::string(row.text(2)),
                         .form = std::string(row.text(3)),
                         .language = std::string(row.text(4)),
                         .sealed_name = std::string(row.bytes(5)),
                         .sealed_address = std::string(row.bytes(6))};
  });
}

bool mark_letter_exported(db::Transaction& tx, LetterId letter, Instant now) {
  return tx.run(kMarkExported, {letter, now}) == 1;
}

void insert_access_code(db::Transaction& tx, const NewAccessCode& code) {
  tx.run(kInsertAccessCode,
         {code.id, code.party, code.agency_code, db::Bytes{code.code_hash}, code.issued_at, code.expires_at});
}

std::optional<PartyId> find_agency_party(db::Snapshot& snapshot, CaseId on_case, std::string_view agency_party) {
  return snapshot.find(kFindAgencyParty, {on_case, agency_party},
                       [](const db::Row& row) { return row.id<PartyId>(0); });
}

void upsert_party(db::Transaction& tx, const StoredPartyRow& party) {
  tx.run(kUpsertParty,
         {party.id, party.on_case, party.agency_party, to_text(party.role), party.is_present, party.is_organisation,
          db::Bytes{party.sealed_name}, to_text(party.proof_kind), db::Bytes{party.proof_hash},
          bytes_or_null(party.sealed_address), bytes_or_null(party.sealed_email), party.language,
          bytes_or_null(party.sealed_under_14_until), party.guardian_of});
}

std::optional<StoredChild> find_child(db::Snapshot& snapshot, CaseId on_case, std::string_view agency_party) {
  return snapshot.find(kFindChild, {on_case, agency_party}, read_child);
}

std::optional<StoredChild> find_child(db::Snapshot& snapshot, PartyId party) {
  return snapshot.find(kReadChild, {party}, read_child);
}

std::vector<StoredChild> list_children(db::Snapshot& snapshot, PartyId after, int most) {
  return snapshot.list(kListChildren, {after, most}, read_child);
}

void follow_role(db::Transaction& tx, PartyId child, Role role) { tx.run(kFollowRole, {child, to_text(role)}); }

std::vector<EndedGuardian> end_guardians(db::Transaction& tx, PartyId child) {
  return tx.list(kEndGuardians, {child}, [](const db::Row& row) {
    EndedGuardian ended{.party = row.id<PartyId>(0),
                        .on_case = row.id<CaseId>(1),
                        .account = std::nullopt,
                        .receipt_number = std::string(row.text(3))};
    if (!row.is_null(2)) ended.account = row.id<AccountId>(2);
    return ended;
  });
}

bool has_access_code(db::Snapshot& snapshot, PartyId party, std::string_view agency_code) {
  return snapshot.has(kHasAccessCode, {party, agency_code});
}

void withdraw_access_code(db::Transaction& tx, PartyId party, std::string_view agency_code, Instant now) {
  tx.run(kWithdrawCode, {party, agency_code, now});
}

}  // namespace waymark::cases
