#include "features/accounts/sign_in/sign_in.hpp"

#include "base/email.hpp"
#include "features/accounts/devices/device_store.hpp"
#include "features/accounts/factors/password.hpp"
#include "features/accounts/sign_in/sign_in_lock.hpp"
#include "features/accounts/sign_in/sign_in_places.hpp"
#include "features/accounts/sign_in/texted_code.hpp"
#include "features/accounts/sign_up/sign_up.hpp"

namespace waymark::accounts {
namespace {

// A hash changes under our hands at most once or twice: when a raised cost is applied, and when it is chosen anew.
constexpr int kLooksMax = 4;

std::unexpected<Failure> refuse_sign_in() {
  Failure failure{.kind = FailureKind::bad_input, .message = {"accounts.error.sign_in_wrong", {}}};
  failure.fields.push_back({"email", {"accounts.error.sign_in_wrong_email", {}}});
  failure.fields.push_back({"password", {"accounts.error.sign_in_wrong_password", {}}});
  return std::unexpected(std::move(failure));
}

void give_back(Accounts& accounts, SignInPlaces& places) {
  const auto now = accounts.parts.clock.now();
  accounts.parts.database.write([&](db::Transaction& tx) { places.give_back_in(tx, now); });
}

// Who may have that address and password: an account, or a sign-up that was not finished, or nobody.
struct Claimed {
  std::optional<SignInRecord> record{};
  std::optional<UnfinishedSignUp> unfinished{};
  std::string_view encoded() const {
    return record ? record->password_hash : unfinished ? unfinished->password_hash : std::string_view{};
  }
};

// The same two reads whoever it is; one after the other, so that nobody holds a reader while waiting for another.
Claimed find_claimed(Accounts& accounts, const Email& email) {
  Claimed claimed;
  claimed.record = accounts.store.find_for_sign_in(*accounts.parts.database.snapshot(), email.canonical);
  claimed.unfinished = find_unfinished_sign_up(accounts, email);
  // Its owner may come back for a while; afterwards it is as if it had never been.
  if (claimed.record && claimed.record->state == AccountState::closed &&
      claimed.record->closed_at.value_or(Instant{}) <= accounts.parts.clock.now() - kClosedAccountKept) {
    claimed.record.reset();
  }
  if (claimed.record) claimed.unfinished.reset();
  return claimed;
}

// Raised costs reach a password the next time its owner types it.
std::optional<std::string> rehashed(Accounts& accounts, const SignInRecord& record, const std::string& password) {
  if (!accounts.parts.hasher.needs_rehash(record.password_hash)) return std::nullopt;
  auto fresh = accounts.parts.hasher.hash(password);
  if (!fresh) return std::nullopt;
  return std::move(*fresh);
}

std::unexpected<Failure> refuse_wrong_password(Accounts& accounts, const Claimed& claimed, SignInPlaces& places) {
  const auto now = accounts.parts.clock.now();
  const auto* lock = accounts.parts.database.write([&](db::Transaction& tx) { return places.wrong_in(tx, now); });
  if (lock != nullptr) {
    record_lock(accounts, claimed.record ? std::optional(claimed.record->id) : std::nullopt, *lock);
  }
  return refuse_sign_in();
}

Result<SignedIn> go_on_with_sign_up(Accounts& accounts, const UnfinishedSignUp& unfinished, SignInPlaces& places) {
  const auto token = continue_sign_up_after_password(accounts, unfinished);
  if (!token) {
    give_back(accounts, places);
    return refuse_sign_in();
  }
  const auto now = accounts.parts.clock.now();
  accounts.parts.database.write([&](db::Transaction& tx) { places.right_in(tx, now); });
  return SignedIn{.sign_up_token = *token};
}

enum class Start { refused, password_changed, half, whole };

// The browser need not give a second factor: its person chose so, lately enough, and has not taken it back.
bool is_remembered(db::Transaction& tx, const SessionKey& key, AccountId account) {
  const auto device = find_device(tx, account, key.device_token_hash);
  return device && device->remembered_until && key.now < *device->remembered_until;
}

struct Starting {
  Accounts& accounts;
  const SignInRequest& request;
  const SignInRecord& record;
  const std::string& password;

