// The files of assets/dist that the binary carries, served at /assets/NAME. A name that holds its content's hash may be
// kept for ever; each file may lie there compressed as well (NAME.br, NAME.gz).
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "platform/embedded.hpp"
#include "web/html.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

namespace waymark::web {

inline constexpr std::string_view kAssetPrefix = "/assets/";

// Views into the files, which outlive the table. Immutable: safe from all threads.
class AssetTable {
 public:
  // Takes what lies under "assets/dist/". Throws std::runtime_error when manifest.json is there and not a map of names.
  explicit AssetTable(std::span<const EmbeddedFile> files);
  static const AssetTable& built_in();

  // "app.css" → "app.9f31.css"; the name itself when the manifest lacks it.
  std::string_view fingerprinted(std::string_view name) const;
  // 200 with the smallest variant that the browser takes, 304, 404 (empty), or 405. The path begins with kAssetPrefix.
  Response answer(const Request& request) const;

 private:
  struct Variant {
    std::string_view content;
    std::string etag;
  };
  struct Asset {
    std::string_view content_type;
    bool is_fingerprinted = false;
    Variant plain;
    std::optional<Variant> gzip{}, brotli{};
  };
  void read_manifest(std::string_view json);

  std::map<std::string, Asset, std::less<>> assets_;
  std::map<std::string, std::string, std::less<>> manifest_;
};

// The address of a built asset by its name in the source: asset_url("app.css").
Url asset_url(std::string_view name);

}  // namespace waymark::web
