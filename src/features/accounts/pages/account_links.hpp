// What the page of one's own account leads to, in groups. A page of the account adds itself by one line in
// account_links.cpp.
#pragma once

#include <span>
#include <string_view>

#include "web/html.hpp"

namespace waymark::accounts::pages {

enum class LinkGroup { sign_in, you, safety, data };

struct AccountLink {
  LinkGroup group;
  web::Url to;
  std::string_view title, hint;  // locale keys
};

// In the order of the page.
std::span<const AccountLink> account_links();

}  // namespace waymark::accounts::pages
