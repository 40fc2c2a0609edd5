#include "features/accounts/sign_in/second_factor_proof.hpp"

#include "base/text.hpp"
#include "features/accounts/factors/backup_code_hashes.hpp"
#include "features/accounts/factors/phone_codes.hpp"
#include "platform/totp.hpp"

namespace waymark::accounts {
namespace {

SecondFactorProof read_totp(Accounts& accounts, AccountId account, std::string_view code, Instant now) {
  const auto factors = accounts.factors.list_totp(*accounts.parts.database.snapshot(), account);
  SecondFactorProof proof;
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

SecondFactorProof read_texted(Accounts& accounts, const SecondFactorRequest& request, std::string_view code,
                              Instant now) {
  const auto snapshot = accounts.parts.database.snapshot();
  SecondFactorProof proof;
  auto sent = find_texted_code(*snapshot, request.half, now);
  const auto phone = sent ? accounts.phones.find(*snapshot, request.account, sent->phone) : std::nullopt;
  if (!phone || !phone->is_second_factor) {
    proof.is_nothing_awaited = true;
    return proof;
  }
  const auto typed = phone_code_hash(accounts, PhoneCodePurpose::sign_in, request.half.value, phone->number, code);
  if (!equals_in_constant_time(typed, sent->hash)) return proof;
  proof.was_used_before = sent->is_used;
  if (!sent->is_used) proof.texted = std::move(*sent);
  return proof;
}

}  // namespace

Result<SecondFactorProof> read_proof(Accounts& accounts, const SecondFactorRequest& request, std::string_view code,
                                     Instant now) {
  switch (request.way) {
    case SecondFactor::totp:
      return read_totp(accounts, request.account, code, now);
    case SecondFactor::phone:
      return read_texted(accounts, request, code, now);
    case SecondFactor::backup_code:
      break;
  }
  const auto hash = hash_backup_code(accounts, request.account, code);
  if (!hash) return refuse(hash.error());
  return SecondFactorProof{.backup_code_hash = *hash};
}

bool use_proof(const Accounts& accounts, db::Transaction& tx, const SecondFactorRequest& request,
               const SecondFactorProof& proof, Instant now) {
  const auto account = request.account;
  if (proof.totp) return accounts.factors.use_totp_step(tx, proof.totp->first, proof.totp->second, now);
  if (proof.texted) return use_texted_code(accounts, tx, account, request.half, *proof.texted, now);
  return proof.backup_code_hash && accounts.factors.use_backup_code(tx, account, *proof.backup_code_hash, now);
}

}  // namespace waymark::accounts
