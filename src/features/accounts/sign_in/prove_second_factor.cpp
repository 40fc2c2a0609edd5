#include "features/accounts/factors/backup_codes.hpp"
#include "features/accounts/factors/codes.hpp"
#include "features/accounts/sign_in/second_factor_proof.hpp"
#include "features/accounts/sign_in/sign_in.hpp"
#include "features/accounts/sign_in/sign_in_lock.hpp"
#include "platform/totp.hpp"

namespace waymark::accounts {
namespace {

// By account, by account and way, and for what is sent to phones by account over all codes that were sent.
struct FactorPlaces {
  TryPlace account, authenticator;
  std::optional<TryPlace> texted{};

  void right_in(db::Transaction& tx, Instant now) {
    account.right_in(tx, now);
    authenticator.right_in(tx, now);
    if (texted) texted->right_in(tx, now);
  }
  void give_back() {
    account.give_back();
    authenticator.give_back();
    if (texted) texted->give_back();
  }
  // The lock that this wrong try brought about.
  const LockKind* wrong_in(db::Transaction& tx, Instant now) {
    const bool is_locked_now = account.wrong_in(tx, now);
    const bool is_off_now = authenticator.wrong_in(tx, now);
    const bool are_texts_stopped_now = texted && texted->wrong_in(tx, now);
    if (is_off_now) return &kAuthenticatorOff;
    if (are_texts_stopped_now) return &kTextedCodesStopped;
    return is_locked_now ? &kSecondFactorLock : nullptr;
  }
};

Result<FactorPlaces> reserve_factor_places(Accounts& accounts, const SecondFactorRequest& request) {
  const std::string account = std::to_string(request.account.value);
  const std::string authenticator = authenticator_subject(request.account, request.way);
  const std::string texted = texted_code_subject(request.account);
  const Throttle::Wanted by_account{kSecondFactorTries, account};
  const Throttle::Wanted by_way{kAuthenticatorTries, authenticator, "accounts.error.authenticator_off"};
  auto places = request.way == SecondFactor::phone
                    ? accounts.throttle.reserve_all(
                          {by_account, by_way, {kSignInCodeTries, texted, "accounts.error.too_many_code_tries"}})
                    : accounts.throttle.reserve_all({by_account, by_way});
  if (!places) return refuse(places.error());
  FactorPlaces held{.account = std::move((*places)[0]), .authenticator = std::move((*places)[1])};
  if (places->size() > 2) held.texted.emplace(std::move((*places)[2]));
  return held;
}

// Rolls the unit back: the half session was raised, ended or lapsed meanwhile.
struct SessionGone {};

std::optional<std::string> parse(SecondFactor way, std::string_view typed) {
  return way == SecondFactor::backup_code ? parse_backup_code(typed) : parse_code(typed);
}

std::string_view field_of(SecondFactor way) {
  switch (way) {
    case SecondFactor::totp:
      return "totp";
    case SecondFactor::phone:
      return "text_code";
    case SecondFactor::backup_code:
      break;
  }
  return "backup_code";
}

std::unexpected<Failure> refuse_form(SecondFactor way) {
  const std::string field(field_of(way));
  if (way == SecondFactor::backup_code) return refuse_field(field, "accounts.error.backup_code_form");
  return refuse_field(field, way == SecondFactor::totp ? "accounts.error.totp_form" : "accounts.error.code_form");
}

std::unexpected<Failure> refuse_code(SecondFactor way, bool was_used_before, Instant now) {
  const std::string field(field_of(way));
  if (way == SecondFactor::backup_code) return refuse_field(field, "accounts.error.backup_code_wrong");
  if (way == SecondFactor::phone) return refuse_field(field, "accounts.error.code_wrong");
  if (!was_used_before) return refuse_field(field, "accounts.error.totp_wrong");
  const auto in_step =
      std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count() % kTotpStepSeconds;
  return refuse_field(field, "accounts.error.totp_used", {{"seconds", std::to_string(kTotpStepSeconds - in_step)}});
}

void count_as_wrong(Accounts& accounts, AccountId account, FactorPlaces& places) {
  const auto now = accounts.parts.clock.now();
  const auto* lock = accounts.parts.database.write([&](db::Transaction& tx) { return places.wrong_in(tx, now); });
  if (lock != nullptr) record_lock(accounts, account, *lock);
}

void tell_backup_code_used(Accounts& accounts, db::Transaction& tx, AccountId account, journal::OutboxId id) {
  const int left = accounts.factors.count_unused_backup_codes(tx, account);
  accounts.parts.outbox.tell(tx, {.id = id,
                                  .kind = "accounts.backup_code_used",
                                  .account = account,
                                  .arguments = {{"left", std::to_string(left)}}});
}

}  // namespace

std::string authenticator_subject(AccountId account, SecondFactor way) {
  switch (way) {
    case SecondFactor::totp:
      return fmt::format("{} totp", account.value);
    case SecondFactor::phone:
      return fmt::format("{} phone", account.value);
    case SecondFactor::backup_code:
      break;
  }
  return fmt::format("{} backup_code", account.value);
}

Result<SessionKey> prove_second_factor(Accounts& accounts, const SecondFactorRequest& request) {
  const auto code = parse(request.way, request.code);
  if (!code) return refuse_form(request.way);
  auto places = reserve_factor_places(accounts, request);
  if (!places) return refuse(places.error());

  auto key = accounts.sessions.make_key(request.client);
  key.remember_device = request.remember_device;
  const auto read = read_proof(accounts, request, *code, key.now);
  if (!read) {
    places->give_back();
    return refuse(read.error());
  }
  const auto& proof = *read;
  if (proof.is_nothing_awaited) {
    places->give_back();
    return refuse_field(std::string(field_of(request.way)), "accounts.error.code_expired");
  }

  const auto telling_id = accounts.parts.ids.next<journal::OutboxId>();
  const auto unit = [&](db::Transaction& tx) {
    if (!use_proof(accounts, tx, request, proof, key.now)) return false;
    const auto raised = request.is_step_up ? accounts.sessions.prove_again(tx, key, request.half, proof.how())
                                           : accounts.sessions.raise(tx, key, request.half, proof.how());
    if (raised != request.account) throw SessionGone{};  // and the code stays good
    places->right_in(tx, key.now);
    if (proof.backup_code_hash) tell_backup_code_used(accounts, tx, request.account, telling_id);
    return true;
  };
  try {
    if (accounts.parts.database.write(unit)) {
      accounts.wake_deliverer();
      return key;
    }
  } catch (const SessionGone&) {
    places->give_back();
    return refuse(FailureKind::unauthorized, "accounts.error.sign_in_anew");
  }
  // A code that was right a moment ago is no guess; counting it would lock out who presses the button twice.
  const bool was_used_before = proof.was_used_before || proof.totp || proof.texted;
  if (was_used_before)
    places->give_back();
  else
    count_as_wrong(accounts, request.account, *places);
  return refuse_code(request.way, was_used_before, key.now);
}

}  // namespace waymark::accounts
