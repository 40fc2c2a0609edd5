// The one choke point of sessions: nothing else starts, raises or ends one. The database holds only a hash of the
// token; the token changes at every step up. Threads: safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "features/accounts/client.hpp"
#include "features/accounts/devices/device.hpp"
#include "features/accounts/notices/notices.hpp"
#include "features/accounts/sessions/last_seen.hpp"
#include "features/accounts/sessions/session_store.hpp"
#include "platform/clock.hpp"
#include "platform/ids.hpp"
#include "platform/keys.hpp"
#include "platform/network_places.hpp"
#include "platform/random.hpp"
#include "platform/sealer.hpp"
#include "web/response.hpp"
#include "web/visitor.hpp"

namespace waymark::accounts {

enum class SharedComputer { no, yes };

// The method of a session that a remembered device began: the password alone, so that a delicate act asks for a second
// factor first.
inline constexpr std::string_view kByRememberedDevice = "remembered_device";

// What a session is started or raised with: everything random and the time, made before the unit.
struct SessionKey {
  SessionId id{};
  std::string token{};       // goes into the cookie, and nowhere else
  std::string token_hash{};  // SHA-256
  std::int64_t audit_id = 0;
  std::string network{};  // keyed hash of the client's network, for the audit trail
  Instant now{};
  std::string browser{}, system{};
  std::string place_sealed{};  // of the network, bound to `id`; empty: not known
  // The browser as a device of the account: known by the cookie that came, or under a fresh token.
  DeviceId device{};
  std::string device_token{}, device_token_hash{};
  bool remember_device = false;  // stands for the second factor from now on; never on a shared computer
  NoticeKey notice{};            // for telling of a device that the account was never on
};

class Sessions final : public web::VisitorSource {
 public:
  // All outlive the sessions.
  Sessions(const Clock& clock, Random& random, IdSource& ids, const KeyRing& keys, const Sealer& sealer,
           const Notices& notices, const NetworkPlaces* places = nullptr);  // null: places are not known

  // For the audit trail: the client's network, keyed; hex, empty when there is none.
  std::string hash_network(std::string_view peer) const;

  // Call before the unit; one key for one start, raise or proof.
  SessionKey make_key(const Client& client) const;

  // Until the unit ends, no other starts, raises or ends all sessions of the account. Whoever starts one because of
  // something that also ends sessions when it changes (a password) holds the account first, then reads it.
  void hold(db::Transaction& tx, AccountId account) const;

  // The password was right, the second factor is still owed. False when the account is neither active nor one that its
  // owner closed and may open again.
  bool start_half(db::Transaction& tx, const SessionKey& key, AccountId account, SharedComputer shared) const;
  // Everything was proved at once (a finished sign-up, a passkey). `how` is a constant for the audit trail.
  bool start_full(db::Transaction& tx, const SessionKey& key, AccountId account, SharedComputer shared,
                  std::string_view how) const;
  // The second factor was right: the half session becomes a whole one under key.token; key.id is not used. None when it
  // was raised, ended or lapsed meanwhile, or the account was locked: sign in again.
  // Of a closed account the session stays half, and may open the account again (closing/): find_returning.
  std::optional<AccountId> raise(db::Transaction& tx, const SessionKey& key, SessionId half,
                                 std::string_view how) const;
  // Step-up: a whole session proved again, under a new token. None when it ended meanwhile, or when a password alone is
  // too little for it (kByRememberedDevice); with any other proof it is as if it had begun with that.
  std::optional<AccountId> prove_again(db::Transaction& tx, const SessionKey& key, SessionId session,
                                       std::string_view how) const;
  void end(db::Transaction& tx, SessionId session, std::int64_t audit_id, Instant now) const;
  // Every session of the account but `kept` ("sign out everywhere"; all of them when it is none). No device stands for
  // a second factor afterwards.
  std::int64_t end_all(db::Transaction& tx, AccountId account, SessionId kept, std::int64_t audit_id,
                       Instant now) const;
  // One that its owner ends from elsewhere. False when the account has no such living session.
  bool end_elsewhere(db::Transaction& tx, AccountId account, SessionId session, std::int64_t audit_id,
                     Instant now) const;

  // The living whole ones, the newest first, each with the moment it was last used.
  std::vector<SessionRow> list_living(db::Snapshot& snapshot, AccountId account, Instant now) const;

  // The session's cookie, for one just started half, raised or proved again; it ends with the browser.
  static std::string cookie(const SessionKey& key);
  // The same for a whole session just begun, and the cookie by which the browser is known again; none is left on a
  // shared computer.
  static web::Response& add_cookies(web::Response& response, const SessionKey& key, SharedComputer shared);
  static std::string end_cookie();

  // One query on a warm path. A navigation or a POST counts as activity; other requests (live pages, images) don't.
  web::Visitor find_visitor(const web::Request& request, db::Snapshot& snapshot) override;

  // The account whose session lapsed by itself (unused for too long, or at its end) within the last hours: a stranger
  // who may only leave behind what was typed. Nobody for a session that somebody ended.
  web::Visitor find_lapsed_visitor(const web::Request& request, db::Snapshot& snapshot) const;

  void keep_language(db::Database& database, const web::Visitor& visitor, std::string_view language) override;

  LastSeen& last_seen() { return last_seen_; }

 private:
  // The browser becomes a device of the account, or is seen again; an owner who never was on it is told.
  DeviceId note_device_of(db::Transaction& tx, const SessionKey& key, AccountId account, SharedComputer shared,
                          std::string_view how) const;
  const Clock& clock_;
  Random& random_;
  IdSource& ids_;
  const Sealer& sealer_;
  const Notices& notices_;
  const NetworkPlaces* places_;
  KeyedHash csrf_hash_;
  KeyedHash network_hash_;
  LastSeen last_seen_;
};

}  // namespace waymark::accounts
