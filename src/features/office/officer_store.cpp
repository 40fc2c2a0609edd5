#include "features/office/officer_store.hpp"

#include <array>

#include "base/assert.hpp"

#define WAYMARK_OFFICER \
  "SELECT id, email_sealed, name_sealed, handle, role, unit, language, state, created_at, signed_in_at FROM officers "

namespace waymark::office {
namespace {

constexpr std::array<std::string_view, 3> kStates{"invited", "active", "stopped"};

constexpr db::Query kAdd{"officers.add",
                         "INSERT INTO officers (id, email_sealed, email_index, name_sealed, handle, role, unit, "
                         "language, state, created_at) "
                         "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (email_index) DO NOTHING"};
constexpr db::Query kFind{"officers.find", WAYMARK_OFFICER "WHERE id = $1"};
constexpr db::Query kFindByEmail{"officers.find_by_email", WAYMARK_OFFICER "WHERE email_index = $1"};
constexpr db::Query kList{"officers.list", WAYMARK_OFFICER "ORDER BY id"};
constexpr db::Query kOtherAdministrator{
    "officers.other_administrator",
    "SELECT 1 FROM officers WHERE role = 'administrator' AND state = 'active' AND id <> $1 LIMIT 1"};
constexpr db::Query kHoldAdministrators{"officers.hold_administrators",
                                        "UPDATE officers SET language = language WHERE role = 'administrator'"};
constexpr db::Query kSetSeat{"officers.set_seat", "UPDATE officers SET role = $2, unit = $3 WHERE id = $1"};
constexpr db::Query kSetState{"officers.set_state", "UPDATE officers SET state = $2 WHERE id = $1 AND state <> $2"};
constexpr db::Query kSetLanguage{"officers.set_language", "UPDATE officers SET language = $2 WHERE id = $1"};
constexpr db::Query kSignedIn{"officers.note_entry", "UPDATE officers SET signed_in_at = $2 WHERE id = $1"};

constexpr db::Query kAddPasskey{
    "officer_passkeys.add",
    "INSERT INTO officer_passkeys (id, officer, name, credential_index, credential_id_sealed, public_key, sign_count, "
    "is_backup_eligible, transports, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
    "ON CONFLICT (credential_index) DO NOTHING"};
#define WAYMARK_OFFICER_PASSKEY                                                                              \
  "SELECT id, officer, name, credential_id_sealed, public_key, sign_count, is_backup_eligible, transports, " \
  "created_at, used_at, switched_off_at FROM officer_passkeys "
constexpr db::Query kListPasskeys{"officer_passkeys.list", WAYMARK_OFFICER_PASSKEY "WHERE officer = $1 ORDER BY id"};
constexpr db::Query kFindPasskey{"officer_passkeys.find", WAYMARK_OFFICER_PASSKEY "WHERE credential_index = $1"};
constexpr db::Query kUsePasskey{"officer_passkeys.use",
                                "UPDATE officer_passkeys SET sign_count = $2, used_at = $3 WHERE id = $1 "
                                "AND switched_off_at IS NULL AND (sign_count < $2 OR (sign_count = 0 AND $2 = 0)) "
                                "RETURNING id"};
constexpr db::Query kSwitchOff{"officer_passkeys.switch_off",
                               "UPDATE officer_passkeys SET switched_off_at = $2 WHERE id = $1 "
                               "AND switched_off_at IS NULL RETURNING id"};
constexpr db::Query kRemovePasskey{"officer_passkeys.remove",
                                   "DELETE FROM officer_passkeys WHERE officer = $1 AND id = $2"};
constexpr db::Query kRemovePasskeys{"officer_passkeys.remove_all", "DELETE FROM officer_passkeys WHERE officer = $1"};

constexpr db::Query kEndInvitations{"officer_invitations.end",
                                    "UPDATE officer_invitations SET used_at = $2 WHERE officer = $1 "
                                    "AND used_at IS NULL"};
constexpr db::Query kAddInvitation{"officer_invitations.add",
                                   "INSERT INTO officer_invitations (id, officer, token_hash, expires_at) "
                                   "VALUES ($1, $2, $3, $4)"};
constexpr db::Query kFindInvited{"officer_invitations.find",
                                 "SELECT i.officer FROM officer_invitations i JOIN officers o ON o.id = i.officer "
                                 "WHERE i.token_hash = $1 AND i.used_at IS NULL AND i.expires_at > $2 "
                                 "AND o.state <> 'stopped'"};
constexpr db::Query kUseInvitation{
    "officer_invitations.use",
    "UPDATE officer_invitations SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2 "
    "AND EXISTS (SELECT 1 FROM officers o WHERE o.id = officer_invitations.officer AND o.state <> 'stopped') "
    "RETURNING officer"};

SealPlace place(std::string_view column, OfficerId officer) { return {"officers", column, officer.value}; }
SealPlace place(OfficerPasskeyId passkey) { return {"officer_passkeys", "credential_id_sealed", passkey.value}; }

}  // namespace

std::string_view to_text(OfficerState state) { return kStates[static_cast<std::size_t>(state)]; }

std::optional<OfficerState> find_officer_state(std::string_view text) {
  for (std::size_t index = 0; index < kStates.size(); ++index) {
    if (kStates[index] == text) return static_cast<OfficerState>(index);
  }
  return std::nullopt;
}

OfficerStore::OfficerStore(const Sealer& sealer, const KeyRing& keys)
    : sealer_(sealer), email_hash_(keys, "officers.email"), credential_hash_(keys, "officers.credentials") {}

bool OfficerStore::add(db::Transaction& tx, const Officer& officer) const {
  const auto index = email_hash_.of(officer.email.canonical);
  const auto email = sealer_.seal(place("email_sealed", officer.id), officer.email.address);
  const auto name = sealer_.seal(place("name_sealed", officer.id), officer.name);
  return tx.run(kAdd, {officer.id, db::Bytes{email}, db::Bytes{index}, db::Bytes{name}, db::Bytes{officer.handle},
                       web::to_text(officer.role), officer.unit, officer.language, to_text(officer.state),
                       officer.created_at}) == 1;
}

Officer OfficerStore::read(const db::Row& row) const {
  const auto id = row.id<OfficerId>(0);
  const auto email = parse_email(sealer_.open(place("email_sealed", id), row.bytes(1)));
  const auto role = web::find_office_role(row.text(4));
  const auto state = find_officer_state(row.text(7));
  WAYMARK_ASSERT(email && role && state);
  return {.id = id,
          .email = *email,
          .name = sealer_.open(place("name_sealed", id), row.bytes(2)),
          .handle = std::string(row.bytes(3)),
          .role = *role,
          .unit = std::string(row.text(5)),
          .language = std::string(row.text(6)),
          .state = *state,
          .created_at = row.instant(8),
          .signed_in_at = row.maybe_instant(9)};
}

std::optional<Officer> OfficerStore::find(db::Snapshot& snapshot, OfficerId officer) const {
  return snapshot.find(kFind, {officer}, [&](const db::Row& row) { return read(row); });
}

std::optional<Officer> OfficerStore::find_by_email(db::Snapshot& snapshot, std::string_view canonical) const {
  const auto index = email_hash_.of(canonical);
  return snapshot.find(kFindByEmail, {db::Bytes{index}}, [&](const db::Row& row) { return read(row); });
}

std::vector<Officer> OfficerStore::list(db::Snapshot& snapshot) const {
  return snapshot.list(kList, {}, [&](const db::Row& row) { return read(row); });
}

std::vector<web::OfficeSeat> OfficerStore::list_seats(db::Snapshot& snapshot, web::OfficeRoles roles) const {
  std::vector<web::OfficeSeat> seats;
  for (const auto& officer : list(snapshot)) {
    if (officer.state == OfficerState::active && roles.has(officer.role)) seats.push_back(officer.seat());
  }
  return seats;
}

bool OfficerStore::has_active_administrator(db::Snapshot& snapshot) const {
  return snapshot.has(kOtherAdministrator, {OfficerId{}});
}

bool OfficerStore::has_other_administrator(db::Transaction& tx, OfficerId officer) const {
  tx.run(kHoldAdministrators, {});
  return tx.has(kOtherAdministrator, {officer});
}

void OfficerStore::set_seat(db::Transaction& tx, OfficerId officer, web::OfficeRole role, std::string_view unit) const {
  tx.run(kSetSeat, {officer, web::to_text(role), unit});
}

bool OfficerStore::set_state(db::Transaction& tx, OfficerId officer, OfficerState state) const {
  return tx.run(kSetState, {officer, to_text(state)}) == 1;
}

void OfficerStore::set_language(db::Transaction& tx, OfficerId officer, std::string_view language) const {
  tx.run(kSetLanguage, {officer, language});
}

void OfficerStore::note_entry(db::Transaction& tx, OfficerId officer, Instant now) const {
  tx.run(kSignedIn, {officer, now});
}

bool OfficerStore::add_passkey(db::Transaction& tx, const OfficerPasskey& passkey) const {
  const auto index = credential_hash_.of(passkey.credential_id);
  const auto sealed = sealer_.seal(place(passkey.id), passkey.credential_id);
  return tx.run(kAddPasskey, {passkey.id, passkey.officer, passkey.name, db::Bytes{index}, db::Bytes{sealed},
                              db::Bytes{passkey.public_key}, std::int64_t{passkey.sign_count},
                              passkey.is_backup_eligible, passkey.transports, passkey.created_at}) == 1;
}

OfficerPasskey OfficerStore::read_passkey(const db::Row& row) const {
  const auto id = row.id<OfficerPasskeyId>(0);
  return {.id = id,
          .officer = row.id<OfficerId>(1),
          .name = std::string(row.text(2)),
          .credential_id = sealer_.open(place(id), row.bytes(3)),
          .public_key = std::string(row.bytes(4)),
          .sign_count = static_cast<std::uint32_t>(row.integer(5)),
          .is_backup_eligible = row.boolean(6),
          .transports = std::string(row.text(7)),
          .created_at = row.instant(8),
          .used_at = row.maybe_instant(9),
          .switched_off_at = row.maybe_instant(10)};
}

std::vector<OfficerPasskey> OfficerStore::list_passkeys(db::Snapshot& snapshot, OfficerId officer) const {
  return snapshot.list(kListPasskeys, {officer}, [&](const db::Row& row) { return read_passkey(row); });
}

std::optional<OfficerPasskey> OfficerStore::find_passkey(db::Snapshot& snapshot, std::string_view credential_id) const {
  const auto index = credential_hash_.of(credential_id);
  return snapshot.find(kFindPasskey, {db::Bytes{index}}, [&](const db::Row& row) { return read_passkey(row); });
}

bool OfficerStore::use_passkey(db::Transaction& tx, OfficerPasskeyId passkey, std::uint32_t sign_count,
                               Instant now) const {
  return tx.has(kUsePasskey, {passkey, std::int64_t{sign_count}, now});
}

bool OfficerStore::switch_off_passkey(db::Transaction& tx, OfficerPasskeyId passkey, Instant now) const {
  return tx.has(kSwitchOff, {passkey, now});
}

bool OfficerStore::remove_passkey(db::Transaction& tx, OfficerId officer, OfficerPasskeyId passkey) const {
  return tx.run(kRemovePasskey, {officer, passkey}) == 1;
}

void OfficerStore::remove_passkeys(db::Transaction& tx, OfficerId officer) const { tx.run(kRemovePasskeys, {officer}); }

void OfficerStore::add_invitation(db::Transaction& tx, InvitationId id, OfficerId officer, std::string_view token_hash,
                                  Instant now, Instant expires_at) const {
  tx.run(kEndInvitations, {officer, now});
  tx.run(kAddInvitation, {id, officer, db::Bytes{token_hash}, expires_at});
}

std::optional<OfficerId> OfficerStore::find_invited(db::Snapshot& snapshot, std::string_view token_hash,
                                                    Instant now) const {
  return snapshot.find(kFindInvited, {db::Bytes{token_hash}, now},
                       [](const db::Row& row) { return row.id<OfficerId>(0); });
}

std::optional<OfficerId> OfficerStore::use_invitation(db::Transaction& tx, std::string_view token_hash,
                                                      Instant now) const {
  return tx.find(kUseInvitation, {db::Bytes{token_hash}, now}, [](const db::Row& row) { return row.id<OfficerId>(0); });
}

}  // namespace waymark::office
