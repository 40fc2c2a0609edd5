// An agency's own colours and mark, over Waymark's: served as files, since pages carry no inline styles.
#pragma once

#include <string>

#include "catalogue/catalogue.hpp"
#include "web/html.hpp"
#include "web/router.hpp"

namespace waymark::web {

inline constexpr std::string_view kBrandStylePath = "/brand.css";
inline constexpr std::string_view kBrandMarkPath = "/brand-mark.svg";

bool has_brand_style(const catalogue::Brand& brand);
// ":root{--way:#0B5563}@media(prefers-color-scheme:dark){:root{--way:#6CC3D2}}"; a "-dark" token is for dark pages.
// Names and values that are not a token and a colour are left out.
std::string brand_style(const catalogue::Brand& brand);
// GET /brand.css and /brand-mark.svg, for anyone; every site has them (web/site_routes).
void add_brand_routes(Router& router);

}  // namespace waymark::web
