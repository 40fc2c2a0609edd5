// What counting a try costs beside the hash: the look at the device, the four places reserved in one unit, and the unit
// that settles them.
//   lockout_bench FOLDER sqlite|postgres://… SECONDS stranger|device
// Prints what support/figures.hpp says.
#include <cstdio>
#include <cstdlib>

#include "app/features.hpp"
#include "app/foundation.hpp"
#include "db/migrate.hpp"
#include "features/accounts/sign_in/sign_in_places.hpp"
#include "support/figures.hpp"
#include "support/installation.hpp"

int main(int argc, char** argv) {
  using namespace waymark;
  if (argc != 5) return 2;
  app::Foundation foundation(bench::make_config(argv[1], argv[2]));
  db::migrate(*foundation.database, db::shipped_migrations(foundation.database->kind()));
  app::Features features(foundation, [] {});
  auto& accounts = features.accounts;
  const bool is_device = std::string_view(argv[4]) == "device";

  std::int64_t person = 0;
  const auto count_one_try = [&] {
    const auto email = parse_email(bench::email_of(person++ % 1000)).value();
    auto device = accounts::find_known_device(accounts, email.canonical, {});
    if (is_device) device = accounts::Device{.id = accounts::DeviceId{1}, .account = AccountId{person}};
    auto places = accounts::SignInPlaces::reserve(accounts, email.canonical, "203.0.113.9", device).value();
    const auto now = foundation.clock->now();
    foundation.database->write([&](db::Transaction& tx) { places.right_in(tx, now); });
  };
  std::printf("%s\n", bench::run_for(std::chrono::seconds{std::atoi(argv[3])}, count_one_try).c_str());
  return 0;
}
