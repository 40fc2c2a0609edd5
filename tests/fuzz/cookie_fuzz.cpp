// Any Cookie header, with weighted lists and tags from the same bytes: looking never crashes, what is found stands in
// the header once, and a token is never taken by chance.
#include "base/assert.hpp"
#include "web/accept.hpp"
#include "web/cookies.hpp"
#include "web/csrf.hpp"
#include "web/failure_page.hpp"

using namespace waymark;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  web::Request request;
  const std::string text(data, data + size);
  for (const char* name : {"cookie", "origin", "sec-fetch-site", "host", "accept", "accept-encoding"}) {
    request.headers.emplace_back(name, text);
  }
  for (const std::string_view name : {web::kSessionCookie, web::kCsrfCookie, web::kLanguageCookie}) {
    const auto value = request.cookie(name);
    if (!value) continue;
    WAYMARK_ASSERT(value->find(';') == std::string_view::npos);
    WAYMARK_ASSERT(text.find(std::string(name) + '=' + std::string(*value)) != std::string::npos);
  }
  const std::string_view visit = web::find_visit_cookie(request);
  WAYMARK_ASSERT(visit.empty() || visit.size() == 32);
  // A page can set none of these headers to name a site of ours.
  WAYMARK_ASSERT(!web::is_from_our_own_page(request, true) || text.empty() || text == "none" || text == "same-origin");
  WAYMARK_ASSERT(!web::is_csrf_token(text, std::string(16, 'k')) || size >= 43);

  const web::Encodings encodings(text);
  WAYMARK_ASSERT(encodings.gzip >= 0 && encodings.gzip <= 1000 && encodings.brotli >= 0 && encodings.brotli <= 1000);
  WAYMARK_ASSERT(!web::wants_json(request) || text.find_first_of("jJ") != std::string::npos);
  web::matches_etag(text, "\"0123456789abcdef\"");
  return 0;
}
