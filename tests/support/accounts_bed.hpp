// The accounts feature on a fresh database with scripted surroundings, and a person who signs up step by step.
#pragma once

#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "features/accounts/accounts.hpp"
#include "features/accounts/limits.hpp"
#include "features/accounts/sign_up/sign_up.hpp"
#include "platform/totp.hpp"
#include "support/databases.hpp"
#include "support/page_site.hpp"

namespace waymark::testing {

// Read once a program: reading takes longer than most tests.
struct AccountsBed {
  static const catalogue::Catalogue& shipped_catalogue() {
    static const catalogue::Catalogue catalogue = embedded_catalogue();
    return catalogue;
  }
  static const catalogue::Words& shipped_words() {
    static const catalogue::Words words{embedded_words(), false};
    return words;
  }
  explicit AccountsBed(db::Database& database) : accounts(parts_with(database, hasher)) {}

  accounts::AccountsParts parts_with(db::Database& database, PasswordHasher& with) {
    return {.database = database,
            .clock = clock,
            .random = random,
            .ids = ids,
            .keys = keys,
            .sealer = sealer,
            .hasher = with,
            .outbox = outbox,
            .catalogue = catalogue,
            .words = words};
  }

  // Of pages that this bed's sessions are asked for.
  web::Site::Parts site_parts(Metrics& metrics, std::string origin = "https://account.northport.example") {
    return {.catalogue = catalogue,
            .words = words,
            .database = accounts.parts.database,
            .clock = clock,
            .random = random,
            .keys = keys,
            .metrics = metrics,
            .visitors = accounts.sessions,
            .origin = std::move(origin)};
  }

  FixedClock clock{Instant{std::chrono::sys_days{std::chrono::November / 23 / 2026} + std::chrono::hours{15}}};
  SystemRandom random;
  IdSource ids{clock, 1};
  KeyRing keys = make_keys(random);
  Sealer sealer{keys, random};
  PasswordHasher hasher{{.memory_bytes = 64 * 1024, .passes = 1}, 2, 256, std::chrono::milliseconds{5000}};
  journal::Outbox outbox{sealer, clock};
  const catalogue::Catalogue& catalogue = shipped_catalogue();
  const catalogue::Words& words = shipped_words();
  accounts::Accounts accounts;

  // What was told since the last call, oldest first; what waits to be told together with others as well.
  std::vector<journal::Telling> take_told() {
    const FixedClock later{clock.now() + accounts::kNoticesTogether};
    const journal::Outbox all{sealer, later};
    std::vector<journal::Telling> told;
    const auto take = [&](journal::OutboxItem& item) {
      all.mark_delivered(accounts.parts.database, item.telling.id);
      told.push_back(std::move(item.telling));
    };
    for (;;) {
      auto items = all.take_due(accounts.parts.database, 100, std::chrono::seconds{60});
      if (items.empty()) break;
      for (auto& item : items) {
        take(item);
        for (auto& other : item.also) take(other);
      }
    }
    std::ranges::sort(told, {}, &journal::Telling::id);
    return told;
  }
};

// A hasher whose one thread is busy, and which lets nobody wait.
class FullHasher {
 public:
  FullHasher() {
    while (hasher.hash("x")) {
    }
  }
  PasswordHasher hasher{{.memory_bytes = 64 * 1024, .passes = 1}, 1, 0, std::chrono::milliseconds{5000}};

