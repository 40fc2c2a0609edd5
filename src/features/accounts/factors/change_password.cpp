#include "features/accounts/factors/change_password.hpp"

#include "features/accounts/factors/password.hpp"
#include "features/accounts/sign_in/sign_in.hpp"
#include "features/accounts/sign_in/sign_in_places.hpp"
#include "journal/audit.hpp"

namespace waymark::accounts {
namespace {

// Rolls the unit back: the session ended meanwhile.
struct SessionGone {};

Result<void> check_current(Accounts& accounts, const ChangePasswordRequest& request) {
  auto checked = check_password(accounts, request.account, request.current_password);
  if (checked) return {};
  for (auto& [field, message] : checked.error().fields) field = "current_password";
  return refuse(std::move(checked).error());
}

// What the change is made of; everything random, hashed, and the time, before the unit.
struct Change {
  SessionKey key{};
  NoticeKey notice{};
  std::int64_t change_id = 0, ending_id = 0;
  std::string hash_before{}, hash{};
  Email email{};
};

// False when the password was changed elsewhere meanwhile.
bool apply(const Accounts& accounts, db::Transaction& tx, const ChangePasswordRequest& request, const Change& change) {
  const auto account = request.account;
  accounts.sessions.hold(tx, account);
  if (accounts.store.find_password_hash(tx, account).value_or(std::string{}) != change.hash_before) return false;
  accounts.store.replace_password_hash(tx, account, change.hash);
  const auto now = change.key.now;
  accounts.sessions.end_all(tx, account, request.session, change.ending_id, now);
  if (accounts.sessions.prove_again(tx, change.key, request.session, "password") != account) throw SessionGone{};
  forget_password_tries(accounts, tx, account, change.email.canonical);
  journal::record(tx, {.id = change.change_id,
                       .at = now,
                       .event = "password.changed",
                       .account = account,
                       .network = change.key.network});
  accounts.notices.tell(tx, change.notice, account, {.kind = "accounts.password_changed", .link = LinkPurpose::not_me});
  return true;
}

}  // namespace

bool has_password(const Accounts& accounts, db::Snapshot& snapshot, AccountId account) {
  return !accounts.store.find_password_hash(snapshot, account).value_or(std::string{}).empty();
}

std::vector<std::string> password_hints(const Accounts& accounts, const Profile& profile) {
  const auto& brand = accounts.parts.catalogue.brand();
  std::vector<std::string> hints{profile.email.address, profile.given_name, profile.family_name,
                                 brand.agency_name,     brand.short_name,   "waymark"};
  std::erase(hints, "");
  return hints;
}

Result<SessionKey> change_password(Accounts& accounts, const ChangePasswordRequest& request) {
  auto& parts = accounts.parts;
  const auto [profile, hash_before] = [&] {
    const auto snapshot = parts.database.snapshot();
    return std::pair(accounts.store.load_profile(*snapshot, request.account),
                     accounts.store.find_password_hash(*snapshot, request.account).value_or(std::string{}));
  }();
  // The new one first: a typing error there must not cost a try.
  const auto chosen = check_new_password(request.password, password_hints(accounts, profile), accounts.parts.breached);
  if (!chosen) return refuse(chosen.error());
  if (!hash_before.empty()) {
    if (auto current = check_current(accounts, request); !current) return refuse(std::move(current).error());
    if (normal_password(request.current_password) == chosen->normal) {
      return refuse_field("password", "accounts.error.password_same");
    }
  }
  auto hash = parts.hasher.hash(chosen->normal);
  if (!hash) return refuse(hash.error());
  const Change change{.key = accounts.sessions.make_key(request.client),
                      .notice = accounts.notices.make_key(),
                      .change_id = parts.ids.next_value(),
                      .ending_id = parts.ids.next_value(),
                      .hash_before = hash_before,
                      .hash = std::move(*hash),
                      .email = profile.email};
  try {
    if (parts.database.write([&](db::Transaction& tx) { return apply(accounts, tx, request, change); })) {
      accounts.wake_deliverer();
      return change.key;
    }
  } catch (const SessionGone&) {
  }
  return refuse(FailureKind::unauthorized, "accounts.error.sign_in_anew");
}

}  // namespace waymark::accounts
