#include "web/response.hpp"

#include "base/assert.hpp"

namespace waymark::web {
namespace {

bool is_header_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool is_one_line(std::string_view value) {
  return std::all_of(value.begin(), value.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != '\x7f'; });
}

// Letters, digits, ".", "-" and "_"; whatever else a name holds becomes "_", so that it needs no quoting rules.
std::string to_safe_file_name(std::string_view name) {
  std::string safe;
  for (const char c : name) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                          c == '_' || (c == '.' && !safe.empty());
    safe.push_back(is_plain ? c : '_');
  }
  return safe.empty() ? "file" : safe;
}

}  // namespace

Response Response::page(Html body, int status) {
  Response response;
  response.status = status;
  response.body = std::move(body).text();
  return response;
}

Response Response::redirect(const Url& to, int status) {
  Response response;
  response.status = status;
  response.content_type.clear();
  response.with_header("location", to.text());
  return response;
}

Response Response::json(std::string body, int status, std::string content_type) {
  Response response;
  response.status = status;
  response.content_type = std::move(content_type);
  response.body = std::move(body);
  return response;
}

Response Response::text(std::string body, int status) {
  return json(std::move(body), status, "text/plain; charset=utf-8");
}

Response Response::download(std::string name, std::string content_type, std::string body) {
  Response response = json(std::move(body), 200, std::move(content_type));
  response.with_header("content-disposition", "attachment; filename=\"" + to_safe_file_name(name) + "\"");
  return response;
}

Response& Response::with_header(std::string name, std::string value) {
  // A line break here would let whoever supplied the value write headers of their own (incident I64).
  WAYMARK_ASSERT(is_header_name(name) && is_one_line(value));
  headers.emplace_back(std::move(name), std::move(value));
  return *this;
}

Response& Response::with_cookie(std::string set_cookie) {
  WAYMARK_ASSERT(is_one_line(set_cookie));
  cookies.push_back(std::move(set_cookie));
  return *this;
}

}  // namespace waymark::web
