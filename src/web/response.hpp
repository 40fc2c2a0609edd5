// A response as handlers make it; dispatch adds the security headers, the length and the compression.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/html.hpp"

namespace waymark::web {

enum class Caching {
  personal,   // no-store: every page that knows who asks
  immutable,  // a year: fingerprinted assets
  brief,      // public, must be revalidated by its ETag: robots.txt and the like
};

// Headers that are the same on every response of a site, and as they stand on the wire.
struct StandingHeaders {
  std::vector<std::pair<std::string_view, std::string_view>> list;  // names in lower case
  std::string lines;
};

struct Response {
  int status = 200;
  std::string content_type = "text/html; charset=utf-8";
  std::string body;
  // For assets: the body is one of these, as it lies in the binary, and `body` is empty.
  std::string_view fixed_body{};
  Caching caching = Caching::personal;
  bool may_compress = false;  // never for a page that repeats what was sent together with a secret (BREACH)
  std::vector<std::pair<std::string, std::string>> headers{};  // names in lower case; values without CR and LF
  std::vector<std::string> cookies{};                          // complete Set-Cookie values (web/cookies)
  const StandingHeaders* standing = nullptr;                   // set by add_security_headers alone

  static Response page(Html body, int status = 200);
  static Response redirect(const Url& to, int status = 303);
  static Response json(std::string body, int status = 200, std::string content_type = "application/json");
  static Response text(std::string body, int status = 200);
  // A file to keep: Content-Disposition with an ASCII-safe name.
  static Response download(std::string name, std::string content_type, std::string body);
  Response& with_header(std::string name, std::string value);
  Response& with_cookie(std::string set_cookie);
};

}  // namespace waymark::web
