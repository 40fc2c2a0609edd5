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

Instant end_of(SharedComputer shared, Instant now) {
  return shared == SharedComputer::yes ? now + kSharedSessionLifetime : now + kSessionLifetime;
}

// Live pages, pictures and scripts ask by themselves; a person moves by navigating and by posting. Browsers that don't
// say (no Sec-Fetch-Mode) are taken as people.
bool is_activity(const web::Request& request) {
  const auto mode = request.header("sec-fetch-mode");
  return request.method == web::Method::post || mode.empty() || mode == "navigate";
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
                   const Notices& notices)
    : clock_(clock),
      random_(random),
      ids_(ids),
      sealer_(sealer),
      notices_(notices),
      csrf_hash_(keys, "sessions.csrf"),
      network_hash_(keys, "accounts.network") {}

SessionKey Sessions::make_key(const Client& client) const {
  SessionKey key{.id = ids_.next<SessionId>(), .token = random_.token(kTokenBytes)};
  key.token_hash = sha256(key.token);
  key.audit_id = ids_.next_value();
  key.network = client.peer.empty() ? std::string{} : to_hex(network_hash_.of(web::network_of(client.peer)));
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

bool Sessions::start_half(db::Transaction& tx, const SessionKey& key, AccountId account, SharedComputer shared) const {
  if (!is_active(tx, account)) return false;
  insert_session(tx,
                 {.id = key.id,
                  .account = account,
                  .standing = web::Standing::half_signed_in,
                  .is_shared = shared == SharedComputer::yes,
                  .proved_at = key.now,
                  .method = "password",
                  .browser = key.browser,
                  .system = key.system,
                  .network = key.network},
                 key.token_hash, key.now + kHalfSignedInLifetime);
  record_session(tx, key, account, "session.half_started", "password");
  return true;
}

bool Sessions::start_full(db::Transaction& tx, const SessionKey& key, AccountId account, SharedComputer shared,
                          std::string_view how) const {
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
                  .network = key.network},
                 key.token_hash, end_of(shared, key.now));
  record_session(tx, key, account, "session.started", how);
  return true;
}

std::optional<AccountId> Sessions::raise(db::Transaction& tx, const SessionKey& key, SessionId half,
                                         std::string_view how) const {
  const auto raised =
      raise_session(tx, half, key.token_hash, key.now, how,
                    {.shared = end_of(SharedComputer::yes, key.now), .own = end_of(SharedComputer::no, key.now)});
  if (!raised) return std::nullopt;
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
  const auto account = reprove_session(tx, session, key.token_hash, key.now);
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
  const auto ended = end_sessions(tx, account, kept, now);
  journal::record(tx, {.id = audit_id, .at = now, .event = "session.all_ended", .account = account});
  return ended;
}

std::string Sessions::cookie(const SessionKey& key) {
  return web::set_cookie(web::kSessionCookie, key.token, std::nullopt);
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
  const auto& session = view->session;
  const auto seen = std::max(session.last_seen_at, last_seen_.find(session.id).value_or(session.last_seen_at));
  if (now >= seen + (session.is_shared ? kSharedSessionIdle : kSessionIdle)) return {};
  if (is_activity(request)) last_seen_.note(session.id, now);
  web::Visitor visitor{.standing = session.standing,
                       .account = session.account,
                       .session = session.id,
                       .csrf_secret = csrf_hash_.of(*token),
                       .language = std::move(view->language),
                       .time_zone = std::move(view->time_zone),
                       .previous_visit = session.previous_visit_at,
                       .signed_in_at = session.signed_in_at.value_or(Instant{}),
                       .proved_at = session.proved_at,
                       .is_shared_computer = session.is_shared};
  if (session.standing == web::Standing::signed_in) {
    visitor.given_name = open_called_name(sealer_, session.account, view->given_name_sealed, view->family_name_sealed);
  }
  return visitor;
}

void Sessions::keep_language(db::Database& database, const web::Visitor& visitor, std::string_view language) {
  database.write([&](db::Transaction& tx) { set_account_language(tx, visitor.account, language); });
}

}  // namespace waymark::accounts
