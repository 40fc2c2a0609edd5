#include "features/accounts/sign_in.hpp"

#include "base/email.hpp"
#include "base/text.hpp"
#include "features/accounts/backup_codes.hpp"
#include "features/accounts/sign_up.hpp"
#include "journal/audit.hpp"
#include "platform/totp.hpp"
#include "web/request.hpp"

namespace waymark::accounts {
namespace {

constexpr std::size_t kTypedBytesMax = 4 * kPasswordLengthMax;

std::unexpected<Failure> refuse_sign_in() {
  Failure failure{.kind = FailureKind::bad_input, .message = {"accounts.error.sign_in_wrong", {}}};
  failure.fields.push_back({"email", {"accounts.error.sign_in_wrong_email", {}}});
  failure.fields.push_back({"password", {"accounts.error.sign_in_wrong_password", {}}});
  return std::unexpected(std::move(failure));
}

// The three ways a stranger's guesses are counted: from one network, at one account from one network, at one account.
struct SignInPlaces {
  TryPlace network, account_from_network, account;

  void wrong() {
    network.wrong();
    account_from_network.wrong();
    account.wrong();
  }
  void give_back() {
    network.give_back();
    account_from_network.give_back();
    account.give_back();
  }
};

Result<SignInPlaces> reserve_places(Accounts& accounts, std::string_view canonical, std::string_view peer) {
  const std::string network = web::network_of(peer);
  auto for_network = accounts.throttle.reserve(kNetworkTries, network);
  if (!for_network) return std::unexpected(for_network.error());
  auto for_both = accounts.throttle.reserve(kSignInTriesFromNetwork, fmt::format("{} {}", canonical, network));
  if (!for_both) {
    for_network->give_back();
    return std::unexpected(for_both.error());
  }
  auto for_account = accounts.throttle.reserve(kSignInTries, canonical, "accounts.error.sign_in_locked");
  if (!for_account) {
    for_network->give_back();
    for_both->give_back();
    return std::unexpected(for_account.error());
  }
  return SignInPlaces{std::move(*for_network), std::move(*for_both), std::move(*for_account)};
}

// Tells the owner once, at the try that locked the account.
void tell_if_now_locked(Accounts& accounts, const std::optional<SignInRecord>& record, std::string_view canonical) {
  const auto now = accounts.parts.clock.now();
  const auto locked_until =
      accounts.throttle.find_locked_until(*accounts.parts.database.snapshot(), kSignInTries, canonical);
  if (!record || !locked_until || *locked_until <= now) return;
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(*locked_until - now).count();
  if (minutes < std::chrono::duration_cast<std::chrono::minutes>(kSignInTries.lock).count()) return;  // only slowed
  const auto telling_id = accounts.parts.ids.next<journal::OutboxId>();
  const auto audit_id = accounts.parts.ids.next_value();
  accounts.parts.database.write([&](db::Transaction& tx) {
    accounts.parts.outbox.tell(tx, {.id = telling_id,
                                    .kind = "accounts.sign_in_locked",
                                    .account = record->id,
                                    .arguments = {{"minutes", std::to_string(minutes)}}});
    journal::record(
        tx, {.id = audit_id, .at = now, .event = "account.sign_in_locked", .account = record->id, .actor = "stranger"});
  });
  accounts.wake_deliverer();
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
  places.network.give_back();
  if (!token) {
    places.account.give_back();
    places.account_from_network.give_back();
    return refuse_sign_in();
  }
  places.account.right();
  places.account_from_network.right();
  return SignedIn{.sign_up_token = *token};
}

}  // namespace

Result<SignedIn> sign_in(Accounts& accounts, const SignInRequest& request) {
  const auto email = parse_email(request.email);
  if (!email) return refuse_field("email", "accounts.error.email_form");
  if (request.password.empty()) return refuse_field("password", "accounts.error.password_missing");
  if (request.password.size() > kTypedBytesMax) return refuse_sign_in();

  auto places = reserve_places(accounts, email->canonical, request.peer);
  if (!places) return std::unexpected(places.error());
  const auto record = accounts.store.find_for_sign_in(*accounts.parts.database.snapshot(), email->canonical);
  const bool is_usable = record && record->state != AccountState::closed;
  const auto unfinished = is_usable ? std::nullopt : find_unfinished_sign_up(accounts, *email);
  const std::string encoded = is_usable ? record->password_hash : unfinished ? unfinished->password_hash : "";
  const std::string password = to_nfc(request.password);
  const auto is_right = accounts.parts.hasher.is_right(password, encoded);
  if (!is_right) {
    places->give_back();
    return std::unexpected(is_right.error());
  }
  if (!*is_right) {
    places->wrong();
    tell_if_now_locked(accounts, record, email->canonical);
    return refuse_sign_in();
  }
  if (unfinished) return go_on_with_sign_up(accounts, *unfinished, *places);
  const auto fresh_hash = rehashed(accounts, *record, password);
  const auto key = accounts.sessions.make_key(request.peer);
  const bool started = accounts.parts.database.write([&](db::Transaction& tx) {
    if (!accounts.sessions.start_half(tx, key, record->id, request.shared)) return false;
    if (fresh_hash) accounts.store.replace_password_hash(tx, record->id, *fresh_hash);
    places->account.right_in(tx, key.now);
    places->account_from_network.right_in(tx, key.now);
    return true;
  });
  places->network.give_back();
  if (!started) {
    places->account.give_back();
    places->account_from_network.give_back();
    return refuse(FailureKind::forbidden, "accounts.error.locked_by_agency");
  }
  return SignedIn{.session = key};
}

namespace {

struct FactorPlaces {
  TryPlace tries, authenticator;
};

Result<FactorPlaces> reserve_factor_places(Accounts& accounts, AccountId account) {
  const std::string subject = std::to_string(account.value);
  auto tries = accounts.throttle.reserve(kSecondFactorTries, subject);
  if (!tries) return std::unexpected(tries.error());
  auto authenticator = accounts.throttle.reserve(kAuthenticatorTries, subject, "accounts.error.authenticator_off");
  if (!authenticator) {
    tries->give_back();
    return std::unexpected(authenticator.error());
  }
  return FactorPlaces{std::move(*tries), std::move(*authenticator)};
}

std::unexpected<Failure> sign_in_anew() { return refuse(FailureKind::unauthorized, "accounts.error.sign_in_anew"); }

// Rolls the unit back: the half session was raised, ended or lapsed meanwhile.
struct SessionGone {};

// What the typed code is good for: a step of an app's secret, or a backup code. Neither: wrong.
struct Proof {
  std::optional<std::pair<TotpFactorId, std::int64_t>> totp{};
  std::optional<std::string> backup_code_hash{};
  bool was_used_before = false;
};

Proof read_totp(Accounts& accounts, AccountId account, std::string_view code, Instant now) {
  Proof proof;
  for (const auto& factor : accounts.factors.list_totp(*accounts.parts.database.snapshot(), account)) {
    const auto step = find_totp_step(factor.secret, code, now);
    if (!step) continue;
    if (*step > factor.used_step) {
      proof.totp = {factor.id, *step};
      return proof;
    }
    proof.was_used_before = true;
  }
  return proof;
}

std::unexpected<Failure> refuse_code(const SecondFactorRequest& request, bool was_used_before, Instant now) {
  if (request.way == SecondFactor::backup_code) return refuse_field("backup_code", "accounts.error.backup_code_wrong");
  if (!was_used_before) return refuse_field("totp", "accounts.error.totp_wrong");
  const auto in_step =
      std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count() % kTotpStepSeconds;
  return refuse_field("totp", "accounts.error.totp_used", {{"seconds", std::to_string(kTotpStepSeconds - in_step)}});
}

}  // namespace

Result<SessionKey> prove_second_factor(Accounts& accounts, const SecondFactorRequest& request) {
  std::string code;
  for (const char byte : request.code) {
    if (byte != ' ' && byte != '-') code.push_back(byte);
  }
  const auto backup_code = parse_backup_code(request.code);
  const bool is_code = request.way == SecondFactor::backup_code
                           ? backup_code.has_value()
                           : code.size() == 6 && code.find_first_not_of("0123456789") == code.npos;
  if (!is_code) {
    return request.way == SecondFactor::backup_code ? refuse_field("backup_code", "accounts.error.backup_code_form")
                                                    : refuse_field("totp", "accounts.error.totp_form");
  }
  auto places = reserve_factor_places(accounts, request.account);
  if (!places) return std::unexpected(places.error());

  const auto key = accounts.sessions.make_key(request.peer);
  Proof proof;
  if (request.way == SecondFactor::totp)
    proof = read_totp(accounts, request.account, code, key.now);
  else
    proof.backup_code_hash = accounts.factors.backup_code_hash(*backup_code);

  const auto telling_id = accounts.parts.ids.next<journal::OutboxId>();
  const auto unit = [&](db::Transaction& tx) {
    const bool is_right = proof.totp ? accounts.factors.use_totp_step(tx, proof.totp->first, proof.totp->second)
                          : proof.backup_code_hash
                              ? accounts.factors.use_backup_code(tx, request.account, *proof.backup_code_hash, key.now)
                              : false;
    if (!is_right) return false;
    const auto raised = accounts.sessions.raise(tx, key, request.half, proof.totp ? "totp" : "backup_code");
    if (raised != request.account) throw SessionGone{};  // and the code stays good
    places->tries.right_in(tx, key.now);
    places->authenticator.right_in(tx, key.now);
    if (proof.backup_code_hash) {
      const int left = accounts.factors.count_unused_backup_codes(tx, request.account);
      accounts.parts.outbox.tell(tx, {.id = telling_id,
                                      .kind = "accounts.backup_code_used",
                                      .account = request.account,
                                      .arguments = {{"left", std::to_string(left)}}});
    }
    return true;
  };
  try {
    if (accounts.parts.database.write(unit)) {
      accounts.wake_deliverer();
      return key;
    }
  } catch (const SessionGone&) {
    places->tries.give_back();
    places->authenticator.give_back();
    return sign_in_anew();
  }
  // A code that was right a moment ago is no guess; counting it would lock out who presses the button twice.
  const bool lost_a_race = proof.totp.has_value();
  if (proof.was_used_before || lost_a_race) {
    places->tries.give_back();
    places->authenticator.give_back();
  } else {
    places->tries.wrong();
    places->authenticator.wrong();
  }
  return refuse_code(request, proof.was_used_before || lost_a_race, key.now);
}

Result<void> check_password(Accounts& accounts, AccountId account, std::string_view password) {
  const auto snapshot = accounts.parts.database.snapshot();
  const auto profile = accounts.store.find_profile(*snapshot, account);
  const auto encoded = accounts.store.find_password_hash(*snapshot, account);
  if (!profile || !encoded) return sign_in_anew();
  auto place = accounts.throttle.reserve(kSignInTries, profile->email.canonical, "accounts.error.sign_in_locked");
  if (!place) return std::unexpected(place.error());
  if (password.size() > kTypedBytesMax) return refuse_field("password", "accounts.error.password_wrong");
  const auto is_right = accounts.parts.hasher.is_right(to_nfc(password), *encoded);
  if (!is_right) {
    place->give_back();
    return std::unexpected(is_right.error());
  }
  if (*is_right) {
    place->right();
    return {};
  }
  place->wrong();
  return refuse_field("password", "accounts.error.password_wrong");
}

void forget_failed_tries(const Accounts& accounts, db::Transaction& tx, AccountId account, std::string_view canonical) {
  const std::string subject = std::to_string(account.value);
  accounts.throttle.clear(tx, kSignInTries, canonical);
  accounts.throttle.clear(tx, kSecondFactorTries, subject);
  accounts.throttle.clear(tx, kAuthenticatorTries, subject);
}

}  // namespace waymark::accounts
