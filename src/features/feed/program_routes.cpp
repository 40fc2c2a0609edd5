// What the agency's own systems talk to: JSON alone, a key in the Authorization header, no cookies.
#include <boost/json.hpp>

#include "base/text.hpp"
#include "features/feed/routes.hpp"
#include "platform/embedded.hpp"
#include "web/failure_page.hpp"
#include "web/site.hpp"
#include "web/spooled_body.hpp"

namespace waymark::feed {
namespace {

using web::Exchange;

const Failure kNoKey{.kind = FailureKind::unauthorized, .message = {"feed.error.key"}};

Result<FeedKey> key_of(const FeedDoor& door, const web::Request& request) {
  const auto& parts = door.cases().parts();
  auto key = find_key(*parts.database.snapshot(), request.header("authorization"), parts.clock.now());
  if (!key) return refuse(kNoKey);
  return std::move(*key);
}

Result<FeedKey> writing_key_of(const FeedDoor& door, const web::Request& request) {
  auto key = key_of(door, request);
  if (key && !key->may_write) return refuse(FailureKind::forbidden, "feed.error.scope");
  return key;
}

bool is_ndjson(std::string_view content_type) {
  const auto type = trim(content_type.substr(0, content_type.find(';')));
  return equals_ignoring_ascii_case(type, "application/x-ndjson") ||
         equals_ignoring_ascii_case(type, "application/ndjson") ||
         equals_ignoring_ascii_case(type, "application/jsonl");
}

web::Response to_json(const BatchReport& report, int status) {
  namespace json = boost::json;
  json::array refusals;
  for (const auto& refused : report.refusals) {
    json::object one{{"record", refused.record}, {"field", refused.field}, {"reason", refused.reason}};
    if (refused.line > 0)
      one["line"] = refused.line;
    else
      one["line"] = nullptr;
    refusals.push_back(std::move(one));
  }
  const auto left_off = std::max<std::int64_t>(0, report.refused - static_cast<std::int64_t>(report.refusals.size()));
  return web::Response::json(json::serialize(json::object{{"batch", std::to_string(report.id.value)},
                                                          {"is_finished", report.is_finished},
                                                          {"lines", report.lines},
                                                          {"went_in", report.went_in},
                                                          {"known", report.known},
                                                          {"held", report.waiting},
                                                          {"refused", report.refused},
                                                          {"refusals", std::move(refusals)},
                                                          {"refusals_left_off", left_off}}),
                             status);
}

Result<web::Response> receive(FeedDoor& door, Exchange& exchange) {
  const auto& request = exchange.request;
  const auto key = writing_key_of(door, request);
  if (!key) return refuse(key.error());
  if (!is_ndjson(request.header("content-type"))) return web::status_page(exchange, 415);
  if (!request.spooled) return refuse(FailureKind::malformed, "feed.error.no_body");
  const auto report = door.receive(*key, request.header("idempotency-key"), request.spooled->path());
  if (!report) return refuse(report.error());
  return to_json(*report, 200);
}

Result<web::Response> show_report(FeedDoor& door, Exchange& exchange) {
  const auto key = key_of(door, exchange.request);
  if (!key) return refuse(key.error());
  const FeedRequestId id{parse_integer(exchange.part("batch")).value_or(0)};
  const auto report = door.find_report(key->id, id);
  if (!report) return refuse(FailureKind::not_found, "web.error.not_found");
  return to_json(*report, 200);
}

}  // namespace

void add_program_routes(web::Router& router, FeedDoor& door) {
  router.program_upload(
      "/api/feed/v1/batches", kBatchBytesMax,
      [&door](const web::Request& request) -> std::optional<Failure> {
        const auto key = writing_key_of(door, request);
        if (!key) return key.error();
        return std::nullopt;
      },
      [&door](Exchange& exchange) { return receive(door, exchange); });
  router.program(web::Method::get, "/api/feed/v1/batches/:batch",
                 [&door](Exchange& exchange) { return show_report(door, exchange); });
  router.program(web::Method::get, "/api/feed/v1/openapi.json", [](Exchange&) -> Result<web::Response> {
    return web::Response::json(std::string(find_embedded("docs/feed-api.openapi.json").value_or("{}")));
  });
}

}  // namespace waymark::feed