  Start start(db::Transaction& tx, const SessionKey& key, const std::optional<std::string>& fresh_hash) const {
    accounts.sessions.hold(tx, record.id);
    // Only with the hash that was checked: the password may have been chosen anew meanwhile.
    if (accounts.store.find_password_hash(tx, record.id) != record.password_hash) return Start::password_changed;
    const bool is_whole = request.shared == SharedComputer::no && is_remembered(tx, key, record.id);
    const bool is_started = is_whole
                                ? accounts.sessions.start_full(tx, key, record.id, request.shared, kByRememberedDevice)
                                : accounts.sessions.start_half(tx, key, record.id, request.shared);
    if (!is_started) return Start::refused;
    if (fresh_hash) accounts.store.replace_password_hash(tx, record.id, *fresh_hash);
    return is_whole ? Start::whole : Start::half;
  }
};

// None: the password was chosen anew, or hashed anew, since it was read. Look again.
std::optional<Result<SignedIn>> start_session(const Starting& starting, SignInPlaces& places) {
  auto& accounts = starting.accounts;
  const auto fresh_hash = rehashed(accounts, starting.record, starting.password);
  const auto key = accounts.sessions.make_key(starting.request.client);
  const auto start = accounts.parts.database.write([&](db::Transaction& tx) {
    const auto started = starting.start(tx, key, fresh_hash);
    if (started == Start::half || started == Start::whole) places.right_in(tx, key.now);
    return started;
  });
  if (start == Start::password_changed) return std::nullopt;
  if (start == Start::refused) {
    give_back(accounts, places);
    const auto& record = starting.record;
    const bool is_owners = accounts.store.is_locked_by_owner(*accounts.parts.database.snapshot(), record.id);
    return refuse(FailureKind::forbidden, is_owners && record.state == AccountState::active
                                              ? "accounts.error.locked_by_owner"
                                              : "accounts.error.locked_by_agency");
  }
  return SignedIn{.session = key, .is_whole = start == Start::whole};
}

}  // namespace

Result<SignedIn> sign_in(Accounts& accounts, const SignInRequest& request) {
  const auto email = parse_email(request.email);
  if (!email) return refuse_field("email", "accounts.error.email_form");
  if (request.password.empty()) return refuse_field("password", "accounts.error.password_missing");
  const auto password = normal_password(request.password);
  if (!password) return refuse_sign_in();

  const auto device = find_known_device(accounts, email->canonical, request.client);
  auto places = SignInPlaces::reserve(accounts, email->canonical, request.client.peer, device);
  if (!places) return refuse(places.error());
  for (int look = 0; look < kLooksMax; ++look) {
    const auto claimed = find_claimed(accounts, *email);
    const auto is_right = accounts.parts.hasher.is_right(*password, claimed.encoded());
    if (!is_right) {
      give_back(accounts, *places);
      return refuse(is_right.error());
    }
    if (!*is_right) return refuse_wrong_password(accounts, claimed, *places);
    if (!claimed.record) return go_on_with_sign_up(accounts, *claimed.unfinished, *places);
    auto signed_in = start_session({accounts, request, *claimed.record, *password}, *places);
    if (signed_in) return std::move(*signed_in);
  }
  give_back(accounts, *places);
  return refuse(FailureKind::unavailable, "web.error.busy");
}

Result<void> check_password(Accounts& accounts, AccountId account, std::string_view password) {
  const auto normal = normal_password(password);
  if (password.empty()) return refuse_field("password", "accounts.error.password_missing");
  if (!normal) return refuse_field("password", "accounts.error.password_wrong");
  // The snapshot is let go before anything waits: for a place, or for the hasher.
  const auto encoded = accounts.store.find_password_hash(*accounts.parts.database.snapshot(), account);
  if (!encoded) return refuse(FailureKind::unauthorized, "accounts.error.sign_in_anew");
  auto places =
      accounts.throttle.reserve_all({{kProveAgainTries, std::to_string(account.value)},
                                     {kPasswordTries, signed_in_subject(account), "accounts.error.password_off_here"}});
  if (!places) return refuse(places.error());
  const auto is_right = accounts.parts.hasher.is_right(*normal, *encoded);
  if (!is_right) {
    give_back_all(*places);
    return refuse(is_right.error());
  }
  const auto now = accounts.parts.clock.now();
  if (*is_right) {
    accounts.parts.database.write([&](db::Transaction& tx) {
      for (auto& place : *places) place.right_in(tx, now);
    });
    return {};
  }
  const auto* lock = accounts.parts.database.write([&](db::Transaction& tx) -> const LockKind* {
    const bool is_locked = (*places)[0].wrong_in(tx, now);
    if ((*places)[1].wrong_in(tx, now)) return &kPasswordOff;
    return is_locked ? &kProveAgainLock : nullptr;
  });
  if (lock != nullptr) record_lock(accounts, account, *lock);
  return refuse_field("password", "accounts.error.password_wrong");
}

void forget_failed_tries(const Accounts& accounts, db::Transaction& tx, AccountId account, std::string_view canonical) {
  forget_password_tries(accounts, tx, account, canonical);
  accounts.throttle.clear(tx, kSecondFactorTries, std::to_string(account.value));
  accounts.throttle.clear(tx, kSignInCodeTries, texted_code_subject(account));
  for (const auto way : {SecondFactor::totp, SecondFactor::phone, SecondFactor::backup_code}) {
    accounts.throttle.clear(tx, kAuthenticatorTries, authenticator_subject(account, way));
  }
}

}  // namespace waymark::accounts
