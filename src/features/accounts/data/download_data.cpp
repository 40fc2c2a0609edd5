#include "features/accounts/data/download_data.hpp"

#include "features/accounts/data/readable_json.hpp"
#include "features/accounts/pages/data_pages.hpp"
#include "journal/audit.hpp"
#include "platform/zip_file.hpp"

namespace waymark::accounts {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;

std::string read_me(const std::vector<DataFile>& files, const catalogue::Locale& words, std::string_view agency,
                    Instant now, std::string_view zone) {
  const auto when = words.long_date_time(now, zone);
  std::string text(words.text("accounts.data.readme", {{"agency", agency}, {"time", std::string_view(when)}}));
  text += "\n\n";
  for (const auto& file : files) text += fmt::format("{}\n    {}\n\n", file.name, words.text(file.meaning));
  return text + std::string(words.text("accounts.data.readme_end")) + "\n";
}

Result<web::Response> submit_data(Accounts& accounts, Exchange& exchange) {
  auto zip = download_data(accounts, exchange.visitor.account, client_of(exchange.request), exchange.words());
  if (!zip) return std::unexpected(zip.error());
  const auto day = catalogue::day_in_zone(exchange.now, exchange.time_zone());
  return web::Response::download(fmt::format("my-data-{}.zip", to_iso(day)), "application/zip", std::move(*zip));
}

}  // namespace

Result<std::string> download_data(Accounts& accounts, AccountId account, const Client& client,
                                  const catalogue::Locale& words) {
  if (auto counted =
          accounts.throttle.count(kDataDownloads, std::to_string(account.value), "accounts.error.too_many_downloads");
      !counted) {
    return refuse(counted.error());
  }
  const auto& parts = accounts.parts;
  const auto now = parts.clock.now();
  const auto audit_id = parts.ids.next_value();
  const auto network = accounts.sessions.hash_network(client.peer);
  // Recorded before the copy is made, so that it tells of itself, and nobody has one that was not recorded.
  parts.database.write([&](db::Transaction& tx) {
    journal::record(tx,
                    {.id = audit_id, .at = now, .event = "data.downloaded", .account = account, .network = network});
  });
  std::vector<DataFile> files;
  std::string zone;
  {
    const auto snapshot = parts.database.snapshot();
    for (const auto* one : accounts.personal_data) {
      auto more = one->collect(*snapshot, account, now);
      std::move(more.begin(), more.end(), std::back_inserter(files));
    }
    zone = accounts.store.load_profile(*snapshot, account).time_zone.value_or(parts.catalogue.brand().time_zone);
  }
  std::vector<ZipEntry> entries;
  entries.push_back({"README.txt", read_me(files, words, parts.catalogue.brand().agency_name, now, zone)});
  for (const auto& file : files) entries.push_back({file.name, readable_json(file.content)});
  return make_zip(entries, now);
}

void add_data_routes(web::Router& router, Accounts& accounts) {
  router.form(
      "/account/data", web::Access::recently_proved,
      [](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        return pages::data_page(exchange, form);
      },
      [&accounts](Exchange& exchange, const Form&) { return submit_data(accounts, exchange); });
}

}  // namespace waymark::accounts
