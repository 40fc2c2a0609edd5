#include "web/response_head.hpp"

#include <array>
#include <charconv>

#include <fmt/format.h>

#include "web/http_syntax.hpp"

namespace waymark::web {

namespace {

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 421:
      return "Misdirected Request";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Status";
  }
}

bool is_safe_value(std::string_view value) { return syntax::consists_of(value, syntax::kValue); }

bool is_ours(std::string_view lower_name) {
  return lower_name == "content-length" || lower_name == "date" || lower_name == "connection" ||
         lower_name == "transfer-encoding";
}

void add_number(std::string& out, std::size_t number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void add_line(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string to_http_date(Instant instant) {
  static constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto days = std::chrono::floor<std::chrono::days>(instant);
  const Date date{days};
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(instant - days));
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", kDays[std::chrono::weekday(days).c_encoding()],
                     static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

std::string_view body_of(const Response& response) {
  return response.body.empty() ? response.fixed_body : std::string_view(response.body);
}

bool may_have_body(int status) { return status != 204 && status != 304; }

bool write_response_head(std::string& out, const Response& response, std::string_view date, bool closes) {
  if (response.status < 200 || response.status > 599 || !is_safe_value(response.content_type)) return false;
  out.assign("HTTP/1.1 ");
  add_number(out, static_cast<std::size_t>(response.status));
  out.append(" ").append(reason_phrase(response.status)).append("\r\n");
  add_line(out, "Date", date);
  if (may_have_body(response.status)) {
    if (!response.content_type.empty()) add_line(out, "Content-Type", response.content_type);
    out.append("Content-Length: ");
    add_number(out, body_of(response).size());
    out.append("\r\n");
  }
  if (closes) out.append("Connection: close\r\n");
  bool has_caching = false;
  for (const auto& [name, value] : response.headers) {
    if (!syntax::is_token(name) || !is_safe_value(value)) return false;
    if (is_ours(name)) continue;
    if (name == "cache-control") has_caching = true;
    add_line(out, name, value);
  }
  if (response.standing != nullptr) out.append(response.standing->lines);
  if (!has_caching && response.caching == Caching::personal) out.append("Cache-Control: no-store\r\n");
  for (const std::string& cookie : response.cookies) {
    if (!is_safe_value(cookie)) return false;
    add_line(out, "Set-Cookie", cookie);
  }
  out.append("\r\n");
  return true;
}

}  // namespace waymark::web
