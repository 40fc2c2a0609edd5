#include "web/brand_style.hpp"

#include "platform/embedded.hpp"

namespace waymark::web {
namespace {

constexpr std::string_view kDarkSuffix = "-dark";

bool is_token(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

bool is_colour(std::string_view value) {
  return value.size() == 7 && value.front() == '#' && std::ranges::all_of(value.substr(1), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

Result<Response> show_style(Exchange& exchange) {
  Response response;
  response.content_type = "text/css; charset=utf-8";
  response.body = brand_style(exchange.brand());
  response.caching = Caching::brief;
  response.may_compress = true;
  return response;
}

Result<Response> show_mark(Exchange& exchange) {
  const auto mark = find_embedded(exchange.brand().mark_svg);
  if (!mark) return refuse(FailureKind::not_found, "web.status.404.text");
  Response response;
  response.content_type = "image/svg+xml";
  response.body = std::string(*mark);
  response.caching = Caching::brief;
  response.may_compress = true;
  return response;
}

}  // namespace

bool has_brand_style(const catalogue::Brand& brand) { return !brand.colors.empty(); }

std::string brand_style(const catalogue::Brand& brand) {
  std::string light, dark;
  for (const auto& [name, value] : brand.colors) {
    if (!is_token(name) || !is_colour(value)) continue;
    if (name.ends_with(kDarkSuffix)) {
      dark += fmt::format("--{}:{};", name.substr(0, name.size() - kDarkSuffix.size()), value);
    } else {
      light += fmt::format("--{}:{};", name, value);
    }
  }
  std::string style;
  if (!light.empty()) style += fmt::format(":root{{{}}}", light);
  // A light colour alone must not reach dark pages, where it could not be read.
  if (!light.empty()) style = fmt::format("@media(prefers-color-scheme:light){{{}}}", style);
  if (!dark.empty()) style += fmt::format("@media(prefers-color-scheme:dark){{:root{{{}}}}}", dark);
  return style;
}

void add_brand_routes(Router& router) {
  router.get("/brand.css", Access::anyone, show_style);
  router.get("/brand-mark.svg", Access::anyone, show_mark);
}

}  // namespace waymark::web
