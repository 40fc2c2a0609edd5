// A site of the shipped catalogue and words for tests that draw pages without a database or a server.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "platform/embedded.hpp"
#include "platform/random.hpp"
#include "web/exchange.hpp"
#include "web/site.hpp"

namespace waymark::testing {

inline std::vector<catalogue::Words::File> embedded_words() {
  std::vector<catalogue::Words::File> files;
  for (const auto& file : embedded_files()) {
    if (file.path.starts_with("locales/")) files.push_back({file.path, file.content});
  }
  return files;
}

// `more`: files beside the shipped ones.
inline catalogue::Catalogue embedded_catalogue(std::vector<catalogue::CatalogueFile> more = {}) {
  auto files = std::move(more);
  for (const auto& file : embedded_files()) {
    // Not the example of another agency's brand, which lies beside them.
    const bool is_shipped = file.path.starts_with("catalogue/us/") || file.path.starts_with("catalogue/demo/");
    if (is_shipped && (file.path.ends_with(".json") || file.path.ends_with(".md"))) {
      files.push_back({std::string(file.path), std::string(file.content)});
    }
  }
  auto read = catalogue::read_catalogue(files);
  if (!read.problems.empty())
    throw std::runtime_error(read.problems.front().file + ": " + read.problems.front().reason);
  return std::move(read.catalogue);
}

// Pages that only draw never come here.
class NoDatabase final : public db::Database {
 public:
  void write_unit(const std::function<void(db::Transaction&)>&, db::Urgency) override { refuse_use(); }
  std::unique_ptr<db::Snapshot> snapshot() override { refuse_use(); }
  bool reads_are_inline() const override { return true; }
  std::string_view kind() const override { return "sqlite"; }
  void ping() override {}
  void back_up_to(const std::string&) override { refuse_use(); }

 private:
  [[noreturn]] static void refuse_use() { throw std::logic_error("this test has no database"); }
};

class NoVisitors final : public web::VisitorSource {
 public:
  web::Visitor find_visitor(const web::Request&, db::Snapshot&) override { return {}; }
};

struct PageSite {
  catalogue::Catalogue catalogue = embedded_catalogue();
  catalogue::Words words{embedded_words(), true};
  NoDatabase database;
  FixedClock clock{Instant{std::chrono::sys_days{std::chrono::November / 23 / 2026} + std::chrono::hours{15}}};
  SeededRandom random{7};
  KeyRing keys = make_keys(random);
  Metrics metrics;
  NoVisitors visitors;
  web::Site site{{.catalogue = catalogue,
                  .words = words,
                  .database = database,
                  .clock = clock,
                  .random = random,
                  .keys = keys,
                  .metrics = metrics,
                  .visitors = visitors,
                  .origin = "https://account.northport.example",
                  .is_demo = true},
                 web::Router{}};
};

// One page being drawn for one reader.
struct PageVisit {
  explicit PageVisit(PageSite& page_site, std::string_view language = "en", std::string path = "/")
      : exchange(request, page_site.site, page_site.clock.now()) {
    request.path = std::move(path);
    exchange.locale = page_site.words.find(language);
    if (exchange.locale == nullptr) throw std::logic_error("no such language");
  }
  void sign_in(std::string given_name = "Ana") {
    exchange.visitor.standing = web::Standing::signed_in;
    exchange.visitor.given_name = std::move(given_name);
    exchange.visitor.csrf_secret = "a secret of the session";
  }

  web::Request request{};
  web::Exchange exchange;
};

}  // namespace waymark::testing
