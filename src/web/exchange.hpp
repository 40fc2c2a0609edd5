// One request being answered: what a handler has in its hands.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "catalogue/catalogue.hpp"
#include "catalogue/words.hpp"
#include "db/database.hpp"
#include "web/form.hpp"
#include "web/html.hpp"
#include "web/request.hpp"
#include "web/response.hpp"
#include "web/visitor.hpp"

namespace waymark::web {

class Site;

class Exchange {
 public:
  Exchange(const Request& request, const Site& site, Instant now);

  const Request& request;
  const Site& site;
  const Instant now;
  Visitor visitor{};
  const catalogue::Locale* locale = nullptr;
  std::vector<std::pair<std::string_view, std::string>> path_parts{};  // ":receipt" of the pattern → its value

  const catalogue::Locale& words() const { return *locale; }
  const catalogue::Brand& brand() const;
  std::string_view part(std::string_view name) const;  // a part of the path; asserts that the pattern has it
  std::string_view time_zone() const;                  // the person's, or the agency's
  // Opened at the first call, one for the whole exchange; for GETs.
  db::Snapshot& snapshot();
  // Lets the snapshot go, so that a writer waits for no reader of its own and a page drawn after it sees what it wrote.
  void close_snapshot() { snapshot_.reset(); }
  // A masked CSRF token for this visitor; different in each exchange.
  const std::string& csrf_token();
  // The hidden field; every form that posts has one.
  Html csrf_field();
  // Whether the token came from a page that was drawn for this visitor.
  bool is_csrf_token(std::string_view token);
  // A query parameter, decoded; empty when absent or malformed.
  std::string query(std::string_view name) const;
  // A stranger's random cookie, made at the first form that needs it: dispatch sets it on the response.
  const std::string& fresh_csrf_cookie() const { return fresh_csrf_cookie_; }

 private:
  std::unique_ptr<db::Snapshot> snapshot_;
  std::string csrf_key_;
  std::string csrf_token_;  // one mask a page: no two pages are alike, which is all that BREACH asks
  std::string fresh_csrf_cookie_;
};

}  // namespace waymark::web
