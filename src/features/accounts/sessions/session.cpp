#include "features/accounts/sessions/session.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "features/accounts/account_store.hpp"
#include "features/accounts/devices/browser_name.hpp"
#include "features/accounts/devices/device_cookie.hpp"
#include "features/accounts/devices/device_store.hpp"
#include "features/accounts/limits.hpp"
#include "journal/audit.hpp"
#include "web/cookies.hpp"

namespace waymark::accounts {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kTokenLength = 43;  // of 32 bytes in base64url

SealPlace place_of(SessionId id) { return {.table = "sessions", .column = "place_sealed", .row = id.value}; }

Instant end_of(SharedComputer shared, Instant now) {
  return shared == SharedComputer::yes ? now + kSharedSessionLifetime : now + kSessionLifetime;
}

Instant idle_end_of(const SessionRow& session) {
  return session.last_seen_at + (session.is_shared ? kSharedSessionIdle : kSessionIdle);
}

void record_session(db::Transaction& tx, const SessionKey& key, AccountId account, std::string_view event,
                    std::string_view detail) {
  journal::record(tx, {.id = key.audit_id,
                       .at = key.now,
                       .event = event,
                       .account = account,
                       .detail = detail,
                       .network = key.network});
}

}  // namespace

Sessions::Sessions(const Clock& clock, Random& random, IdSource& ids, const KeyRing& keys, const Sealer& sealer,
                   const Notices& notices, const NetworkPlaces* places)
    : clock_(clock),
      random_(random),
      ids_(ids),
      sealer_(sealer),
      notices_(notices),
      places_(places),
      csrf_hash_(keys, "sessions.csrf"),
      network_hash_(keys, "accounts.network"),
      last_seen_(write_last_seen) {}

std::string Sessions::hash_network(std::string_view peer) const {
  return peer.empty() ? std::string{} : to_hex(network_hash_.of(web::network_of(peer)));
}

SessionKey Sessions::make_key(const Client& client) const {
  SessionKey key{.id = ids_.next<SessionId>(), .token = random_.token(kTokenBytes)};
  key.token_hash = sha256(key.token);
  key.audit_id = ids_.next_value();
  key.network = hash_network(client.peer);
  if (const auto place = places_ == nullptr ? std::string{} : places_->find(client.peer); !place.empty()) {
    key.place_sealed = sealer_.seal(place_of(key.id), place);
  }
  key.now = clock_.now();
  const auto name = browser_name(client.user_agent);
  key.browser = name.browser;
  key.system = name.system;
  key.device = ids_.next<DeviceId>();
  key.device_token = client.device_token.empty() ? random_.token(kDeviceTokenBytes) : client.device_token;
  key.device_token_hash = sha256(key.device_token);
  key.notice = notices_.make_key();
  return key;
}

void Sessions::hold(db::Transaction& tx, AccountId account) const { hold_account(tx, account); }

bool Sessions::start_half(db::Transaction& tx, const SessionKey& key, AccountId account, SharedComputer shared) const {
  hold(tx, account);
  if (!may_sign_in(tx, account, key.now - kClosedAccountKept)) return false;
  insert_session(tx,
                 {.id = key.id,
                  .account = account,
                  .standing = web::Standing::half_signed_in,
                  .is_shared = shared == SharedComputer::yes,
                  .proved_at = key.now,
                  .method = "password",
                  .browser = key.browser,
                  .system = key.system,
                  .network = key.network,
                  .place_sealed = key.place_sealed},
                 key.token_hash, key.now + kHalfSignedInLifetime);
  record_session(tx, key, account, "session.half_started", "password");
  return true;
}

bool Sessions::start_full(db::Transaction& tx, const SessionKey& key, AccountId account, SharedComputer shared,
                          std::string_view how) const {
  hold(tx, account);
  const auto before = note_signed_in(tx, account, key.now);
  if (!before) return false;
  const auto device = note_device_of(tx, key, account, shared, how);
  insert_session(tx,
                 {.id = key.id,
                  .account = account,
                  .standing = web::Standing::signed_in,
                  .is_shared = shared == SharedComputer::yes,
                  .signed_in_at = key.now,
                  .previous_visit_at = before->at,
                  .proved_at = key.now,
                  .method = std::string(how),
                  .device = device,
                  .browser = key.browser,
                  .system = key.system,
                  .network = key.network,
                  .place_sealed = key.place_sealed},
                 key.token_hash, end_of(shared, key.now));
  record_session(tx, key, account, "session.started", how);
  return true;
}

std::optional<AccountId> Sessions::raise(db::Transaction& tx, const SessionKey& key, SessionId half,
                                         std::string_view how) const {
  hold_account_of(tx, half);
  const auto raised =
      raise_session(tx, half, key.token_hash, key.now, how,
                    {.shared = end_of(SharedComputer::yes, key.now), .own = end_of(SharedComputer::no, key.now)});
  if (!raised) {
    const auto returning = mark_returning(tx, half, key.token_hash, key.now, key.now - kClosedAccountKept);
    if (returning) record_session(tx, key, *returning, "session.half_proved", how);
    return returning;
  }
  const auto shared = raised->is_shared ? SharedComputer::yes : SharedComputer::no;
  set_session_device(tx, half, note_device_of(tx, key, raised->account, shared, how));
  record_session(tx, key, raised->account, "session.started", how);
  return raised->account;
}

