#include "base/text.hpp"
#include "features/accounts/factors/codes.hpp"
#include "features/accounts/sign_up/sign_up_change.hpp"

namespace waymark::accounts {
namespace {

enum class Outcome { proved, wrong, already, gone };

// In the unit: the code was right. An unfinished sign-up that the same owner proved earlier goes on under the new
// token; where it holds a password, that has to be given first.
void take_up(Accounts& accounts, db::Transaction& tx, SignUp& sign_up, const SignUpToken& token, Instant now) {
  auto& store = accounts.sign_ups;
  sign_up.email_proved_at = now;
  sign_up.code_hash.clear();
  sign_up.code_expires_at.reset();
  store.remove_unproved(tx, sign_up.email.canonical, sign_up.id);
  const auto earlier = store.find_proved(tx, sign_up.email.canonical, sign_up.id, now);
  if (earlier && earlier->draft.password_hash.empty()) {
    store.remove(tx, sign_up.id);
    store.set_token(tx, earlier->id, token.hash);
    // No password guards it: whoever could read the mailbox before may have left a passkey of their own.
    if (auto kept = store.lock(tx, earlier->id, now); kept && kept->draft.passkey) {
      forget_passkey(kept->draft);
      store.save(tx, *kept);
    }
    return;
  }
  if (earlier) sign_up.continues = earlier->id;
  store.save(tx, sign_up);
  store.set_token(tx, sign_up.id, token.hash);
}

}  // namespace

Result<SignUpReply> prove_email(Accounts& accounts, const SignUpAsker& asker, std::string_view typed_code) {
  const auto code = parse_code(typed_code);
  if (!code) return refuse_field("code", "accounts.error.code_form");
  const auto found = find_sign_up(accounts, asker);
  if (!found) return SignUpReply{.is_gone = true};
  if (!may_take_step(found, sign_up_step("code"))) return SignUpReply{};

  auto& parts = accounts.parts;
  const auto now = parts.clock.now();
  if (!found->code_expires_at || now >= *found->code_expires_at) {
    return refuse_field("code", "accounts.error.code_expired");
  }
  auto place = accounts.throttle.reserve(kEmailCodeTries, found->email.canonical, "accounts.error.too_many_code_tries");
  if (!place) return refuse(std::move(place).error());

  const auto typed_hash = CodeHash(parts.keys).of("email", found->id.value, found->email.canonical, *code);
  const auto old_hash = sign_up_token_hash(asker.token);
  const auto token = make_sign_up_token(parts.random);
  const auto outcome = parts.database.write([&](db::Transaction& tx) {
    auto sign_up = accounts.sign_ups.lock(tx, old_hash, now);
    if (!sign_up) return Outcome::gone;
    if (sign_up->email_proved_at) return Outcome::already;
    if (!equals_in_constant_time(sign_up->code_hash, typed_hash)) return Outcome::wrong;
    take_up(accounts, tx, *sign_up, token, now);
    return Outcome::proved;
  });
  switch (outcome) {
    case Outcome::proved:
      place->right();
      return SignUpReply{.new_token = token.value};
    case Outcome::wrong:
      place->wrong();
      return refuse_field("code", "accounts.error.code_wrong");
    case Outcome::already:
      place->give_back();
      return SignUpReply{};
    case Outcome::gone:
      break;
  }
  place->give_back();
  return SignUpReply{.is_gone = true};
}

}  // namespace waymark::accounts
