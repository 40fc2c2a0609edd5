#include "features/accounts/sign_in/sign_in.hpp"

#include "base/email.hpp"
#include "features/accounts/factors/password.hpp"
#include "features/accounts/sign_in/sign_in_lock.hpp"
#include "features/accounts/sign_in/texted_code.hpp"
#include "features/accounts/sign_up/sign_up.hpp"
#include "web/request.hpp"

namespace waymark::accounts {
namespace {

std::unexpected<Failure> refuse_sign_in() {
  Failure failure{.kind = FailureKind::bad_input, .message = {"accounts.error.sign_in_wrong", {}}};
  failure.fields.push_back({"email", {"accounts.error.sign_in_wrong_email", {}}});
  failure.fields.push_back({"password", {"accounts.error.sign_in_wrong_password", {}}});
  return std::unexpected(std::move(failure));
}

// The three ways a stranger's guesses are counted: from one network, at one account from one network, at one account.
struct SignInPlaces {
  TryPlace network, account_from_network, account;

  // True when it was the account's last try.
  bool wrong_in(db::Transaction& tx, Instant now) {
    network.wrong_in(tx, now);
    account_from_network.wrong_in(tx, now);
    return account.wrong_in(tx, now);
  }
  void right_in(db::Transaction& tx, Instant now) {
    network.right_in(tx, now);  // frees the place; this limit is never cleared
    account_from_network.right_in(tx, now);
    account.right_in(tx, now);
  }
  void give_back_in(db::Transaction& tx, Instant now) {
    network.give_back_in(tx, now);
    account_from_network.give_back_in(tx, now);
    account.give_back_in(tx, now);
  }
};

Result<SignInPlaces> reserve_places(Accounts& accounts, std::string_view canonical, std::string_view peer) {
  const std::string network = web::network_of(peer);
  const std::string from_network = fmt::format("{} {}", canonical, network);
  auto places = accounts.throttle.reserve_all({{kNetworkTries, network},
                                               {kSignInTriesFromNetwork, from_network},
                                               {kSignInTries, canonical, "accounts.error.sign_in_locked"}});
  if (!places) return refuse(places.error());
  return SignInPlaces{std::move((*places)[0]), std::move((*places)[1]), std::move((*places)[2])};
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
  if (claimed.record && claimed.record->state == AccountState::closed) claimed.record.reset();
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

Result<SignedIn> go_on_with_sign_up(Accounts& accounts, const UnfinishedSignUp& unfinished, SignInPlaces& places) {
  const auto token = continue_sign_up_after_password(accounts, unfinished);
  if (!token) {
    give_back(accounts, places);
    return refuse_sign_in();
  }
  const auto now = accounts.parts.clock.now();
  accounts.parts.database.write([&](db::Transaction& tx) { places.right_in(tx, now); });
  return SignedIn{.session = std::nullopt, .sign_up_token = *token};
}

Result<SignedIn> start_session(Accounts& accounts, const SignInRequest& request, const SignInRecord& record,
                               const std::string& password, SignInPlaces& places) {
  const auto fresh_hash = rehashed(accounts, record, password);
  const auto key = accounts.sessions.make_key(request.client);
  const bool started = accounts.parts.database.write([&](db::Transaction& tx) {
    if (!accounts.sessions.start_half(tx, key, record.id, request.shared)) return false;
    // Only over the hash that was checked: the password may have been chosen anew meanwhile.
    if (fresh_hash && accounts.store.find_password_hash(tx, record.id) == record.password_hash) {
      accounts.store.replace_password_hash(tx, record.id, *fresh_hash);
    }
    places.right_in(tx, key.now);
    return true;
  });
  if (!started) {
    give_back(accounts, places);
    const bool is_owners = accounts.store.is_locked_by_owner(*accounts.parts.database.snapshot(), record.id);
    return refuse(FailureKind::forbidden, is_owners && record.state == AccountState::active
                                              ? "accounts.error.locked_by_owner"
                                              : "accounts.error.locked_by_agency");
  }
  return SignedIn{.session = key};
}

}  // namespace

Result<SignedIn> sign_in(Accounts& accounts, const SignInRequest& request) {
  const auto email = parse_email(request.email);
  if (!email) return refuse_field("email", "accounts.error.email_form");
  if (request.password.empty()) return refuse_field("password", "accounts.error.password_missing");
  const auto password = normal_password(request.password);
  if (!password) return refuse_sign_in();

  auto places = reserve_places(accounts, email->canonical, request.client.peer);
  if (!places) return refuse(places.error());
  const auto claimed = find_claimed(accounts, *email);
  const auto is_right = accounts.parts.hasher.is_right(*password, claimed.encoded());
  if (!is_right) {
    give_back(accounts, *places);
    return refuse(is_right.error());
  }
  if (!*is_right) {
    const auto now = accounts.parts.clock.now();
    const bool is_locked_now =
        accounts.parts.database.write([&](db::Transaction& tx) { return places->wrong_in(tx, now); });
    if (is_locked_now) {
      record_lock(accounts, claimed.record ? std::optional(claimed.record->id) : std::nullopt, kSignInLock);
    }
    return refuse_sign_in();
  }
  if (!claimed.record) return go_on_with_sign_up(accounts, *claimed.unfinished, *places);
  return start_session(accounts, request, *claimed.record, *password, *places);
}

Result<void> check_password(Accounts& accounts, AccountId account, std::string_view password) {
  const auto normal = normal_password(password);
  if (password.empty()) return refuse_field("password", "accounts.error.password_missing");
  if (!normal) return refuse_field("password", "accounts.error.password_wrong");
  // The snapshot is let go before anything waits: for a place, or for the hasher.
  const auto encoded = accounts.store.find_password_hash(*accounts.parts.database.snapshot(), account);
  if (!encoded) return refuse(FailureKind::unauthorized, "accounts.error.sign_in_anew");
  auto place = accounts.throttle.reserve(kProveAgainTries, std::to_string(account.value));
  if (!place) return refuse(place.error());
  const auto is_right = accounts.parts.hasher.is_right(*normal, *encoded);
  if (!is_right) {
    place->give_back();
    return refuse(is_right.error());
  }
  if (*is_right) {
    place->right();
    return {};
  }
  if (place->wrong()) record_lock(accounts, account, kProveAgainLock);
  return refuse_field("password", "accounts.error.password_wrong");
}

void forget_failed_tries(const Accounts& accounts, db::Transaction& tx, AccountId account, std::string_view canonical) {
  const std::string subject = std::to_string(account.value);
  accounts.throttle.clear(tx, kSignInTries, canonical);
  accounts.throttle.clear(tx, kProveAgainTries, subject);
  accounts.throttle.clear(tx, kSecondFactorTries, subject);
  accounts.throttle.clear(tx, kSignInCodeTries, texted_code_subject(account));
  for (const auto way : {SecondFactor::totp, SecondFactor::phone, SecondFactor::backup_code}) {
    accounts.throttle.clear(tx, kAuthenticatorTries, authenticator_subject(account, way));
  }
}

}  // namespace waymark::accounts
