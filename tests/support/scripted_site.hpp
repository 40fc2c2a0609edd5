// A site with routes of a test's own, a database that only counts and fails when told, and visitors named by their
// session cookie: what dispatch does, tried without sockets and without features.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "support/page_site.hpp"
#include "web/cookies.hpp"

namespace waymark::testing {

class EmptySnapshot final : public db::Snapshot {
 public:
  explicit EmptySnapshot(int* open = nullptr) : open_(open) {
    if (open_ != nullptr) ++*open_;
  }
  ~EmptySnapshot() override {
    if (open_ != nullptr) --*open_;
  }
  EmptySnapshot(const EmptySnapshot&) = delete;
  EmptySnapshot& operator=(const EmptySnapshot&) = delete;
  void each(const db::Query&, db::Parameters, const db::RowFunction&) override {}
  void queue(const db::Query&, db::Parameters, db::RowFunction) override {}
  void drain() override {}

 private:
  int* open_;
};

class CountingDatabase final : public db::Database {
 public:
  enum class Fault { none, busy, broken };
  Fault fault = Fault::none;
  int snapshots = 0;       // ever
  int open_snapshots = 0;  // now
  bool is_inline = true;

  void write_unit(const std::function<void(db::Transaction&)>&, db::Urgency) override {}
  std::unique_ptr<db::Snapshot> snapshot() override {
    ++snapshots;
    if (fault == Fault::busy) throw db::DatabaseBusy("no reader was free");
    if (fault == Fault::broken) throw db::DatabaseError("sessions.find: disk I/O error");
    return std::make_unique<EmptySnapshot>(&open_snapshots);
  }
  bool reads_are_inline() const override { return is_inline; }
  std::string_view kind() const override { return "sqlite"; }
  void ping() override {}
  void back_up_to(const std::string&) override {}
};

// "whole", "half" and "spanish" (whole, with a language) are sessions; anything else is none.
class NamedVisitors final : public web::VisitorSource {
 public:
  Instant proved_at{};
  int look_ups = 0;
  std::string kept_language;

  web::Visitor find_visitor(const web::Request& request, db::Snapshot&) override {
    ++look_ups;
    const auto cookie = request.cookie(web::kSessionCookie).value_or("");
    if (cookie == "half")
      return {.standing = web::Standing::half_signed_in, .account{7}, .csrf_secret = "half's secret"};
    if (cookie != "whole" && cookie != "spanish") return {};
    return {.standing = web::Standing::signed_in,
            .account{7},
            .csrf_secret = "whole's secret",
            .given_name = "Ana",
            .language = cookie == "spanish" ? "es" : "",
            .proved_at = proved_at};
  }
  void keep_language(db::Database&, const web::Visitor&, std::string_view language) override {
    kept_language = language;
  }
};

struct ScriptedSite {
  explicit ScriptedSite(web::Router router = {}, std::string origin = "https://account.northport.example")
      : site({.catalogue = catalogue,
              .words = words,
              .database = database,
              .clock = clock,
              .random = random,
              .keys = keys,
              .metrics = metrics,
              .visitors = visitors,
              .origin = std::move(origin)},
             std::move(router)) {
    visitors.proved_at = clock.now();
  }

  web::Request get(std::string path, std::string_view session = {}) const {
    web::Request request;
    request.path = std::move(path);
    request.request_id = "00000000000000aa";
    request.headers.emplace_back("host", site.authority());
    if (!session.empty()) set_header(request, "cookie", "__Host-session=" + std::string(session));
    return request;
  }
  // A form of our own page with its token: what a browser sends.
  web::Request post(std::string path, std::string_view session = {}, std::string_view fields = {}) {
    web::Request request = get(std::move(path), session);
    if (session.empty()) set_header(request, "cookie", "__Host-visit=AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHH");
    request.method = web::Method::post;
    set_header(request, "content-type", "application/x-www-form-urlencoded");
    set_header(request, "origin", site.parts().origin);
    set_header(request, "sec-fetch-site", "same-origin");
    request.body = "csrf=" + token_for(request);
    if (!fields.empty()) request.body.append("&").append(fields);
    return request;
  }
  std::string token_for(const web::Request& request) {
    web::Exchange exchange(request, site, clock.now());
    EmptySnapshot snapshot;
    exchange.visitor = NamedVisitors{}.find_visitor(request, snapshot);
    return exchange.csrf_token();
  }
  web::Response answer(const web::Request& request) const { return site.dispatch(request); }

  static void set_header(web::Request& request, std::string_view name, std::string value) {
    for (auto& [held, old] : request.headers) {
      if (held != name) continue;
      old = std::move(value);
      return;
    }
    request.headers.emplace_back(name, std::move(value));
  }

  catalogue::Catalogue catalogue = embedded_catalogue();
  catalogue::Words words{embedded_words(), true};
  CountingDatabase database;
  FixedClock clock{Instant{std::chrono::sys_days{std::chrono::November / 23 / 2026} + std::chrono::hours{15}}};
  SeededRandom random{11};
  KeyRing keys = make_keys(random);
  Metrics metrics;
  NamedVisitors visitors;
  web::Site site;
};

inline std::string_view header_of(const web::Response& response, std::string_view name) {
  for (const auto& [held, value] : response.headers) {
    if (held == name) return value;
  }
  if (response.standing == nullptr) return {};
  for (const auto& [held, value] : response.standing->list) {
    if (held == name) return value;
  }
  return {};
}

}  // namespace waymark::testing
