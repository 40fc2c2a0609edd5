// Whether the time of an answer tells what kind of account an address has: the first answer of a recovery, and a
// sign-in with a wrong password, for addresses without an account, with one, with a closed one, and with one that has
// passkeys only. From the request as the server hands it over to the finished answer; the classes take turns in random
// order.
//   equal_answers_bench FOLDER sqlite|postgres://… SAMPLES   (FOLDER: new or the bench's own)
// Prints a line of JSON for each; status 1 when two medians are a millisecond apart or more.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <random>

#include "app/features.hpp"
#include "app/routes.hpp"
#include "db/migrate.hpp"
#include "support/installation.hpp"
#include "web/site.hpp"

namespace {

using namespace waymark;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr std::array<std::string_view, 4> kClasses{"unknown", "known", "closed", "passkey_only"};
constexpr int kAddressesOfClass = 25;
constexpr double kApartMax = 1.0;

// What earlier samples left would refuse later ones, or make their tables larger than others'.
constexpr db::Query kForgetTries{"bench.forget_tries", "DELETE FROM throttles"};
constexpr db::Query kForgetRecoveries{"bench.forget_recoveries", "DELETE FROM recoveries"};
constexpr db::Query kForgetTellings{"bench.forget_tellings", "DELETE FROM outbox"};
constexpr db::Query kClose{"bench.close", "UPDATE accounts SET state = 'closed' WHERE id = $1"};

std::string address_of(std::string_view kind, int number) { return fmt::format("{}{}@bench.example", kind, number); }

void add_accounts(app::Foundation& foundation, app::Features& features) {
  const auto hash = features.hasher.hash(bench::kPassword).value();
  const auto now = foundation.clock->now();
  for (const auto kind : kClasses) {
    if (kind == "unknown") continue;
    for (int i = 0; i < kAddressesOfClass; ++i) {
      const auto id = foundation.ids.next<AccountId>();
      foundation.database->write([&](db::Transaction& tx) {
        features.accounts.store.add(tx, {.profile = {.id = id,
                                                     .email = parse_email(address_of(kind, i)).value(),
                                                     .given_name = "Ana",
                                                     .family_name = "Reyes",
                                                     .date_of_birth = Date{std::chrono::year{1990} / 4 / 12},
                                                     .language = "en",
                                                     .created_at = now},
                                         .password_hash = kind == "passkey_only" ? "" : hash,
                                         .consent_version = "bench",
                                         .consented_at = now});
        if (kind == "closed") tx.run(kClose, {id});
      });
    }
  }
}

// A stranger's browser: the cookie and the token of a page's form.
struct Stranger {
  std::string cookie, token;
};

web::Request make_request(web::Method method, std::string path) {
  web::Request request;
  request.method = method;
  request.path = std::move(path);
  request.peer = "192.0.2.7";
  request.request_id = "0123456789abcdef";
  request.headers = {{"host", "localhost:8080"},
                     {"accept", "text/html"},
                     {"accept-language", "en"},
                     {"sec-fetch-site", "same-origin"},
                     {"sec-fetch-mode", "navigate"}};
  return request;
}

Stranger look_at(const web::Site& site, const std::string& page) {
  const auto answer = site.dispatch(make_request(web::Method::get, page));
  const std::string_view before = "name=\"csrf\" value=\"";
  const auto start = answer.body.find(before) + before.size();
  Stranger stranger;
  stranger.token = answer.body.substr(start, answer.body.find('"', start) - start);
  for (const auto& cookie : answer.cookies) stranger.cookie = cookie.substr(0, cookie.find(';'));
  return stranger;
}

double time_of(const web::Site& site, const Stranger& stranger, const std::string& page, const std::string& fields,
               int wanted) {
  auto request = make_request(web::Method::post, page);
  request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
  request.headers.emplace_back("cookie", stranger.cookie);
  request.body = fmt::format("csrf={}&{}", stranger.token, fields);
  const auto begun = std::chrono::steady_clock::now();
  const auto answer = site.dispatch(request);
  const auto taken = Milliseconds(std::chrono::steady_clock::now() - begun).count();
  if (answer.status != wanted) throw std::runtime_error(fmt::format("{} answered {}", page, answer.status));
  return taken;
}

double median(std::vector<double>& times) {
  std::ranges::sort(times);
  return times[times.size() / 2];
}

// True when no two medians are kApartMax apart.
bool measure(app::Foundation& foundation, const web::Site& site, const std::string& page, std::string_view more,
             int wanted, int samples) {
  const auto stranger = look_at(site, page);
  std::array<std::vector<double>, kClasses.size()> times;
  std::array<std::size_t, kClasses.size()> order{0, 1, 2, 3};
  std::mt19937 dice(4711);
  for (int i = 0; i < samples; ++i) {
    foundation.database->write([&](db::Transaction& tx) {
      tx.run(kForgetTries, {});
      tx.run(kForgetRecoveries, {});
      tx.run(kForgetTellings, {});
    });
    std::ranges::shuffle(order, dice);
    for (const auto kind : order) {
      const auto fields = fmt::format("email={}{}", address_of(kClasses[kind], i % kAddressesOfClass), more);
      times[kind].push_back(time_of(site, stranger, page, fields, wanted));
    }
  }
  std::string figures;
  double least = 1e9, most = 0;
  for (std::size_t kind = 0; kind < kClasses.size(); ++kind) {
    const auto middle = median(times[kind]);
    least = std::min(least, middle);
    most = std::max(most, middle);
    figures += fmt::format("\"{}_ms\":{:.4f},", kClasses[kind], middle);
  }
  std::printf("{\"page\":\"%s\",\"samples\":%d,%s\"apart_ms\":%.4f}\n", page.c_str(), samples, figures.c_str(),
              most - least);
  return most - least < kApartMax;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  auto config = bench::make_config(argv[1], argv[2]);
  config.demo = true;
  config.catalogue_folder.clear();
  app::Foundation foundation(config);
  db::migrate(*foundation.database, db::shipped_migrations(foundation.database->kind()));
  app::Features features(foundation, [] {});
  add_accounts(foundation, features);
  const web::Site site(app::site_parts(foundation, features), app::make_routes(features));
  const int samples = std::atoi(argv[3]);
  const bool recovery = measure(foundation, site, "/recover/password", "", 303, samples);
  const bool sign_in = measure(foundation, site, "/sign-in", "&password=not+the+right+one", 422, samples);
  return recovery && sign_in ? 0 : 1;
}
