#include "features/accounts/sessions/session_store.hpp"

#include "base/assert.hpp"

namespace waymark::accounts {
namespace {

constexpr db::Query kFind{
    "sessions.find",
    "SELECT s.id, s.account, s.standing, s.is_shared, s.signed_in_at, s.previous_visit_at, s.proved_at, "
    "s.last_seen_at, a.given_name_sealed, a.family_name_sealed, a.language, a.time_zone, s.method, "
    "s.expires_at "
    "FROM sessions s JOIN accounts a ON a.id = s.account "
    "WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND a.owner_locked_at IS NULL "
    "AND (a.state = 'active' OR (a.state = 'closed' AND a.erased_at IS NULL AND s.standing = 'half_signed_in'))"};
// Units that start or end sessions of one account take turns, or on PostgreSQL a session begun with a password just
// replaced would not be seen, nor ended, by the unit that replaces it: neither unit sees what the other has not
// committed.
constexpr db::Query kHold{"sessions.hold", "UPDATE accounts SET language = language WHERE id = $1"};
constexpr db::Query kHoldOf{
    "sessions.hold_of",
    "UPDATE accounts SET language = language WHERE id = (SELECT s.account FROM sessions s WHERE s.id = $1)"};
constexpr db::Query kFindUnended{"sessions.find_unended",
                                 "SELECT s.account FROM sessions s JOIN accounts a ON a.id = s.account "
                                 "WHERE s.token_hash = $1 AND s.standing = 'signed_in' AND s.ended_at IS NULL "
                                 "AND s.expires_at > $2 AND a.state = 'active' "
                                 "AND a.owner_locked_at IS NULL"};
constexpr db::Query kInsert{
    "sessions.insert",
    "INSERT INTO sessions (id, token_hash, account, standing, is_shared, created_at, signed_in_at, "
    "previous_visit_at, proved_at, last_seen_at, expires_at, method, device, browser, system, network, "
    "place_sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $6, $6, $9, $10, $11, $12, $13, $14, $15)"};
constexpr db::Query kRaise{
    "sessions.raise",
    "UPDATE sessions SET token_hash = $2, standing = 'signed_in', signed_in_at = $3, proved_at = $3, "
    "last_seen_at = $3, method = $6, "
    "previous_visit_at = (SELECT a.signed_in_at FROM accounts a WHERE a.id = sessions.account), "
    "expires_at = CASE WHEN is_shared THEN CAST($4 AS BIGINT) ELSE CAST($5 AS BIGINT) END "
    "WHERE id = $1 AND standing = 'half_signed_in' AND ended_at IS NULL AND expires_at > $3 "
    "AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = sessions.account AND a.state = 'active' "
    "AND a.owner_locked_at IS NULL) "
    "RETURNING account, is_shared"};
constexpr db::Query kSetDevice{"sessions.set_device", "UPDATE sessions SET device = $2 WHERE id = $1"};
constexpr db::Query kReprove{
    "sessions.reprove",
    "UPDATE sessions SET token_hash = $2, proved_at = $3, last_seen_at = $3, "
    "method = CASE WHEN method = 'remembered_device' THEN CAST($4 AS TEXT) ELSE method END "
    "WHERE id = $1 AND standing = 'signed_in' AND ended_at IS NULL AND expires_at > $3 "
    "AND (method <> 'remembered_device' OR CAST($4 AS TEXT) <> 'password') "
    "AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = sessions.account AND a.state = 'active' "
    "AND a.owner_locked_at IS NULL) RETURNING account"};
constexpr db::Query kEnd{"sessions.end",
                         "UPDATE sessions SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL RETURNING account"};
constexpr db::Query kEndOf{"sessions.end_of",
                           "UPDATE sessions SET ended_at = $3 WHERE id = $2 AND account = $1 AND ended_at IS NULL "
                           "AND expires_at > $3"};
constexpr db::Query kEndAll{"sessions.end_all",
                            "UPDATE sessions SET ended_at = $3 WHERE account = $1 AND id <> $2 AND ended_at IS NULL "
                            "AND expires_at > $3"};
constexpr db::Query kVisitBefore{"sessions.visit_before",
                                 "SELECT signed_in_at FROM accounts WHERE id = $1 AND state = 'active' "
                                 "AND owner_locked_at IS NULL"};
constexpr db::Query kNoteSignedIn{"sessions.note_signed_in", "UPDATE accounts SET signed_in_at = $2 WHERE id = $1"};
constexpr db::Query kListLiving{"sessions.list_living",
                                "SELECT id, is_shared, signed_in_at, last_seen_at, proved_at, method, device, browser, "
                                "system, network, place_sealed FROM sessions "
                                "WHERE account = $1 AND standing = 'signed_in' AND ended_at IS NULL "
                                "AND expires_at > $2 ORDER BY id DESC"};
constexpr db::Query kWriteLastSeen{"sessions.write_last_seen",
                                   "UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2"};
constexpr db::Query kDeleteOf{"sessions.delete_of", "DELETE FROM sessions WHERE account = $1"};
constexpr db::Query kDeleteOld{"sessions.delete_old", "DELETE FROM sessions WHERE expires_at < $1"};

constexpr db::Query kMarkReturning{
    "sessions.mark_returning",
    "UPDATE sessions SET token_hash = $2, method = 'returning', last_seen_at = $3 "
    "WHERE id = $1 AND standing = 'half_signed_in' AND ended_at IS NULL AND expires_at > $3 "
    "AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = sessions.account AND a.state = 'closed' "
    "AND a.erased_at IS NULL AND a.closed_at > $4) RETURNING account"};
constexpr db::Query kFindReturning{"sessions.find_returning",
                                   "SELECT 1 FROM sessions WHERE id = $1 AND method = 'returning' "
                                   "AND standing = 'half_signed_in' AND ended_at IS NULL AND expires_at > $2"};
constexpr db::Query kMaySignIn{"sessions.may_sign_in",
                               "SELECT 1 FROM accounts WHERE id = $1 AND (state = 'active' OR (state = 'closed' "
                               "AND erased_at IS NULL AND closed_at > $2)) AND owner_locked_at IS NULL"};

web::Standing standing_of(std::string_view text) {
  WAYMARK_ASSERT(text == "signed_in" || text == "half_signed_in");
  return text == "signed_in" ? web::Standing::signed_in : web::Standing::half_signed_in;
}

}  // namespace

std::optional<SessionView> find_session(db::Snapshot& snapshot, std::string_view token_hash, Instant now) {
  return snapshot.find(kFind, {db::Bytes{token_hash}, now}, [](const db::Row& row) {
    return SessionView{.session = {.id = row.id<SessionId>(0),
                                   .account = row.id<AccountId>(1),
                                   .standing = standing_of(row.text(2)),
                                   .is_shared = row.boolean(3),
                                   .signed_in_at = row.maybe_instant(4),
                                   .previous_visit_at = row.maybe_instant(5),
                                   .proved_at = row.instant(6),
                                   .last_seen_at = row.instant(7),
                                   .method = std::string(row.text(12))},
                       .given_name_sealed = std::string(row.bytes(8)),
                       .family_name_sealed = std::string(row.bytes(9)),
                       .language = std::string(row.text(10)),
                       .time_zone = row.maybe_text(11).value_or(std::string{}),
                       .expires_at = row.instant(13)};
  });
}

std::optional<AccountId> find_unended_session(db::Snapshot& snapshot, std::string_view token_hash, Instant after) {
  return snapshot.find(kFindUnended, {db::Bytes{token_hash}, after},
                       [](const db::Row& row) { return row.id<AccountId>(0); });
}

void insert_session(db::Transaction& tx, const SessionRow& session, std::string_view token_hash, Instant expires_at) {
  const bool whole = session.standing == web::Standing::signed_in;
  tx.run(kInsert,
         {session.id, db::Bytes{token_hash}, session.account, whole ? "signed_in" : "half_signed_in", session.is_shared,
          session.proved_at, session.signed_in_at, session.previous_visit_at, expires_at, session.method,
          session.device ? db::Parameter(session.device) : db::Parameter(nullptr), session.browser, session.system,
          session.network,
          session.place_sealed.empty() ? db::Parameter(nullptr) : db::Parameter(db::Bytes{session.place_sealed})});
}

std::optional<RaisedSession> raise_session(db::Transaction& tx, SessionId half, std::string_view token_hash,
                                           Instant now, std::string_view method, Lifetimes ends) {
  const auto raised = tx.find(kRaise, {half, db::Bytes{token_hash}, now, ends.shared, ends.own, method},
                              [](const db::Row& row) { return RaisedSession{row.id<AccountId>(0), row.boolean(1)}; });
  if (raised) tx.run(kNoteSignedIn, {raised->account, now});
  return raised;
}

void set_session_device(db::Transaction& tx, SessionId session, DeviceId device) {
  if (device) tx.run(kSetDevice, {session, device});
}

std::optional<AccountId> reprove_session(db::Transaction& tx, SessionId session, std::string_view token_hash,
                                         Instant now, std::string_view method) {
  return tx.find(kReprove, {session, db::Bytes{token_hash}, now, method},
                 [](const db::Row& row) { return row.id<AccountId>(0); });
}

std::optional<AccountId> end_session(db::Transaction& tx, SessionId session, Instant now) {
  return tx.find(kEnd, {session, now}, [](const db::Row& row) { return row.id<AccountId>(0); });
}

bool end_session_of(db::Transaction& tx, AccountId account, SessionId session, Instant now) {
  return tx.run(kEndOf, {account, session, now}) == 1;
}

std::int64_t end_sessions(db::Transaction& tx, AccountId account, SessionId kept, Instant now) {
  return tx.run(kEndAll, {account, kept, now});
}

bool is_active(db::Snapshot& snapshot, AccountId account) { return snapshot.has(kVisitBefore, {account}); }

std::optional<VisitBefore> note_signed_in(db::Transaction& tx, AccountId account, Instant now) {
  auto before = tx.find(kVisitBefore, {account}, [](const db::Row& row) { return VisitBefore{row.maybe_instant(0)}; });
  if (before) tx.run(kNoteSignedIn, {account, now});
  return before;
}

std::vector<SessionRow> list_living_sessions(db::Snapshot& snapshot, AccountId account, Instant now) {
  return snapshot.list(kListLiving, {account, now}, [&](const db::Row& row) {
    return SessionRow{.id = row.id<SessionId>(0),
                      .account = account,
                      .standing = web::Standing::signed_in,
                      .is_shared = row.boolean(1),
                      .signed_in_at = row.instant(2),
                      .proved_at = row.instant(4),
                      .last_seen_at = row.instant(3),
                      .method = std::string(row.text(5)),
                      .device = row.is_null(6) ? DeviceId{} : row.id<DeviceId>(6),
                      .browser = std::string(row.text(7)),
                      .system = std::string(row.text(8)),
                      .network = std::string(row.text(9)),
                      .place_sealed = row.is_null(10) ? std::string{} : std::string(row.bytes(10))};
  });
}

void write_last_seen(db::Transaction& tx, std::span<const std::pair<SessionId, Instant>> seen) {
  for (const auto& [session, at] : seen) tx.run(kWriteLastSeen, {session, at});
}

void delete_sessions_of(db::Transaction& tx, AccountId account) { tx.run(kDeleteOf, {account}); }

void delete_old_sessions(db::Transaction& tx, Instant before) { tx.run(kDeleteOld, {before}); }

std::optional<AccountId> mark_returning(db::Transaction& tx, SessionId half, std::string_view token_hash, Instant now,
                                        Instant closed_after) {
  return tx.find(kMarkReturning, {half, db::Bytes{token_hash}, now, closed_after},
                 [](const db::Row& row) { return row.id<AccountId>(0); });
}

bool find_returning(db::Snapshot& snapshot, SessionId half, Instant now) {
  return snapshot.has(kFindReturning, {half, now});
}

void hold_account(db::Transaction& tx, AccountId account) { tx.run(kHold, {account}); }

void hold_account_of(db::Transaction& tx, SessionId session) { tx.run(kHoldOf, {session}); }

bool may_sign_in(db::Snapshot& snapshot, AccountId account, Instant closed_after) {
  return snapshot.has(kMaySignIn, {account, closed_after});
}

}  // namespace waymark::accounts
