// A person with an account who signs in, on a fresh database with scripted surroundings.
#pragma once

#include <cstdlib>
#include <exception>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "features/accounts/sign_in/sign_in.hpp"
#include "support/accounts_bed.hpp"

namespace waymark::testing {

// How often a race is run: WAYMARK_TEST_ROUNDS, or `otherwise`.
inline int race_rounds(int otherwise) {
  const char* wanted = std::getenv("WAYMARK_TEST_ROUNDS");
  const int rounds = wanted == nullptr ? 0 : std::atoi(wanted);
  return rounds > 0 ? rounds : otherwise;
}

// All at once; the first exception of any of them goes on to the caller.
template <typename Work>
void in_threads(int count, const Work& work) {
  std::mutex mutex;
  std::exception_ptr first;
  std::vector<std::thread> threads;
  for (int i = 0; i < count; ++i) {
    threads.emplace_back([&, i] {
      try {
        work(i);
      } catch (...) {
        const std::scoped_lock lock(mutex);
        if (!first) first = std::current_exception();
      }
    });
  }
  for (auto& thread : threads) thread.join();
  if (first) std::rethrow_exception(first);
}

// The locale key of what was refused at the first field, or of the refusal itself; empty when nothing was.
template <typename T>
std::string refusal_of(const Result<T>& result) {
  if (result) return "";
  return result.error().fields.empty() ? result.error().message.key : result.error().fields.front().message.key;
}

inline constexpr std::string_view kWrongPassword = "turnip velvet orbit sandals";

struct SigningIn {
  // Signs Ana up and moves past the step of her app that the sign-up used. `parts` may stand on another database object
  // than the one that is signed up on.
  explicit SigningIn(db::Database& database) : bed(database) {
    SigningUp ana{.bed = bed};
    account = ana.finish();
    totp_secret = ana.totp_secret;
    device_token = ana.session.device_token;
    backup_codes = ana.backup_codes;
    bed.clock.move(std::chrono::minutes{2});
    bed.take_told();
  }

  accounts::Accounts& accounts() { return bed.accounts; }
  db::Database& database() { return bed.accounts.parts.database; }

  Result<accounts::SignedIn> give(std::string_view password, std::string peer = "203.0.113.9",
                                  std::string email = "ana@example.org") {
    return accounts::sign_in(accounts(),
                             {.email = std::move(email), .password = std::string(password), .client = {.peer = peer}});
  }
  // The right password; throws when it is refused.
  accounts::SessionKey half(accounts::SharedComputer shared = accounts::SharedComputer::no) {
    const auto signed_in = accounts::sign_in(accounts(), {.email = "ana@example.org",
                                                          .password = std::string(kGoodPassword),
                                                          .shared = shared,
                                                          .client = {.peer = "203.0.113.9"}});
    if (!signed_in) throw std::runtime_error(refusal_of(signed_in));
    return signed_in->session.value();
  }
  std::vector<accounts::SessionKey> halves(int count) {
    std::vector<accounts::SessionKey> keys;
    for (int i = 0; i < count; ++i) keys.push_back(accounts().sessions.make_key({.peer = "203.0.113.9"}));
    database().write([&](db::Transaction& tx) {
      for (const auto& key : keys) accounts().sessions.start_half(tx, key, account, accounts::SharedComputer::no);
    });
    return keys;
  }
  Result<accounts::SessionKey> prove(const accounts::SessionKey& half, std::string code,
                                     accounts::SecondFactor way = accounts::SecondFactor::totp) {
    return accounts::prove_second_factor(accounts(), {.account = account,
                                                      .half = half.id,
                                                      .way = way,
                                                      .code = std::move(code),
                                                      .client = {.peer = "203.0.113.9", .device_token = device_token}});
  }
  Result<accounts::SessionKey> prove_by_backup_code(const accounts::SessionKey& half, std::string code) {
    return prove(half, std::move(code), accounts::SecondFactor::backup_code);
  }
  std::string app_code(std::chrono::seconds from_now = {}) {
    return totp_code(totp_secret, bed.clock.now() + from_now);
  }
  // No code of the app, now or one step around.
  std::string wrong_app_code() {
    for (int i = 0;; ++i) {
      auto code = fmt::format("{:06}", i);
      if (!find_totp_step(totp_secret, code, bed.clock.now())) return code;
    }
  }
  web::Standing standing(const accounts::SessionKey& key) {
    web::Request request;
    request.headers = {{"cookie", fmt::format("__Host-session={}", key.token)}};
    return accounts().sessions.find_visitor(request, *database().snapshot()).standing;
  }
  std::int64_t failures(const accounts::Limit& limit, std::string_view subject) {
    return accounts().throttle.count_failures(*database().snapshot(), limit, subject);
  }
  std::string subject() const { return std::to_string(account.value); }
  std::int64_t sign_in_failures() { return failures(accounts::kSignInTries, "ana@example.org"); }
  std::int64_t factor_failures() { return failures(accounts::kSecondFactorTries, subject()); }
  // Wrong passwords until signing in is locked.
  void lock_sign_in() {
    for (int i = 0; i < 5; ++i) give(kWrongPassword);
    bed.clock.move(std::chrono::seconds{2});
    give(kWrongPassword);
  }
  void forget_tries() {
    database().write(
        [&](db::Transaction& tx) { accounts::forget_failed_tries(accounts(), tx, account, "ana@example.org"); });
  }
  void set_locked(bool locked) {
    database().write([&](db::Transaction& tx) { accounts().store.set_locked(tx, account, locked); });
  }
  std::vector<std::string> told_kinds() {
    std::vector<std::string> kinds;
    for (const auto& telling : bed.take_told()) kinds.push_back(telling.kind);
    return kinds;
  }

  AccountsBed bed;
  AccountId account{};
  std::string totp_secret;
  std::string device_token;  // of the browser in which she signed up; second factors are given in it
  std::vector<std::string> backup_codes;
};

// In which Ana has an account.
template <typename Person>
class WithPerson : public ContractWith<Person> {
 protected:
  Person& ana() { return this->world(); }
  accounts::Accounts& accounts() { return this->world().bed.accounts; }
};
class WithAna : public WithPerson<SigningIn> {};

}  // namespace waymark::testing
