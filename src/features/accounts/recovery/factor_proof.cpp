#include "features/accounts/recovery/factor_proof.hpp"

#include <algorithm>

#include "features/accounts/factors/backup_code_hashes.hpp"
#include "features/accounts/sign_in/sign_in.hpp"
#include "features/accounts/sign_in/sign_in_lock.hpp"
#include "features/accounts/sign_in/texted_code.hpp"
#include "platform/totp.hpp"

namespace waymark::accounts {
namespace {

// What is guessed here counts together with what is guessed at sign-in.
SecondFactor sign_in_way_of(RecoveryFactor way) {
  switch (way) {
    case RecoveryFactor::totp:
      return SecondFactor::totp;
    case RecoveryFactor::backup_code:
      return SecondFactor::backup_code;
    case RecoveryFactor::text:
      break;
  }
  return SecondFactor::phone;
}

}  // namespace

std::string_view to_text(RecoveryFactor way) {
  switch (way) {
    case RecoveryFactor::totp:
      return "totp";
    case RecoveryFactor::backup_code:
      return "backup_code";
    case RecoveryFactor::text:
      break;
  }
  return "text";
}

std::unexpected<Failure> refuse_factor(RecoveryFactor way, std::string_view what) {
  if (way == RecoveryFactor::text) return refuse_field("text_code", fmt::format("accounts.error.code_{}", what));
  return refuse_field(std::string(to_text(way)), fmt::format("accounts.error.{}_{}", to_text(way), what));
}

Result<std::vector<TryPlace>> reserve_factor_places(Accounts& accounts, AccountId account, RecoveryFactor way) {
  const std::string subject = std::to_string(account.value);
  const std::string authenticator = authenticator_subject(account, sign_in_way_of(way));
  const std::string texted = texted_code_subject(account);
  const Throttle::Wanted by_account{kSecondFactorTries, subject};
  const Throttle::Wanted by_way{kAuthenticatorTries, authenticator, "accounts.error.authenticator_off"};
  if (way != RecoveryFactor::text) return accounts.throttle.reserve_all({by_account, by_way});
  return accounts.throttle.reserve_all(
      {by_account, by_way, {kSignInCodeTries, texted, "accounts.error.too_many_code_tries"}});
}

void count_factor_as_wrong(Accounts& accounts, AccountId account, std::vector<TryPlace>& places) {
  const auto now = accounts.parts.clock.now();
  bool is_locked = false, is_off = false, are_texts_stopped = false;
  accounts.parts.database.write([&](db::Transaction& tx) {
    is_locked = places.at(0).wrong_in(tx, now);
    is_off = places.at(1).wrong_in(tx, now);
    are_texts_stopped = places.size() > 2 && places.at(2).wrong_in(tx, now);
  });
  if (is_off) {
    record_lock(accounts, account, kAuthenticatorOff);
  } else if (are_texts_stopped) {
    record_lock(accounts, account, kTextedCodesStopped);
  } else if (is_locked) {
    record_lock(accounts, account, kSecondFactorLock);
  }
}

Result<FactorProof> read_factor_proof(Accounts& accounts, AccountId account, RecoveryFactor way, std::string_view code,
                                      Instant now) {
  FactorProof proof;
  if (way == RecoveryFactor::backup_code) {
    const auto hash = hash_backup_code(accounts, account, code);
    if (!hash) return refuse(hash.error());
    proof.backup_code_hash = *hash;
  }
  if (way != RecoveryFactor::totp) return proof;
  for (const auto& app : accounts.factors.list_totp(*accounts.parts.database.snapshot(), account)) {
    if (const auto step = find_totp_step(app.secret, code, now)) proof.steps.emplace_back(app.id, *step);
  }
  return proof;
}

bool use_factor_proof(const Accounts& accounts, db::Transaction& tx, AccountId account, const FactorProof& proof,
                      Instant now) {
  if (!proof.backup_code_hash.empty())
    return accounts.factors.use_backup_code(tx, account, proof.backup_code_hash, now);
  return std::ranges::any_of(
      proof.steps, [&](const auto& app) { return accounts.factors.use_totp_step(tx, app.first, app.second, now); });
}

}  // namespace waymark::accounts
