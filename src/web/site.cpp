#include "web/site.hpp"

#include "web/assets.hpp"
#include "web/compression.hpp"
#include "web/failure_page.hpp"
#include "web/host_check.hpp"
#include "web/page_frame.hpp"
#include "web/route_timings.hpp"
#include "web/security_headers.hpp"
#include "web/site_routes.hpp"

namespace waymark::web {
namespace {

Router with_site_routes(Router router) {
  add_site_routes(router);
  return router;
}

const catalogue::Locale& find_default_locale(const Site::Parts& parts) {
  const auto* locale = parts.words.find(parts.catalogue.brand().default_language);
  return locale != nullptr ? *locale : parts.words.english();
}

}  // namespace

Site::Site(Parts parts, Router router)
    : parts_(std::move(parts)),
      router_(with_site_routes(std::move(router))),
      authority_(authority_of(parts_.origin)),
      is_https_(parts_.origin.starts_with("https://")),
      csrf_hash_(parts_.keys, "web.csrf"),
      default_locale_(find_default_locale(parts_)),
      timings_(std::make_unique<RouteTimings>(parts_.metrics, router_.routes())),
      frames_(std::make_unique<PageFrames>(*this)) {
  AssetTable::built_in();  // so that a broken manifest stops the start, not the first page
}

Site::~Site() = default;

std::size_t Site::place_of(const Route& route) const {
  return static_cast<std::size_t>(&route - router_.routes().data());
}

RequestHandler Site::handler() const {
  const bool reads_are_inline = parts_.database.reads_are_inline();
  return {
      .plan = [this, reads_are_inline](Method method, std::string_view path) -> RequestHandler::Plan {
        const Route* route = router_.find_route(method, path);
        if (route == nullptr) {
          const bool needs_no_database = path.starts_with(kAssetPrefix);
          return {.place = reads_are_inline || needs_no_database ? Place::inline_ : Place::pool};
        }
        if (route->cost == Cost::hashing) {
          return {.place = Place::hashing_pool, .body_bytes_max = route->body_bytes_max};
        }
        const bool is_quick_read = route->method == Method::get && route->cost == Cost::quick && reads_are_inline &&
                                   timings_->may_run_inline(place_of(*route));
        return {.place = is_quick_read ? Place::inline_ : Place::pool,
                .body_bytes_max = route->body_bytes_max,
                .spools_body = route->spools_body};
      },
      .handle = [this](Request& request) { return dispatch(request); },
      .answer_early = [this](const Request& request) { return answer_early(request); },
      .refuse =
          [this](int status, std::string_view request_id) {
            Response response = plain_status_page(*this, default_locale_, status, request_id);
            add_security_headers(response, is_https_);
            return response;
          },
  };
}

}  // namespace waymark::web
