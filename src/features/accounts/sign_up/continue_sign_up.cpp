#include "features/accounts/factors/codes.hpp"
#include "features/accounts/factors/password.hpp"
#include "features/accounts/sign_up/sign_up_change.hpp"
#include "platform/totp.hpp"

namespace waymark::accounts {
namespace {

std::optional<SignUp> find_earlier(const Accounts& accounts, db::Snapshot& snapshot, const SignUp& sign_up,
                                   Instant now) {
  if (!sign_up.continues) return std::nullopt;
  return accounts.sign_ups.find(snapshot, *sign_up.continues, now);
}

// What this flow waited to continue has lapsed: it goes on by itself, if its address was proved.
Result<SignUpReply> go_on_alone(Accounts& accounts, const SignUpAsker& asker, Instant now) {
  const auto hash = sign_up_token_hash(asker.token);
  return accounts.parts.database.write([&](db::Transaction& tx) -> Result<SignUpReply> {
    auto sign_up = accounts.sign_ups.lock(tx, hash, now);
    if (!sign_up) return SignUpReply{.is_gone = true};
    if (!sign_up->email_proved_at) {
      accounts.sign_ups.remove(tx, sign_up->id);
      return SignUpReply{.is_gone = true};
    }
    sign_up->continues.reset();
    accounts.sign_ups.save(tx, *sign_up);
    return SignUpReply{};
  });
}

// What of the answer was checked before the unit.
struct Checked {
  bool is_right = false;
  std::optional<std::int64_t> totp_step{};
};

Result<Checked> check(Accounts& accounts, const SignUp& sign_up, const SignUp& earlier, const WelcomeBackAnswer& answer,
                      Instant now) {
  Checked checked{.is_right = true};
  if (!sign_up.draft.password_given) {
    const auto normal = normal_password(answer.password);
    const auto right = accounts.parts.hasher.is_right(normal.value_or(std::string{}), earlier.draft.password_hash);
    if (!right) return refuse(right.error());
    checked.is_right = *right && normal.has_value();
  }
  if (earlier.draft.totp_step) {
    const auto code = parse_code(answer.totp);
    if (code) checked.totp_step = find_totp_step(earlier.draft.totp_secret, *code, now);
    const bool is_fresh = checked.totp_step && *checked.totp_step > *earlier.draft.totp_step;
    checked.is_right = checked.is_right && is_fresh;
  }
  return checked;
}

enum class Outcome { continued, changed, gone };

Outcome take_over(Accounts& accounts, db::Transaction& tx, std::string_view old_hash, const SignUp& seen,
                  const Checked& checked, const SignUpToken& token, Instant now) {
  auto& store = accounts.sign_ups;
  const auto sign_up = store.lock(tx, old_hash, now);
  if (!sign_up || sign_up->continues != seen.id) return Outcome::gone;
  auto earlier = store.lock(tx, seen.id, now);
  // What was checked must be what is taken over: the password may have been chosen anew meanwhile.
  if (!earlier || earlier->draft.password_hash != seen.draft.password_hash) return Outcome::changed;
  if (earlier->draft.totp_step != seen.draft.totp_step) return Outcome::changed;
  if (checked.totp_step) earlier->draft.totp_step = checked.totp_step;
  store.save(tx, *earlier);
  store.remove(tx, sign_up->id);
  store.set_token(tx, earlier->id, token.hash);
  return Outcome::continued;
}

std::unexpected<Failure> refuse_welcome_back() { return refuse_field("password", "accounts.error.welcome_back_wrong"); }

}  // namespace

bool continues_with_authenticator(const Accounts& accounts, db::Snapshot& snapshot, const SignUp& sign_up) {
  const auto earlier = find_earlier(accounts, snapshot, sign_up, accounts.parts.clock.now());
  return earlier && earlier->draft.totp_step;
}

Result<SignUpReply> continue_sign_up(Accounts& accounts, const SignUpAsker& asker, const WelcomeBackAnswer& answer) {
  const auto found = find_sign_up(accounts, asker);
  if (!found) return SignUpReply{.is_gone = true};
  if (!found->continues) return SignUpReply{};
  const auto now = accounts.parts.clock.now();
  const auto earlier = find_earlier(accounts, *accounts.parts.database.snapshot(), *found, now);
  if (!earlier) return go_on_alone(accounts, asker, now);
  auto place = accounts.throttle.reserve(kWelcomeBackTries, found->email.canonical);
  if (!place) return refuse(std::move(place).error());
  const auto checked = check(accounts, *found, *earlier, answer, now);
  if (!checked) {
    place->give_back();
    return refuse(checked.error());
  }
  if (!checked->is_right) {
    place->wrong();
    if (found->draft.password_given) return refuse_field("totp", "accounts.error.totp_wrong");
    return refuse_welcome_back();
  }
  const auto old_hash = sign_up_token_hash(asker.token);
  const auto token = make_sign_up_token(accounts.parts.random);
  const auto outcome = accounts.parts.database.write(
      [&](db::Transaction& tx) { return take_over(accounts, tx, old_hash, *earlier, *checked, token, now); });
  if (outcome == Outcome::continued) {
    place->right();
    return SignUpReply{.new_token = token.value};
  }
  place->give_back();
  if (outcome == Outcome::gone) return SignUpReply{.is_gone = true};
  return found->draft.password_given ? refuse_field("totp", "accounts.error.totp_wrong") : refuse_welcome_back();
}

Result<SignUpReply> start_sign_up_over(Accounts& accounts, const SignUpAsker& asker) {
  return change_sign_up(accounts, asker, "welcome_back", accounts.parts.clock.now(),
                        [&](db::Transaction& tx, SignUp& sign_up) {
                          // Who only gave a password has not proved the address here: nothing of it may be thrown away.
                          if (!sign_up.email_proved_at || !sign_up.continues) return std::optional<Failure>{};
                          accounts.sign_ups.remove(tx, *std::exchange(sign_up.continues, std::nullopt));
                          return std::optional<Failure>{};
                        });
}

std::optional<UnfinishedSignUp> find_unfinished_sign_up(Accounts& accounts, const Email& email) {
  const auto snapshot = accounts.parts.database.snapshot();
  const auto found = accounts.sign_ups.find_proved(*snapshot, email.canonical, SignUpId{}, accounts.parts.clock.now());
  if (!found || found->draft.password_hash.empty()) return std::nullopt;
  return UnfinishedSignUp{.id = found->id, .password_hash = found->draft.password_hash};
}

std::optional<std::string> continue_sign_up_after_password(Accounts& accounts, const UnfinishedSignUp& unfinished) {
  auto& parts = accounts.parts;
  const auto now = parts.clock.now();
  const auto token = make_sign_up_token(parts.random);
  const auto id = parts.ids.next<SignUpId>();
  const auto secret = make_totp_secret(parts.random);
  const bool continued = parts.database.write([&](db::Transaction& tx) {
    const auto earlier = accounts.sign_ups.lock(tx, unfinished.id, now);
    if (!earlier || earlier->draft.password_hash != unfinished.password_hash) return false;
    if (!earlier->draft.totp_step) {
      accounts.sign_ups.set_token(tx, earlier->id, token.hash);
      return true;
    }
    accounts.sign_ups.insert(tx,
                             {.id = id,
                              .email = earlier->email,
                              .draft = {.totp_secret = secret, .password_given = true},
                              .continues = earlier->id,
                              .created_at = now,
                              .expires_at = earlier->expires_at},
                             token.hash);
    return true;
  });
  return continued ? std::optional{token.value} : std::nullopt;
}

}  // namespace waymark::accounts
