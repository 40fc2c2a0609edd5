#include "base/text.hpp"
#include "features/feed/pages/office_pages.hpp"
#include "features/feed/routes.hpp"
#include "web/csv.hpp"

namespace waymark::feed {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;

constexpr int kRefusedShown = 500;

std::string actor_of(const Exchange& exchange) {
  return fmt::format("officer {}", exchange.visitor.seat->officer.value);
}

FeedKeyId key_of(const Exchange& exchange) { return FeedKeyId{parse_integer(exchange.part("key")).value_or(0)}; }

Result<web::Response> show_keys(Exchange& exchange, const FormState& form) {
  return pages::keys_page(exchange, form, list_keys(exchange.snapshot()), {});
}

// The one page that shows the key; asked for again it is not there any more.
Result<web::Response> show_secret(Exchange& exchange, const Result<IssuedKey>& issued) {
  if (!issued) return refuse(issued.error());
  return pages::keys_page(exchange, {}, list_keys(exchange.snapshot()), issued->secret);
}

Result<web::Response> submit_key(FeedDoor& door, Exchange& exchange, const Form& form) {
  return show_secret(exchange, issue_key(door.cases(), actor_of(exchange),
                                         {.name = std::string(form.get("name")),
                                          .may_write = form.get("only_reports") != "yes",
                                          .prefixes = std::string(form.get("prefixes")),
                                          .days = static_cast<int>(parse_integer(form.get("days")).value_or(0))}));
}

Result<web::Response> show_refused(Exchange& exchange) {
  const auto reason = exchange.query("reason");
  const auto refused = list_refused(exchange.snapshot(), reason, kRefusedShown);
  if (exchange.query("as") == "csv") return pages::refused_csv(exchange, refused);
  return pages::refused_page(exchange, refused, reason);
}

}  // namespace

std::vector<web::OfficeNavLink> office_navigation() {
  return {{"/office/feed", "office.nav.feed", "office_feed", kMayKeepKeys},
          {"/office/feed/refused", "office.nav.refused", "office_refused", kMaySeeRefused}};
}

void add_office_routes(web::Router& router, FeedDoor& door) {
  router.form("/office/feed", web::officers_recently_proved(kMayKeepKeys), show_keys,
              [&door](Exchange& exchange, const Form& form) { return submit_key(door, exchange, form); });
  router.post("/office/feed/keys/:key/rotation", web::officers_recently_proved(kMayKeepKeys),
              [&door](Exchange& exchange, const Form&) {
                return show_secret(exchange, rotate_key(door.cases(), actor_of(exchange), key_of(exchange)));
              });
  router.post("/office/feed/keys/:key/revocation", web::officers_recently_proved(kMayKeepKeys),
              [&door](Exchange& exchange, const Form&) -> Result<web::Response> {
                const auto revoked = revoke_key(door.cases(), actor_of(exchange), key_of(exchange));
                if (!revoked) return refuse(revoked.error());
                return web::Response::redirect("/office/feed");
              });
  router.get("/office/feed/refused", web::officers(kMaySeeRefused), show_refused, web::Cost::slow);
}

}  // namespace waymark::feed