 private:
  std::jthread busy_{[this] {
    const auto slow = "argon2id m=262144 t=4 " + to_base64url(std::string(16, 's'));
    while (!hasher.derive("x", slow)) {
    }
  }};
};

class WithAccounts : public ContractWith<AccountsBed> {
 protected:
  AccountsBed& bed() { return world(); }
  accounts::Accounts& accounts() { return world().accounts; }
};

inline std::string argument_of(const journal::Telling& telling, std::string_view name) {
  for (const auto& [key, value] : telling.arguments) {
    if (key == name) return value;
  }
  return {};
}

// A code that is not this one.
inline std::string another_code(std::string code) {
  code.back() = code.back() == '9' ? '0' : static_cast<char>(code.back() + 1);
  return code;
}

inline constexpr std::string_view kGoodPassword = "turnip velvet orbit sandal";

// One browser in which somebody signs up. Each step throws when it is refused.
struct SigningUp {
  AccountsBed& bed;
  std::string email = "ana@example.org";
  std::string peer = "203.0.113.9";
  accounts::SignUpAsker asker{.token = {}, .peer = peer, .language = "en"};
  std::vector<std::string> backup_codes{};
  std::string totp_secret{};

  accounts::SignUpReply take(Result<accounts::SignUpReply> reply) {
    if (!reply)
      throw std::runtime_error(reply.error().fields.empty() ? reply.error().message.key
                                                            : reply.error().fields.front().message.key);
    if (!reply->new_token.empty()) asker.token = reply->new_token;
    return std::move(*reply);
  }
  std::string step() { return std::string(accounts::present_step(accounts::find_sign_up(bed.accounts, asker)).name); }
  // Gives the address; answers with the code that was mailed (empty: another mail came).
  std::string start() {
    bed.take_told();
    take(accounts::start_sign_up(bed.accounts, asker, email));
    const auto told = bed.take_told();
    return told.empty() ? std::string{} : argument_of(told.back(), "code");
  }
  void prove_email() {
    const auto code = start();
    take(accounts::prove_email(bed.accounts, asker, code));
  }
  void agree() { take(accounts::agree_to_terms(bed.accounts, asker, true)); }
  void tell_about_you() {
    take(accounts::tell_about_you(
        bed.accounts, asker,
        {.given_name = "Ana", .family_name = "Morales", .day = "27", .month = "3", .year = "1984", .language = "es"}));
  }
  void choose_password() { take(accounts::choose_password(bed.accounts, asker, kGoodPassword)); }
  std::string give_phone() {
    bed.take_told();
    take(accounts::give_phone(bed.accounts, asker, {.region = "US", .number = "555 555 0123"}));
    const auto told = bed.take_told();
    return told.empty() ? std::string{} : argument_of(told.back(), "code");
  }
  void skip_phone() { take(accounts::skip_phone(bed.accounts, asker)); }
  std::string app_code() {
    const auto sign_up = accounts::find_sign_up(bed.accounts, asker);
    totp_secret = sign_up->draft.totp_secret;
    return totp_code(totp_secret, bed.clock.now());
  }
  void confirm_app() {
    take(accounts::confirm_authenticator(bed.accounts, asker, app_code()));
    backup_codes = accounts::find_sign_up(bed.accounts, asker)->draft.backup_codes;
  }
  void keep_codes() { take(accounts::keep_backup_codes(bed.accounts, asker, true)); }

  void go_until(std::string_view wanted) {
    if (asker.token.empty()) prove_email();
    while (step() != wanted) {
      const auto now = step();
      if (now == "consent")
        agree();
      else if (now == "about_you")
        tell_about_you();
      else if (now == "password")
        choose_password();
      else if (now == "phone")
        skip_phone();
      else if (now == "authenticator")
        confirm_app();
      else if (now == "backup_codes")
        keep_codes();
      else
        throw std::runtime_error("stuck at " + now);
    }
  }
  // Finishes; the account's id.
  AccountId finish() {
    go_until("check");
    const auto finished = accounts::finish_sign_up(bed.accounts, asker);
    if (!finished || finished->session.token.empty()) throw std::runtime_error("not finished");
    session = finished->session;
    const auto found =
        bed.accounts.store.find_by_email(*bed.accounts.parts.database.snapshot(), parse_email(email)->canonical);
    return found.value();
  }
  accounts::SessionKey session{};
};

}  // namespace waymark::testing
