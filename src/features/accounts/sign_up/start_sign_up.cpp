#include "features/accounts/factors/codes.hpp"
#include "features/accounts/sign_up/sign_up_change.hpp"
#include "platform/totp.hpp"
#include "web/request.hpp"

namespace waymark::accounts {
namespace {

// A code for an address, made before the unit. For an address that has an account the mail is another one, and the hash
// is of no code at all.
struct EmailCode {
  std::string hash{};
  Instant expires_at{};
  journal::Telling telling{};
};

EmailCode make_email_code(Accounts& accounts, SignUpId row, const Email& email, const std::string& language,
                          std::optional<AccountId> owner, Instant now) {
  auto& parts = accounts.parts;
  const auto digits = parts.random.digits(kCodeDigits);
  const auto nobodys = parts.random.bytes(32);
  const auto real = CodeHash(parts.keys).of("email", row.value, email.canonical, digits);
  EmailCode code{.hash = owner ? nobodys : real, .expires_at = now + kCodeLifetime};
  code.telling.id = parts.ids.next<journal::OutboxId>();
  code.telling.arguments.emplace_back("agency", parts.catalogue.brand().agency_name);
  code.telling.useless_after = code.expires_at;
  if (owner) {
    // To the stored address, in its owner's language: never to what was typed just now.
    code.telling.kind = "accounts.sign_up_known_address";
    code.telling.account = *owner;
  } else {
    code.telling.kind = "accounts.email_code";
    code.telling.language = language;
    code.telling.email = email.address;
    code.telling.arguments.emplace_back("code", digits);
    code.telling.arguments.emplace_back("minutes", std::to_string(kCodeLifetime.count()));
  }
  return code;
}

// Counted before anything is looked up, account or not.
Result<void> count_mail(Accounts& accounts, const SignUpAsker& asker, const Email& email) {
  auto& throttle = accounts.throttle;
  if (auto counted = throttle.count(kCodesForNetwork, web::network_of(asker.peer)); !counted) return counted;
  if (auto counted = throttle.count(kCodesInFiveMinutes, email.canonical); !counted) return counted;
  return throttle.count(kCodesInTenSeconds, email.canonical);
}

std::optional<AccountId> find_owner(Accounts& accounts, const Email& email) {
  const auto snapshot = accounts.parts.database.snapshot();
  return accounts.store.find_by_email(*snapshot, email.canonical);
}

}  // namespace

Result<SignUpReply> start_sign_up(Accounts& accounts, const SignUpAsker& asker, std::string_view typed_email) {
  auto email = parse_email(typed_email);
  if (!email) return refuse_field("email", "accounts.error.email_form");
  if (auto counted = count_mail(accounts, asker, *email); !counted) return refuse(std::move(counted).error());

  auto& parts = accounts.parts;
  const auto now = parts.clock.now();
  const auto token = make_sign_up_token(parts.random);
  SignUp sign_up{.id = parts.ids.next<SignUpId>(),
                 .email = *email,
                 .draft = {.totp_secret = make_totp_secret(parts.random)},
                 .created_at = now,
                 .expires_at = now + kSignUpLifetime};
  const auto code = make_email_code(accounts, sign_up.id, *email, asker.language, find_owner(accounts, *email), now);
  sign_up.code_hash = code.hash;
  sign_up.code_expires_at = code.expires_at;
  const auto old_hash = sign_up_token_hash(asker.token);

  parts.database.write([&](db::Transaction& tx) {
    // What this browser began and did not prove is over; what it proved stays for its owner to come back to.
    const auto old = accounts.sign_ups.lock(tx, old_hash, now);
    if (old && !old->email_proved_at) accounts.sign_ups.remove(tx, old->id);
    accounts.sign_ups.insert(tx, sign_up, token.hash);
    parts.outbox.tell(tx, code.telling);
  });
  accounts.wake_deliverer();
  return SignUpReply{.new_token = token.value};
}

Result<SignUpReply> send_email_code_again(Accounts& accounts, const SignUpAsker& asker) {
  const auto found = find_sign_up(accounts, asker);
  if (!found) return SignUpReply{.is_gone = true};
  if (!may_take_step(found, sign_up_step("code"))) return SignUpReply{};
  if (auto counted = count_mail(accounts, asker, found->email); !counted) return refuse(std::move(counted).error());
  const auto now = accounts.parts.clock.now();
  const auto owner = find_owner(accounts, found->email);
  const auto code = make_email_code(accounts, found->id, found->email, asker.language, owner, now);
  auto reply = change_sign_up(accounts, asker, "code", now, [&](db::Transaction& tx, SignUp& sign_up) {
    sign_up.code_hash = code.hash;
    sign_up.code_expires_at = code.expires_at;
    accounts.parts.outbox.tell(tx, code.telling);
    return std::optional<Failure>{};
  });
  accounts.wake_deliverer();
  return reply;
}

}  // namespace waymark::accounts
