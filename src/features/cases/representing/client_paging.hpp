// Lists of clients, a page at a time, from the newest on: "?before=ID" is the page after the one that ended with it.
#pragma once

#include <optional>
#include <vector>

#include "base/text.hpp"
#include "features/cases/representing/representation_store.hpp"
#include "web/site.hpp"

namespace waymark::cases {

inline constexpr int kClientsShown = 25;

inline RepresentationId page_before(const web::Exchange& exchange) {
  const auto typed = parse_integer(exchange.query("before"));
  return typed ? RepresentationId{*typed} : kAfterTheNewest;
}

// Of one more than are shown; `last` is the last one shown where more follow.
inline std::vector<Representation> cut_page(std::vector<Representation> page, std::optional<RepresentationId>& last) {
  if (page.size() <= kClientsShown) return page;
  page.resize(kClientsShown);
  last = page.back().id;
  return page;
}

}  // namespace waymark::cases
