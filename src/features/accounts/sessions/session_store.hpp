// The table of sessions. Only session.cpp writes through it: the one choke point.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/database.hpp"
#include "features/accounts/devices/device.hpp"
#include "web/visitor.hpp"

namespace waymark::accounts {

struct SessionRow {
  SessionId id{};
  AccountId account{};
  web::Standing standing = web::Standing::half_signed_in;
  bool is_shared = false;
  std::optional<Instant> signed_in_at{};
  std::optional<Instant> previous_visit_at{};
  Instant proved_at{};
  Instant last_seen_at{};
  std::string method{};  // what it was begun with: "totp", "backup_code", "passkey", "sign_up" …; half: "password"
  DeviceId device{};     // none on a shared computer
  std::string browser{}, system{};
  std::string network{};       // keyed hash, hex
  std::string place_sealed{};  // empty: not known
  std::string place{};         // opened, as NetworkPlaces gives it; only where sessions are listed
};

// A living session of an account that nobody locked, with what every page needs of that account.
struct SessionView {
  SessionRow session{};
  std::string given_name_sealed{}, family_name_sealed{};
  std::string language{};
  std::string time_zone{};  // empty: none chosen
  Instant expires_at{};     // whatever is done until then
};

std::optional<SessionView> find_session(db::Snapshot& snapshot, std::string_view token_hash, Instant now);

// The account of a whole session that nobody ended, whether it lapsed or not, and that lasted beyond `after`.
std::optional<AccountId> find_unended_session(db::Snapshot& snapshot, std::string_view token_hash, Instant after);

void insert_session(db::Transaction& tx, const SessionRow& session, std::string_view token_hash, Instant expires_at);
// When a session raised now ends, on a shared computer and on one's own.
struct Lifetimes {
  Instant shared{}, own{};
};
// A half signed-in session of an active account becomes a whole one, under a new token; the account's last sign-in
// moves on. None when there is no such session any more.
struct RaisedSession {
  AccountId account{};
  bool is_shared = false;
};
std::optional<RaisedSession> raise_session(db::Transaction& tx, SessionId half, std::string_view token_hash,
                                           Instant now, std::string_view method, Lifetimes ends);
void set_session_device(db::Transaction& tx, SessionId session, DeviceId device);
// A whole session proved again: new token, new moment of proof. One that a remembered device began takes no password
// for it, and gets the method that was given.
std::optional<AccountId> reprove_session(db::Transaction& tx, SessionId session, std::string_view token_hash,
                                         Instant now, std::string_view method);
std::optional<AccountId> end_session(db::Transaction& tx, SessionId session, Instant now);
// The same for one that is this account's; false when there is none.
bool end_session_of(db::Transaction& tx, AccountId account, SessionId session, Instant now);
// All living ones of the account but `kept`. How many.
std::int64_t end_sessions(db::Transaction& tx, AccountId account, SessionId kept, Instant now);

// A half session of a closed account whose second factor is proved: it may only open the account again.
std::optional<AccountId> mark_returning(db::Transaction& tx, SessionId half, std::string_view token_hash, Instant now,
                                        Instant closed_after);
bool find_returning(db::Snapshot& snapshot, SessionId half, Instant now);
// Keeps other units that start or end sessions of the account waiting until this one is done.
void hold_account(db::Transaction& tx, AccountId account);
void hold_account_of(db::Transaction& tx, SessionId session);
// May somebody with the right password go on to the second factor? Active, or closed after that moment.
bool may_sign_in(db::Snapshot& snapshot, AccountId account, Instant closed_after);

bool is_active(db::Snapshot& snapshot, AccountId account);
// Sets the account's last sign-in; gives the one before. None when the account is not active.
struct VisitBefore {
  std::optional<Instant> at{};
};
std::optional<VisitBefore> note_signed_in(db::Transaction& tx, AccountId account, Instant now);

// The newest first; whole ones only.
std::vector<SessionRow> list_living_sessions(db::Snapshot& snapshot, AccountId account, Instant now);

void write_last_seen(db::Transaction& tx, std::span<const std::pair<SessionId, Instant>> seen);
void delete_old_sessions(db::Transaction& tx, Instant before);
// Of an account that is erased.
void delete_sessions_of(db::Transaction& tx, AccountId account);

}  // namespace waymark::accounts
