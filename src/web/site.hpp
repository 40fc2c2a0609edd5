// What all pages of an installation share, built once at start. And dispatch: from a Request to a Response.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "catalogue/catalogue.hpp"
#include "catalogue/words.hpp"
#include "db/database.hpp"
#include "platform/clock.hpp"
#include "platform/keys.hpp"
#include "platform/metrics.hpp"
#include "platform/random.hpp"
#include "web/router.hpp"
#include "web/server.hpp"
#include "web/visitor.hpp"

namespace waymark::web {

class DraftKeeper;
class PageFrames;
class RouteTimings;

// References outlive the site.
class Site {
 public:
  struct Parts {
    const catalogue::Catalogue& catalogue;
    const catalogue::Words& words;
    db::Database& database;
    const Clock& clock;
    Random& random;
    const KeyRing& keys;
    Metrics& metrics;
    VisitorSource& visitors;
    std::string origin;  // "https://account.example.org": links in mails and redirects carry this, never Host
    bool is_demo = false;
    DraftKeeper* drafts = nullptr;  // null: no form is kept
    std::chrono::seconds step_up_after{20 * 60};
    VisitorSource* officers = nullptr;  // who asks under /office; null: nobody is an officer
    std::vector<OfficeNavLink> office_nav{};
  };
  // Adds the routes that every site has (web/site_routes).
  Site(Parts parts, Router router);
  ~Site();

  const Parts& parts() const { return parts_; }
  const Router& router() const { return router_; }
  // host:port that requests must carry.
  std::string_view authority() const { return authority_; }
  bool is_https() const { return is_https_; }
  const KeyedHash& csrf_hash() const { return csrf_hash_; }
  // The brand's own language, for whoever has not said another.
  const catalogue::Locale& default_locale() const { return default_locale_; }
  RouteTimings& timings() const { return *timings_; }
  PageFrames& frames() const { return *frames_; }
  // A route's place in router().routes(), by which its timings go.
  std::size_t place_of(const Route& route) const;

  // Everything between the socket and the handler: host check, visitor, language, access, CSRF, form, handler, failure
  // page, cookies, security headers, compression, metrics and log. Never throws.
  Response dispatch(const Request& request) const;
  RequestHandler handler() const;  // for Server
  // What can be said of a large request by its head alone: see Route::early.
  std::optional<Response> answer_early(const Request& request) const;

 private:
  Parts parts_;
  Router router_;
  std::string authority_;
  bool is_https_ = false;
  KeyedHash csrf_hash_;
  const catalogue::Locale& default_locale_;
  std::unique_ptr<RouteTimings> timings_;
  std::unique_ptr<PageFrames> frames_;
};

}  // namespace waymark::web
