#include "features/accounts/factors/backup_codes.hpp"
#include "features/accounts/factors/codes.hpp"
#include "features/accounts/sign_in/sign_in.hpp"
#include "features/accounts/sign_in/sign_in_lock.hpp"
#include "platform/totp.hpp"

namespace waymark::accounts {
namespace {

struct FactorPlaces {
  TryPlace account, authenticator;

  void right_in(db::Transaction& tx, Instant now) {
    account.right_in(tx, now);
    authenticator.right_in(tx, now);
  }
  void give_back() {
    account.give_back();
    authenticator.give_back();
  }
};

Result<FactorPlaces> reserve_factor_places(Accounts& accounts, const SecondFactorRequest& request) {
  const std::string account = std::to_string(request.account.value);
  const std::string authenticator = authenticator_subject(request.account, request.way);
  auto places = accounts.throttle.reserve_all(
      {{kSecondFactorTries, account}, {kAuthenticatorTries, authenticator, "accounts.error.authenticator_off"}});
  if (!places) return refuse(places.error());
  return FactorPlaces{std::move((*places)[0]), std::move((*places)[1])};
}

// Rolls the unit back: the half session was raised, ended or lapsed meanwhile.
struct SessionGone {};

// What the typed code is good for: a step of an app's secret, or a backup code. Neither: wrong.
struct Proof {
  std::optional<std::pair<TotpFactorId, std::int64_t>> totp{};
  std::optional<std::string> backup_code_hash{};
  bool was_used_before = false;
};

Proof read_totp(Accounts& accounts, AccountId account, std::string_view code, Instant now) {
  const auto factors = accounts.factors.list_totp(*accounts.parts.database.snapshot(), account);
  Proof proof;
  for (const auto& factor : factors) {
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

bool use(Accounts& accounts, db::Transaction& tx, AccountId account, const Proof& proof, Instant now) {
  if (proof.totp) return accounts.factors.use_totp_step(tx, proof.totp->first, proof.totp->second);
  if (proof.backup_code_hash) return accounts.factors.use_backup_code(tx, account, *proof.backup_code_hash, now);
  return false;
}

std::unexpected<Failure> refuse_code(SecondFactor way, bool was_used_before, Instant now) {
  if (way == SecondFactor::backup_code) return refuse_field("backup_code", "accounts.error.backup_code_wrong");
  if (!was_used_before) return refuse_field("totp", "accounts.error.totp_wrong");
  const auto in_step =
      std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count() % kTotpStepSeconds;
  return refuse_field("totp", "accounts.error.totp_used", {{"seconds", std::to_string(kTotpStepSeconds - in_step)}});
}

std::unexpected<Failure> refuse_form(SecondFactor way) {
  return way == SecondFactor::backup_code ? refuse_field("backup_code", "accounts.error.backup_code_form")
                                          : refuse_field("totp", "accounts.error.totp_form");
}

void count_as_wrong(Accounts& accounts, AccountId account, FactorPlaces& places) {
  const auto now = accounts.parts.clock.now();
  bool is_locked_now = false;
  const bool is_off_now = accounts.parts.database.write([&](db::Transaction& tx) {
    is_locked_now = places.account.wrong_in(tx, now);
    return places.authenticator.wrong_in(tx, now);
  });
  if (is_off_now) {
    record_lock(accounts, account, kAuthenticatorOff);
  } else if (is_locked_now) {
    record_lock(accounts, account, kSecondFactorLock);
  }
}

}  // namespace

std::string authenticator_subject(AccountId account, SecondFactor way) {
  return fmt::format("{} {}", account.value, way == SecondFactor::totp ? "totp" : "backup_code");
}

Result<SessionKey> prove_second_factor(Accounts& accounts, const SecondFactorRequest& request) {
  const auto code = request.way == SecondFactor::totp ? parse_code(request.code) : parse_backup_code(request.code);
  if (!code) return refuse_form(request.way);
  auto places = reserve_factor_places(accounts, request);
  if (!places) return refuse(places.error());

  const auto key = accounts.sessions.make_key(request.client);
  Proof proof;
  if (request.way == SecondFactor::totp)
    proof = read_totp(accounts, request.account, *code, key.now);
  else
    proof.backup_code_hash = accounts.factors.backup_code_hash(*code);

  const auto telling_id = accounts.parts.ids.next<journal::OutboxId>();
  const auto unit = [&](db::Transaction& tx) {
    if (!use(accounts, tx, request.account, proof, key.now)) return false;
    const auto raised = accounts.sessions.raise(tx, key, request.half, proof.totp ? "totp" : "backup_code");
    if (raised != request.account) throw SessionGone{};  // and the code stays good
    places->right_in(tx, key.now);
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
    places->give_back();
    return refuse(FailureKind::unauthorized, "accounts.error.sign_in_anew");
  }
  // A code that was right a moment ago is no guess; counting it would lock out who presses the button twice.
  const bool was_used_before = proof.was_used_before || proof.totp.has_value();
  if (was_used_before)
    places->give_back();
  else
    count_as_wrong(accounts, request.account, *places);
  return refuse_code(request.way, was_used_before, key.now);
}

}  // namespace waymark::accounts
