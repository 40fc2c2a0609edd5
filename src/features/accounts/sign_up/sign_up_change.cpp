#include "features/accounts/sign_up/sign_up_change.hpp"

namespace waymark::accounts {

std::optional<SignUp> find_sign_up(Accounts& accounts, const SignUpAsker& asker) {
  if (asker.token.empty()) return std::nullopt;
  const auto snapshot = accounts.parts.database.snapshot();
  return accounts.sign_ups.find(*snapshot, sign_up_token_hash(asker.token), accounts.parts.clock.now());
}

Result<SignUpReply> change_sign_up(Accounts& accounts, const SignUpAsker& asker, std::string_view step, Instant now,
                                   const SignUpChange& change) {
  if (asker.token.empty()) return SignUpReply{.is_gone = true};
  const auto hash = sign_up_token_hash(asker.token);
  return accounts.parts.database.write([&](db::Transaction& tx) -> Result<SignUpReply> {
    auto sign_up = accounts.sign_ups.lock(tx, hash, now);
    if (!sign_up) return SignUpReply{.is_gone = true};
    if (!may_take_step(sign_up, sign_up_step(step))) return SignUpReply{};
    if (auto failure = change(tx, *sign_up)) return std::unexpected(std::move(*failure));
    accounts.sign_ups.save(tx, *sign_up);
    return SignUpReply{};
  });
}

SignUpToken make_sign_up_token(Random& random) {
  SignUpToken token{.value = random.token()};
  token.hash = sign_up_token_hash(token.value);
  return token;
}

std::string sign_up_token_hash(std::string_view token) { return sha256(token); }

}  // namespace waymark::accounts
