#include "web/assets.hpp"

#include <boost/json.hpp>
#include <stdexcept>

#include "base/text.hpp"
#include "platform/keys.hpp"
#include "web/accept.hpp"

namespace waymark::web {
namespace {

constexpr std::string_view kFolder = "assets/dist/";
constexpr std::string_view kManifest = "manifest.json";

std::string_view content_type_of(std::string_view name) {
  constexpr std::pair<std::string_view, std::string_view> kTypes[] = {{".css", "text/css; charset=utf-8"},
                                                                      {".js", "text/javascript; charset=utf-8"},
                                                                      {".svg", "image/svg+xml"},
                                                                      {".png", "image/png"},
                                                                      {".ico", "image/x-icon"},
                                                                      {".webp", "image/webp"},
                                                                      {".woff2", "font/woff2"},
                                                                      {".txt", "text/plain; charset=utf-8"},
                                                                      {".json", "application/json"},
                                                                      {".webmanifest", "application/manifest+json"},
                                                                      {".map", "application/json"}};
  for (const auto& [ending, type] : kTypes) {
    if (name.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

// The first 96 bits of the content's hash: each variant has an ETag of its own.
std::string etag_of(std::string_view content) { return '"' + to_hex(sha256(content).substr(0, 12)) + '"'; }

}  // namespace

AssetTable::AssetTable(std::span<const EmbeddedFile> files) {
  for (const auto& [path, content] : files) {
    if (!path.starts_with(kFolder)) continue;
    const std::string_view name = path.substr(kFolder.size());
    if (name == kManifest) {
      read_manifest(content);
    } else if (!name.ends_with(".gz") && !name.ends_with(".br")) {
      assets_.emplace(name, Asset{.content_type = content_type_of(name), .plain = {content, etag_of(content)}});
    }
  }
  for (const auto& [path, content] : files) {
    const bool is_gzip = path.ends_with(".gz");
    if (!path.starts_with(kFolder) || (!is_gzip && !path.ends_with(".br"))) continue;
    const auto asset = assets_.find(path.substr(kFolder.size(), path.size() - kFolder.size() - 3));
    if (asset == assets_.end()) continue;
    (is_gzip ? asset->second.gzip : asset->second.brotli) = Variant{content, etag_of(content)};
  }
  for (const auto& [name, built] : manifest_) {
    const auto asset = assets_.find(built);
    if (asset != assets_.end() && built != name) asset->second.is_fingerprinted = true;
  }
}

const AssetTable& AssetTable::built_in() {
  static const AssetTable table(embedded_files());
  return table;
}

void AssetTable::read_manifest(std::string_view json) {
  boost::system::error_code error;
  const auto value = boost::json::parse(json, error);
  const auto* object = error ? nullptr : value.if_object();
  if (object == nullptr) throw std::runtime_error("assets/dist/manifest.json is not a JSON object");
  for (const auto& [name, built] : *object) {
    const auto* text = built.if_string();
    if (text == nullptr) throw std::runtime_error("assets/dist/manifest.json: a value is not a name");
    manifest_.emplace(std::string_view(name), std::string_view(*text));
  }
}

std::string_view AssetTable::fingerprinted(std::string_view name) const {
  const auto found = manifest_.find(name);
  return found == manifest_.end() ? name : std::string_view(found->second);
}

Response AssetTable::answer(const Request& request) const {
  const auto found = assets_.find(std::string_view(request.path).substr(kAssetPrefix.size()));
  Response response;
  response.content_type.clear();
  response.status = 404;
  if (found == assets_.end()) return response;
  if (request.method != Method::get && request.method != Method::head) {
    response.status = request.method == Method::options ? 204 : 405;
    response.with_header("allow", "GET, HEAD, OPTIONS");
    return response;
  }
  const Asset& asset = found->second;
  const Encodings accepted(request.header("accept-encoding"));
  const bool is_brotli = asset.brotli && accepted.brotli > 0 && (accepted.brotli >= accepted.gzip || !asset.gzip);
  const bool is_gzip = !is_brotli && asset.gzip && accepted.gzip > 0;
  const Variant& variant = is_brotli ? *asset.brotli : is_gzip ? *asset.gzip : asset.plain;

  response.caching = asset.is_fingerprinted ? Caching::immutable : Caching::brief;
  if (asset.gzip || asset.brotli) response.with_header("vary", "Accept-Encoding");
  response.with_header("etag", variant.etag);
  response.status = matches_etag(request.header("if-none-match"), variant.etag) ? 304 : 200;
  if (response.status == 304) return response;
  response.content_type = asset.content_type;
  response.fixed_body = variant.content;
  if (is_brotli) response.with_header("content-encoding", "br");
  if (is_gzip) response.with_header("content-encoding", "gzip");
  return response;
}

Url asset_url(std::string_view name) { return Url("/assets/").part(AssetTable::built_in().fingerprinted(name)); }

}  // namespace waymark::web
