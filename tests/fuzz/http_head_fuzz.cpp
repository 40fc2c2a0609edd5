// Bytes off the wire through the strict gate: never a crash; what is taken is as strict as promised, does not depend on
// how the bytes were cut into packets, and reads the same when written down again.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "web/chunked_body.hpp"
#include "web/head_scanner.hpp"
#include "web/http_gate.hpp"
#include "web/http_syntax.hpp"
#include "web/ip_address.hpp"

namespace {

using namespace waymark;
using namespace waymark::web;

constexpr std::size_t kBodyBytesMax = 4096;

std::optional<std::size_t> find_head(std::string_view bytes, std::size_t step) {
  HeadScanner scanner;
  for (std::size_t have = std::min(step, bytes.size());; have = std::min(have + step, bytes.size())) {
    const auto found = scanner.scan(bytes.substr(0, have));
    if (!found) return std::nullopt;
    if (*found) return **found;
    if (have == bytes.size()) return std::nullopt;
  }
}

void check_request(const Request& request, const Framing& framing) {
  WAYMARK_ASSERT(request.path.starts_with('/') && is_valid_utf8(request.path));
  WAYMARK_ASSERT(request.path.find("//") == std::string::npos && request.path.find("/../") == std::string::npos);
  WAYMARK_ASSERT(!request.path.ends_with("/.") && !request.path.ends_with("/.."));
  for (const char c : request.path) WAYMARK_ASSERT(static_cast<unsigned char>(c) >= 0x20 && c != 0x7f && c != '\\');
  WAYMARK_ASSERT(syntax::consists_of(request.query, syntax::kTarget));
  WAYMARK_ASSERT(!(framing.is_chunked && framing.content_length > 0) && !request.header("host").empty());
  WAYMARK_ASSERT(request.headers.size() <= kHeadersMax);
  for (const auto& [name, value] : request.headers) {
    WAYMARK_ASSERT(syntax::is_token(name) && name == to_ascii_lower(name) && name.find('_') == std::string::npos);
    WAYMARK_ASSERT(syntax::consists_of(value, syntax::kValue));
  }
  static_cast<void>(request.cookie("__Host-session"));
  static_cast<void>(network_of(request.header("x-forwarded-for")));
}

std::string write_again(const Request& request) {
  std::string text = "GET ";
  for (const char c : request.path) {
    if (c == '/') {
      text += c;
    } else {
      text += '%' + to_hex(std::string(1, c));
    }
  }
  text += '?' + request.query + " HTTP/1.1\r\n";
  for (const auto& [name, value] : request.headers) text += name + ":" + value + "\r\n";
  return text + "\r\n";
}

void read_chunks(std::string_view bytes, std::size_t step, std::string& body, std::optional<std::size_t>& end) {
  ChunkedBody chunks(kBodyBytesMax);
  std::size_t used = 0;
  while (used < bytes.size() && !chunks.is_done()) {
    const auto taken = chunks.feed(bytes.substr(used, step), body);
    WAYMARK_ASSERT(body.size() <= kBodyBytesMax);
    if (!taken) return;
    used += *taken;
  }
  if (chunks.is_done()) end = used;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto head_size = find_head(bytes, bytes.size() + 1);
  WAYMARK_ASSERT(head_size == find_head(bytes, 1));
  if (!head_size) return 0;

  Request request;
  const auto framing = read_head(bytes.substr(0, *head_size), request);
  if (!framing) return 0;
  check_request(request, *framing);

  Request again;
  const std::string text = write_again(request);
  const auto framing_again = read_head(text, again);
  // Written again, a path may pass the limit of the target's size, and an expectation that HTTP/1.0 has none of counts.
  if (framing_again || (framing_again.error().status != 414 && framing_again.error().status != 417)) {
    WAYMARK_ASSERT(framing_again && again.path == request.path && again.query == request.query);
    WAYMARK_ASSERT(again.headers == request.headers && framing_again->is_chunked == framing->is_chunked);
    WAYMARK_ASSERT(framing_again->content_length == framing->content_length);
  }
  if (framing->is_chunked) {
    std::string whole;
    std::string cut;
    std::optional<std::size_t> whole_end;
    std::optional<std::size_t> cut_end;
    read_chunks(bytes.substr(*head_size), size + 1, whole, whole_end);
    read_chunks(bytes.substr(*head_size), 1, cut, cut_end);
    WAYMARK_ASSERT(whole_end == cut_end && (!whole_end || whole == cut));
  }
  return 0;
}