DeviceId Sessions::note_device_of(db::Transaction& tx, const SessionKey& key, AccountId account, SharedComputer shared,
                                  std::string_view how) const {
  DeviceSeen seen{.is_new = true};
  if (shared == SharedComputer::no) {
    seen = note_device(
        tx,
        {.id = key.device,
         .account = account,
         .browser = key.browser,
         .system = key.system,
         .signed_in_at = key.now,
         .remembered_until = key.remember_device ? std::optional(key.now + kDeviceRemembered) : std::nullopt},
        key.device_token_hash);
  }
  if (seen.is_new && how != "sign_up") {
    notices_.tell(tx, key.notice, account,
                  {.kind = shared == SharedComputer::yes ? "accounts.shared_sign_in" : "accounts.new_device",
                   .arguments = {{"browser", key.browser}, {"system", key.system}},
                   .link = LinkPurpose::not_me});
  }
  return seen.id;
}

std::optional<AccountId> Sessions::prove_again(db::Transaction& tx, const SessionKey& key, SessionId session,
                                               std::string_view how) const {
  const auto account = reprove_session(tx, session, key.token_hash, key.now, how);
  if (account) record_session(tx, key, *account, "session.proved_again", how);
  return account;
}

void Sessions::end(db::Transaction& tx, SessionId session, std::int64_t audit_id, Instant now) const {
  if (const auto account = end_session(tx, session, now)) {
    journal::record(tx, {.id = audit_id, .at = now, .event = "session.ended", .account = *account});
  }
}

std::int64_t Sessions::end_all(db::Transaction& tx, AccountId account, SessionId kept, std::int64_t audit_id,
                               Instant now) const {
  hold(tx, account);
  const auto ended = end_sessions(tx, account, kept, now);
  stop_remembering(tx, account);
  journal::record(tx, {.id = audit_id, .at = now, .event = "session.all_ended", .account = account});
  return ended;
}

std::string Sessions::cookie(const SessionKey& key) {
  return web::set_cookie(web::kSessionCookie, key.token, std::nullopt);
}

bool Sessions::end_elsewhere(db::Transaction& tx, AccountId account, SessionId session, std::int64_t audit_id,
                             Instant now) const {
  if (!end_session_of(tx, account, session, now)) return false;
  journal::record(
      tx, {.id = audit_id, .at = now, .event = "session.ended", .account = account, .detail = "from_elsewhere"});
  return true;
}

std::vector<SessionRow> Sessions::list_living(db::Snapshot& snapshot, AccountId account, Instant now) const {
  auto sessions = list_living_sessions(snapshot, account, now);
  for (auto& session : sessions) {
    session.last_seen_at = std::max(session.last_seen_at, last_seen_.find(session.id).value_or(session.last_seen_at));
  }
  for (auto& session : sessions) {
    if (!session.place_sealed.empty())
      session.place = sealer_.try_open(place_of(session.id), session.place_sealed).value_or(std::string{});
  }
  std::erase_if(sessions, [&](const SessionRow& session) { return now >= idle_end_of(session); });
  return sessions;
}

web::Response& Sessions::add_cookies(web::Response& response, const SessionKey& key, SharedComputer shared) {
  response.with_cookie(cookie(key));
  if (shared == SharedComputer::no) response.with_cookie(device_cookie(key.device_token));
  return response;
}

std::string Sessions::end_cookie() { return web::clear_cookie(web::kSessionCookie); }

web::Visitor Sessions::find_visitor(const web::Request& request, db::Snapshot& snapshot) {
  const auto token = request.cookie(web::kSessionCookie);
  if (!token || token->size() != kTokenLength) return {};
  const auto now = clock_.now();
  auto view = find_session(snapshot, sha256(*token), now);
  if (!view) return {};
  auto& session = view->session;
  session.last_seen_at = std::max(session.last_seen_at, last_seen_.find(session.id).value_or(session.last_seen_at));
  if (now >= idle_end_of(session)) return {};
  if (web::is_activity(request)) {
    last_seen_.note(session.id, now);
    session.last_seen_at = now;
  }
  web::Visitor visitor{.standing = session.standing,
                       .account = session.account,
                       .session = session.id,
                       .csrf_secret = csrf_hash_.of(*token),
                       .language = std::move(view->language),
                       .time_zone = std::move(view->time_zone),
                       .previous_visit = session.previous_visit_at,
                       .signed_in_at = session.signed_in_at.value_or(Instant{}),
                       .proved_at = session.proved_at,
                       .is_shared_computer = session.is_shared,
                       .idle_ends_at = idle_end_of(session),
                       .ends_at = view->expires_at};
  if (session.method == kByRememberedDevice) {
    visitor.proved_at = Instant{};
    visitor.owes_second_factor = true;
  }
  if (session.standing == web::Standing::signed_in) {
    visitor.given_name = open_called_name(sealer_, session.account, view->given_name_sealed, view->family_name_sealed);
  }
  return visitor;
}

web::Visitor Sessions::find_lapsed_visitor(const web::Request& request, db::Snapshot& snapshot) const {
  const auto token = request.cookie(web::kSessionCookie);
  if (!token || token->size() != kTokenLength) return {};
  const auto account = find_unended_session(snapshot, sha256(*token), clock_.now() - kLapsedSessionDrafts);
  if (!account) return {};
  return {.account = *account, .csrf_secret = csrf_hash_.of(*token)};
}

void Sessions::keep_language(db::Database& database, const web::Visitor& visitor, std::string_view language) {
  database.write([&](db::Transaction& tx) { set_account_language(tx, visitor.account, language); });
}

}  // namespace waymark::accounts
