// The second factor of who forgot the password: the same ways, and the same counted tries, as at sign-in.
#include "base/text.hpp"
#include "features/accounts/factors/backup_codes.hpp"
#include "features/accounts/factors/codes.hpp"
#include "features/accounts/factors/passkeys.hpp"
#include "features/accounts/recovery/factor_proof.hpp"
#include "features/accounts/recovery/recovery.hpp"

namespace waymark::accounts {
namespace {

constexpr std::string_view kStep = "second_factor";
constexpr std::size_t kPrefixLength = 6;  // "+" and five digits

std::string text_code_hash(const Accounts& accounts, const Recovery& recovery, PhoneId phone, std::string_view code) {
  return CodeHash(accounts.parts.keys).of("recovery_phone", recovery.id.value, std::to_string(phone.value), code);
}

bool use_text_code(const Accounts& accounts, db::Transaction& tx, Recovery& recovery, const std::string& typed_hash,
                   Instant now) {
  const bool is_good =
      recovery.phone_code_expires_at && now < *recovery.phone_code_expires_at && !recovery.phone_code_hash.empty();
  if (!is_good || !equals_in_constant_time(recovery.phone_code_hash, typed_hash)) return false;
  // A phone that was taken off meanwhile proves nothing any more.
  const auto phone = accounts.phones.find(tx, *recovery.account, recovery.phone);
  recovery.phone_code_hash.clear();
  recovery.phone_code_expires_at.reset();
  return phone && phone->is_second_factor;
}

// Every text costs money, and somebody may be paid for making us send them (toll fraud).
Result<void> count_text(Accounts& accounts, const std::string& number) {
  auto& throttle = accounts.throttle;
  if (auto counted = throttle.count(kCodesInTenSeconds, number); !counted) return counted;
  if (auto counted = throttle.count(kCodesInFiveMinutes, number); !counted) return counted;
  if (auto counted = throttle.count(kTextsToPrefix, number.substr(0, kPrefixLength)); !counted) return counted;
  return throttle.count(kTextsInAll, "all");
}

}  // namespace

RecoveryWays find_recovery_ways(const Accounts& accounts, db::Snapshot& snapshot, AccountId account) {
  RecoveryWays ways{.has_app = !accounts.factors.list_totp(snapshot, account).empty(),
                    .has_backup_codes = accounts.factors.count_unused_backup_codes(snapshot, account) > 0,
                    .has_passkey = passkey_store(accounts).count_usable(snapshot, account) > 0};
  for (auto& phone : accounts.phones.list(snapshot, account)) {
    if (phone.is_second_factor) ways.phones.push_back(std::move(phone));
  }
  return ways;
}

bool proves_less(const RecoveryWays& ways, std::string_view factor) {
  // A text can be rerouted, a code talked out of somebody; a passkey can't.
  const auto strength = [](std::string_view way) { return way == "passkey" ? 3 : way == "text" ? 1 : 2; };
  const int strongest = ways.has_passkey ? 3 : ways.has_app || ways.has_backup_codes ? 2 : 1;
  return strength(factor) < strongest;
}

Result<RecoveryReply> text_recovery_code(Accounts& accounts, const RecoveryAsker& asker, PhoneId phone) {
  const auto found = find_recovery(accounts, asker);
  if (!found) return RecoveryReply{.is_gone = true};
  if (present_step(asker.purpose, found).name != kStep) return RecoveryReply{};
  auto& parts = accounts.parts;
  const auto held = accounts.phones.find(*parts.database.snapshot(), *found->recovery.account, phone);
  if (!held || !held->is_second_factor) return RecoveryReply{};
  if (auto counted = count_text(accounts, held->number); !counted) return refuse(std::move(counted).error());
  const auto now = parts.clock.now();
  const auto digits = parts.random.digits(kCodeDigits);
  const auto hash = text_code_hash(accounts, found->recovery, phone, digits);
  const journal::Telling telling{.id = parts.ids.next<journal::OutboxId>(),
                                 .kind = "accounts.phone_code",
                                 .account = found->recovery.account,
                                 .phone = held->number,
                                 .spoken = held->is_spoken_to,
                                 .arguments = {{"code", digits}, {"minutes", std::to_string(kCodeLifetime.count())}},
                                 .useless_after = now + kCodeLifetime};
  return change_recovery(accounts, asker, kStep, now, [&](db::Transaction& tx, RecoveryView& view, RecoveryReply&) {
    view.recovery.phone = phone;
    view.recovery.phone_code_hash = hash;
    view.recovery.phone_code_expires_at = now + kCodeLifetime;
    parts.outbox.tell(tx, telling);
    return std::optional<Failure>{};
  });
}

Result<RecoveryReply> prove_recovery_factor(Accounts& accounts, const RecoveryAsker& asker, RecoveryFactor way,
                                            std::string_view typed_code) {
  const auto code = way == RecoveryFactor::backup_code ? parse_backup_code(typed_code) : parse_code(typed_code);
  if (!code) return refuse_factor(way, "form");
  const auto found = find_recovery(accounts, asker);
  if (!found) return RecoveryReply{.is_gone = true};
  if (present_step(asker.purpose, found).name != kStep) return RecoveryReply{};
  const auto account = *found->recovery.account;
  auto places = reserve_factor_places(accounts, account, way);
  if (!places) return refuse(places.error());

  const auto now = accounts.parts.clock.now();
  const auto proof = read_factor_proof(accounts, account, way, *code, now);
  if (!proof) {
    give_back_all(*places);
    return refuse(proof.error());
  }
  const auto text_hash = text_code_hash(accounts, found->recovery, found->recovery.phone, *code);
  bool was_compared = false, was_right = false;
  auto reply = change_recovery(accounts, asker, kStep, now,
                               [&](db::Transaction& tx, RecoveryView& view, RecoveryReply&) -> std::optional<Failure> {
                                 was_compared = true;
                                 was_right = way == RecoveryFactor::text
                                                 ? use_text_code(accounts, tx, view.recovery, text_hash, now)
                                                 : use_factor_proof(accounts, tx, account, *proof, now);
                                 if (!was_right) return refuse_factor(way, "wrong").error();
                                 view.recovery.factor = to_text(way);
                                 for (auto& place : *places) place.right_in(tx, now);
                                 return std::nullopt;
                               });
  if (was_right) return reply;
  if (was_compared) {
    count_factor_as_wrong(accounts, account, *places);
  } else {
    give_back_all(*places);
  }
  return reply;
}

Result<RecoveryReply> prove_recovery_passkey(Accounts& accounts, const RecoveryAsker& asker,
                                             const PasskeyAsker& passkey_asker, const PasskeyAnswer& answer) {
  const auto found = find_recovery(accounts, asker);
  if (!found) return RecoveryReply{.is_gone = true};
  if (present_step(asker.purpose, found).name != kStep) return RecoveryReply{};
  const auto now = accounts.parts.clock.now();
  Result<RecoveryReply> reply = RecoveryReply{.is_gone = true};
  bool is_proved = false;
  const auto used = prove_by_passkey(
      accounts, passkey_asker, answer, CeremonyPurpose::recovery, *found->recovery.account, [&](db::Transaction& tx) {
        is_proved = false;
        reply = change_recovery_in(accounts, tx, asker, kStep, now,
                                   [&](db::Transaction&, RecoveryView& view, RecoveryReply&) {
                                     view.recovery.factor = "passkey";
                                     is_proved = true;
                                     return std::optional<Failure>{};
                                   });
        return is_proved;
      });
  // Where the flow went on or ended meanwhile, it says itself where things stand.
  if (!used && used.error().kind != FailureKind::unauthorized) return refuse(used.error());
  return reply;
}

}  // namespace waymark::accounts
