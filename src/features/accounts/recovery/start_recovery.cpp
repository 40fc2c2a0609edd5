#include "base/text.hpp"
#include "features/accounts/factors/codes.hpp"
#include "features/accounts/recovery/recovery.hpp"
#include "platform/totp.hpp"
#include "web/request.hpp"

namespace waymark::accounts {
namespace {

// A code for an address, made before the unit, with the mail that carries it. Where no open account has the address the
// mail is another one, and the hash is of no code at all.
struct EmailCode {
  std::optional<AccountId> account{};
  std::string hash{};
  Instant expires_at{};
  journal::Telling telling{};
};

// Always the same two reads and one opened profile's worth of work apart, whoever has the address.
EmailCode make_email_code(Accounts& accounts, RecoveryId row, const Email& email, const std::string& language,
                          Instant now) {
  auto& parts = accounts.parts;
  const auto snapshot = parts.database.snapshot();
  const auto owner = accounts.store.find_by_email(*snapshot, email.canonical);
  const auto profile = accounts.store.find_profile(*snapshot, owner.value_or(AccountId{}));
  const auto digits = parts.random.digits(kCodeDigits);
  const auto nobodys = parts.random.bytes(32);
  const auto real = CodeHash(parts.keys).of("recovery", row.value, email.canonical, digits);
  const bool is_open = profile && profile->state == AccountState::active;

  EmailCode code{.hash = is_open ? real : nobodys, .expires_at = now + kCodeLifetime};
  auto& telling = code.telling;
  telling.id = parts.ids.next<journal::OutboxId>();
  telling.useless_after = code.expires_at;
  telling.arguments = {{"code", is_open ? digits : std::string(kCodeDigits, '0')},
                       {"minutes", std::to_string(kCodeLifetime.count())}};
  if (is_open) {
    // To the stored address, in its owner's language: never to what was typed just now (incidents I18, I28).
    code.account = owner;
    telling.kind = "accounts.recovery_code";
    telling.account = owner;
    return code;
  }
  telling.kind = !profile                                 ? "accounts.recovery_unknown"
                 : profile->state == AccountState::closed ? "accounts.recovery_closed"
                                                          : "accounts.recovery_locked";
  telling.email = profile ? profile->email.address : email.address;
  telling.language = profile ? profile->language : language;
  return code;
}

// Counted before anything is looked up, account or not.
Result<void> count_mail(Accounts& accounts, const RecoveryAsker& asker, const Email& email) {
  auto& throttle = accounts.throttle;
  if (auto counted = throttle.count(kCodesForNetwork, web::network_of(asker.peer)); !counted) return counted;
  if (auto counted = throttle.count(kRecoveryMails, email.canonical); !counted) return counted;
  if (auto counted = throttle.count(kCodesInFiveMinutes, email.canonical); !counted) return counted;
  return throttle.count(kCodesInTenSeconds, email.canonical);
}

enum class Outcome { proved, wrong, out_of_turn };

}  // namespace

Result<RecoveryReply> start_recovery(Accounts& accounts, const RecoveryAsker& asker, std::string_view typed_email) {
  const auto email = parse_email(typed_email);
  if (!email) return refuse_field("email", "accounts.error.email_form");
  if (auto counted = count_mail(accounts, asker, *email); !counted) return refuse(std::move(counted).error());

  auto& parts = accounts.parts;
  const auto now = parts.clock.now();
  const auto token = parts.random.token();
  Recovery recovery{.id = parts.ids.next<RecoveryId>(),
                    .purpose = asker.purpose,
                    .email = *email,
                    .draft = {.totp_secret = make_totp_secret(parts.random)},
                    .created_at = now,
                    .expires_at = now + kRecoveryLifetime};
  const auto code = make_email_code(accounts, recovery.id, *email, asker.language, now);
  recovery.account = code.account;
  recovery.code_hash = code.hash;
  recovery.code_expires_at = code.expires_at;
  const auto token_hash = sha256(token);
  const auto old_hash = sha256(asker.token);
  parts.database.write([&](db::Transaction& tx) {
    // What this browser began before is over.
    if (const auto old = accounts.recoveries.lock(tx, asker.purpose, old_hash, now)) {
      accounts.recoveries.remove(tx, old->id);
    }
    accounts.recoveries.insert(tx, recovery, token_hash);
    parts.outbox.tell(tx, code.telling);
  });
  accounts.wake_deliverer();
  return RecoveryReply{.new_token = token};
}

Result<RecoveryReply> send_recovery_code_again(Accounts& accounts, const RecoveryAsker& asker) {
  const auto found = find_recovery(accounts, asker);
  if (!found) return RecoveryReply{.is_gone = true};
  if (present_step(asker.purpose, found).name != "code") return RecoveryReply{};
  const auto& email = found->recovery.email;
  if (auto counted = count_mail(accounts, asker, email); !counted) return refuse(std::move(counted).error());
  const auto now = accounts.parts.clock.now();
  const auto code = make_email_code(accounts, found->recovery.id, email, asker.language, now);
  return change_recovery(accounts, asker, "code", now, [&](db::Transaction& tx, RecoveryView& view, RecoveryReply&) {
    view.recovery.code_hash = view.recovery.account == code.account ? code.hash : view.recovery.code_hash;
    view.recovery.code_expires_at = code.expires_at;
    accounts.parts.outbox.tell(tx, code.telling);
    return std::optional<Failure>{};
  });
}

Result<RecoveryReply> prove_recovery_code(Accounts& accounts, const RecoveryAsker& asker, std::string_view typed_code) {
  const auto code = parse_code(typed_code);
  if (!code) return refuse_field("code", "accounts.error.code_form");
  const auto found = find_recovery(accounts, asker);
  if (!found) return RecoveryReply{.is_gone = true};
  if (present_step(asker.purpose, found).name != "code") return RecoveryReply{};
  auto& parts = accounts.parts;
  const auto now = parts.clock.now();
  const auto& email = found->recovery.email;
  if (!found->recovery.code_expires_at || now >= *found->recovery.code_expires_at) {
    return refuse_field("code", "accounts.error.code_expired");
  }
  auto place = accounts.throttle.reserve(kEmailCodeTries, email.canonical, "accounts.error.too_many_code_tries");
  if (!place) return refuse(std::move(place).error());

  const auto typed_hash = CodeHash(parts.keys).of("recovery", found->recovery.id.value, email.canonical, *code);
  const auto token = parts.random.token();
  const auto new_hash = sha256(token);
  auto outcome = Outcome::out_of_turn;
  auto reply =
      change_recovery(accounts, asker, "code", now,
                      [&](db::Transaction& tx, RecoveryView& view, RecoveryReply& answer) -> std::optional<Failure> {
                        outcome = Outcome::wrong;
                        if (!equals_in_constant_time(view.recovery.code_hash, typed_hash)) {
                          return refuse_field("code", "accounts.error.code_wrong").error();
                        }
                        outcome = Outcome::proved;
                        view.recovery.code_hash.clear();
                        view.recovery.code_expires_at.reset();
                        view.recovery.email_proved_at = now;
                        accounts.recoveries.set_token(tx, view.recovery.id, new_hash);
                        answer.new_token = token;
                        return std::nullopt;
                      });
  switch (outcome) {
    case Outcome::proved:
      place->right();
      break;
    case Outcome::wrong:
      place->wrong();
      break;
    case Outcome::out_of_turn:
      place->give_back();
      break;
  }
  return reply;
}

}  // namespace waymark::accounts
