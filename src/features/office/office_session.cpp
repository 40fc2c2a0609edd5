#include "features/office/office_session.hpp"

#include "base/assert.hpp"
#include "base/text.hpp"
#include "features/office/limits.hpp"
#include "journal/audit.hpp"
#include "web/cookies.hpp"

namespace waymark::office {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kTokenLength = 43;  // of 32 bytes in base64url

constexpr db::Query kInsert{"office_sessions.insert",
                            "INSERT INTO office_sessions (id, token_hash, officer, created_at, proved_at, "
                            "last_seen_at, expires_at) SELECT $1, $2, o.id, $4, $4, $4, $5 FROM officers o "
                            "WHERE o.id = $3 AND o.state = 'active'"};
// Held while a session is started, so that stopping an officer and their signing in take turns.
constexpr db::Query kHold{"office_sessions.hold", "UPDATE officers SET language = language WHERE id = $1"};
constexpr db::Query kReprove{"office_sessions.reprove",
                             "UPDATE office_sessions SET token_hash = $3, proved_at = $4, last_seen_at = $4 "
                             "WHERE id = $1 AND officer = $2 AND ended_at IS NULL AND expires_at > $4"};
constexpr db::Query kEnd{"office_sessions.end",
                         "UPDATE office_sessions SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL "
                         "RETURNING officer"};
constexpr db::Query kEndAll{"office_sessions.end_all",
                            "UPDATE office_sessions SET ended_at = $2 WHERE officer = $1 AND ended_at IS NULL"};
constexpr db::Query kFind{"office_sessions.find",
                          "SELECT s.id, s.officer, s.created_at, s.proved_at, s.last_seen_at, s.expires_at, "
                          "o.name_sealed, o.role, o.unit, o.language FROM office_sessions s "
                          "JOIN officers o ON o.id = s.officer WHERE s.token_hash = $1 AND s.ended_at IS NULL "
                          "AND s.expires_at > $2 AND o.state = 'active'"};
constexpr db::Query kSeen{"office_sessions.seen",
                          "UPDATE office_sessions SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2"};
constexpr db::Query kDeleteOld{"office_sessions.delete_old", "DELETE FROM office_sessions WHERE expires_at < $1"};

void write_seen(db::Transaction& tx, std::span<const std::pair<SessionId, Instant>> seen) {
  for (const auto& [session, at] : seen) tx.run(kSeen, {session, at});
}

}  // namespace

std::string officer_actor(OfficerId officer) { return fmt::format("officer {}", officer.value); }

OfficeSessions::OfficeSessions(const Clock& clock, Random& random, IdSource& ids, const KeyRing& keys,
                               const Sealer& sealer, const OfficerStore& officers)
    : clock_(clock),
      random_(random),
      ids_(ids),
      sealer_(sealer),
      officers_(officers),
      csrf_hash_(keys, "office_sessions.csrf"),
      network_hash_(keys, "accounts.network"),
      last_seen_(write_seen) {}

OfficeSessionKey OfficeSessions::make_key(const accounts::Client& client) const {
  OfficeSessionKey key{.id = ids_.next<SessionId>(), .token = random_.token(kTokenBytes)};
  key.token_hash = sha256(key.token);
  key.audit_id = ids_.next_value();
  if (!client.peer.empty()) key.network = to_hex(network_hash_.of(web::network_of(client.peer)));
  key.now = clock_.now();
  return key;
}

void OfficeSessions::hold(db::Transaction& tx, OfficerId officer) const { tx.run(kHold, {officer}); }

bool OfficeSessions::start(db::Transaction& tx, const OfficeSessionKey& key, OfficerId officer,
                           std::string_view how) const {
  hold(tx, officer);
  if (tx.run(kInsert, {key.id, db::Bytes{key.token_hash}, officer, key.now, key.now + kOfficeSessionLifetime}) != 1)
    return false;
  officers_.note_entry(tx, officer, key.now);
  const auto actor = officer_actor(officer);
  journal::record(tx, {.id = key.audit_id,
                       .at = key.now,
                       .event = "office.session_started",
                       .actor = actor,
                       .detail = how,
                       .network = key.network});
  return true;
}

bool OfficeSessions::prove_again(db::Transaction& tx, const OfficeSessionKey& key, OfficerId officer,
                                 SessionId session) const {
  if (tx.run(kReprove, {session, officer, db::Bytes{key.token_hash}, key.now}) != 1) return false;
  const auto actor = officer_actor(officer);
  journal::record(tx, {.id = key.audit_id,
                       .at = key.now,
                       .event = "office.session_proved_again",
                       .actor = actor,
                       .network = key.network});
  return true;
}

void OfficeSessions::end(db::Transaction& tx, SessionId session, std::int64_t audit_id, Instant now) const {
  const auto officer = tx.find(kEnd, {session, now}, [](const db::Row& row) { return row.id<OfficerId>(0); });
  if (!officer) return;
  const auto actor = officer_actor(*officer);
  journal::record(tx, {.id = audit_id, .at = now, .event = "office.session_ended", .actor = actor});
}

void OfficeSessions::end_all(db::Transaction& tx, OfficerId officer, Instant now) const {
  hold(tx, officer);
  tx.run(kEndAll, {officer, now});
}

std::string OfficeSessions::cookie(const OfficeSessionKey& key) {
  return web::set_cookie(web::kOfficeCookie, key.token, std::nullopt);
}

std::string OfficeSessions::end_cookie() { return web::clear_cookie(web::kOfficeCookie); }

web::Visitor OfficeSessions::find_visitor(const web::Request& request, db::Snapshot& snapshot) {
  const auto token = request.cookie(web::kOfficeCookie);
  if (!token || token->size() != kTokenLength) return {};
  const auto hash = sha256(*token);
  const auto now = clock_.now();
  web::Visitor visitor;
  Instant last_seen{};
  snapshot.each(kFind, {db::Bytes{hash}, now}, [&](const db::Row& row) {
    const auto officer = row.id<OfficerId>(1);
    const auto role = web::find_office_role(row.text(7));
    WAYMARK_ASSERT(role.has_value());
    visitor = {.standing = web::Standing::signed_in,
               .session = row.id<SessionId>(0),
               .csrf_secret = csrf_hash_.of(*token),
               .language = std::string(row.text(9)),
               .signed_in_at = row.instant(2),
               .proved_at = row.instant(3),
               .ends_at = row.instant(5),
               .seat = web::OfficeSeat{.officer = officer,
                                       .role = *role,
                                       .name = sealer_.open({"officers", "name_sealed", officer.value}, row.bytes(6)),
                                       .unit = std::string(row.text(8))}};
    last_seen = row.instant(4);
  });
  if (!visitor.seat) return {};
  last_seen = std::max(last_seen, last_seen_.find(visitor.session).value_or(last_seen));
  if (now >= last_seen + kOfficeSessionIdle) return {};
  if (web::is_activity(request)) {
    last_seen_.note(visitor.session, now);
    last_seen = now;
  }
  visitor.idle_ends_at = last_seen + kOfficeSessionIdle;
  return visitor;
}

void OfficeSessions::keep_language(db::Database& database, const web::Visitor& visitor, std::string_view language) {
  database.write([&](db::Transaction& tx) { officers_.set_language(tx, visitor.seat->officer, language); });
}

void OfficeSessions::write_last_seen(db::Database& database) { last_seen_.write_to(database); }

void OfficeSessions::delete_lapsed(db::Database& database) const {
  const auto now = clock_.now();
  database.write([&](db::Transaction& tx) { tx.run(kDeleteOld, {now}); }, db::Urgency::bulk);
}

}  // namespace waymark::office
