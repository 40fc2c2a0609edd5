// The one choke point of officers' sessions: nothing else starts or ends one. As with people's, the database holds only
// a hash of the token, and the token changes at every proof. Threads: safe.
#pragma once

#include <string>

#include "db/database.hpp"
#include "features/accounts/client.hpp"
#include "features/accounts/sessions/last_seen.hpp"
#include "features/office/officer_store.hpp"
#include "platform/clock.hpp"
#include "platform/ids.hpp"
#include "platform/keys.hpp"
#include "platform/random.hpp"
#include "web/visitor.hpp"

namespace waymark::office {

// Everything random, and the time: made before the unit.
struct OfficeSessionKey {
  SessionId id{};
  std::string token{};  // goes into the cookie, and nowhere else
  std::string token_hash{};
  std::int64_t audit_id = 0;
  std::string network{};  // keyed hash of the client's network
  Instant now{};
};

class OfficeSessions final : public web::VisitorSource {
 public:
  // All outlive the sessions.
  OfficeSessions(const Clock& clock, Random& random, IdSource& ids, const KeyRing& keys, const Sealer& sealer,
                 const OfficerStore& officers);

  OfficeSessionKey make_key(const accounts::Client& client) const;

  // Until the unit ends, no other starts the officer's sessions, ends them all, or changes their keys.
  void hold(db::Transaction& tx, OfficerId officer) const;
  // False when the officer is not active.
  bool start(db::Transaction& tx, const OfficeSessionKey& key, OfficerId officer, std::string_view how) const;
  // A session proved again, under a new token. False when it ended meanwhile or is another officer's.
  bool prove_again(db::Transaction& tx, const OfficeSessionKey& key, OfficerId officer, SessionId session) const;
  void end(db::Transaction& tx, SessionId session, std::int64_t audit_id, Instant now) const;
  void end_all(db::Transaction& tx, OfficerId officer, Instant now) const;

  static std::string cookie(const OfficeSessionKey& key);  // ends with the browser
  static std::string end_cookie();

  // A session of an officer who was stopped, or whose role changed under it, is nobody's at the next request.
  web::Visitor find_visitor(const web::Request& request, db::Snapshot& snapshot) override;
  void keep_language(db::Database& database, const web::Visitor& visitor, std::string_view language) override;

  void write_last_seen(db::Database& database);
  void delete_lapsed(db::Database& database) const;

 private:
  const Clock& clock_;
  Random& random_;
  IdSource& ids_;
  const Sealer& sealer_;
  const OfficerStore& officers_;
  KeyedHash csrf_hash_, network_hash_;
  accounts::LastSeen last_seen_;
};

// "officer 12345": who did it, in the audit trail.
std::string officer_actor(OfficerId officer);

}  // namespace waymark::office
