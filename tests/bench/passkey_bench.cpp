// Signing in by passkey alone: the challenge, the check of the answer, the unit that uses it up and begins the session.
//   passkey_bench FOLDER sqlite|postgres://… SECONDS THREADS
// The authenticator's own signature is made before the clock starts for its part: its CPU is measured alone and said
// beside the rest. Prints {"a_second": …, "cpu_us": …, "signing_us": …}.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include "app/features.hpp"
#include "app/foundation.hpp"
#include "db/migrate.hpp"
#include "features/accounts/sign_in/passkey_sign_in.hpp"
#include "support/installation.hpp"
#include "support/scripted_passkey.hpp"

namespace {

using namespace waymark;
using testing::ScriptedPasskey;

constexpr std::string_view kOrigin = "http://localhost:8080";
constexpr int kPeople = 200;

struct Person {
  ScriptedPasskey passkey;
  std::string handle{};
};

std::string name_of(int person) { return fmt::format("credential {}", person); }

// Everybody's passkey, kept as registering keeps it; from an earlier run it is taken off first.
std::vector<Person> register_all(app::Foundation& foundation, accounts::Accounts& accounts) {
  std::vector<Person> people;
  const auto store = passkey_store(accounts);
  for (int i = 0; i < kPeople; ++i) {
    Person person{.passkey = ScriptedPasskey(std::string(kOrigin), name_of(i))};
    const auto email = parse_email(bench::email_of(i)).value();
    const auto account = accounts.store.find_by_email(*foundation.database->snapshot(), email.canonical).value();
    const auto fresh = foundation.random.bytes(64);
    const accounts::Passkey kept{.id = foundation.ids.next<accounts::PasskeyId>(),
                                 .account = account,
                                 .name = "bench",
                                 .credential_id = person.passkey.credential_id(),
                                 .public_key = person.passkey.cose_key(),
                                 .created_at = foundation.clock->now()};
    foundation.database->write([&](db::Transaction& tx) {
      store.remove_all(tx, account);
      person.handle = store.keep_handle(tx, account, fresh);
      store.add(tx, kept);
    });
    people.push_back(std::move(person));
  }
  return people;
}

double cpu_of_signing(const std::vector<Person>& people) {
  constexpr int kTimes = 2000;
  const double before = bench::cpu_seconds();
  for (int i = 0; i < kTimes; ++i) people[static_cast<std::size_t>(i % kPeople)].passkey.assertion("a challenge");
  return (bench::cpu_seconds() - before) / kTimes * 1e6;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) return 2;
  app::Foundation foundation(bench::make_config(argv[1], argv[2]));
  db::migrate(*foundation.database, db::shipped_migrations(foundation.database->kind()));
  app::Features features(foundation, [] {});
  auto& accounts = features.accounts;
  const auto people = register_all(foundation, accounts);
  const double signing_us = cpu_of_signing(people);
  const accounts::PasskeyAsker asker{.party = webauthn::relying_party_of(kOrigin),
                                     .holder = "visit one",
                                     .client = {.peer = "203.0.113.9", .device_token = "a browser that is known"}};
  const auto sign_in = [&](const Person& person) {
    const auto asked = ask_for_passkey(accounts, {accounts::CeremonyPurpose::sign_in, asker.holder});
    const auto made = person.passkey.assertion(asked.challenge);
    return sign_in_by_passkey(accounts, asker,
                              {.credential_id = person.passkey.credential_id(),
                               .client_data = made.client_data,
                               .authenticator_data = made.authenticator_data,
                               .signature = made.signature,
                               .user_handle = person.handle},
                              accounts::SharedComputer::no)
        .has_value();
  };
  for (const auto& person : people) {
    if (!sign_in(person)) return 1;  // and everybody's browser is known from here on
  }

  const auto time = std::chrono::seconds{std::atoi(argv[3])};
  std::atomic<bool> is_over{false};
  std::atomic<std::int64_t> done{0}, refused{0};
  const double before = bench::cpu_seconds();
  std::vector<std::thread> threads;
  for (int t = 0; t < std::atoi(argv[4]); ++t) {
    threads.emplace_back([&, t] {
      for (int i = t * 17; !is_over; ++i) ++(sign_in(people[static_cast<std::size_t>(i % kPeople)]) ? done : refused);
    });
  }
  std::this_thread::sleep_for(time);
  is_over = true;
  for (auto& thread : threads) thread.join();
  const double cpu_us = (bench::cpu_seconds() - before) * 1e6 / static_cast<double>(done.load());
  std::printf(R"({"a_second": %.0f, "cpu_us": %.1f, "signing_us": %.1f, "refused": %lld})"
              "\n",
              static_cast<double>(done.load()) / static_cast<double>(time.count()), cpu_us, signing_us,
              static_cast<long long>(refused.load()));
  return refused.load() == 0 ? 0 : 1;
}
