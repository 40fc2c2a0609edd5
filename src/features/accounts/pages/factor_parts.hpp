// Parts of pages that sign-up, the account's pages and signing in share: an app's QR code, the fields of a phone, the
// field of a code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalogue/catalogue.hpp"
#include "web/page.hpp"

namespace waymark::accounts::pages {

// Get an app, scan this, or type the key: with headings 1 to 3; the field for its code follows.
web::Html app_setup(web::Exchange& exchange, std::string_view secret, std::string_view email);

// The field for a code of six digits: "code" or "totp".
web::Html six_digits_field(web::Exchange& exchange, const web::FormState& form, std::string_view name,
                           std::string_view label, std::string_view hint);

// Country, number, and how the code should come.
struct PhoneFields {
  std::string_view region{}, number{};
  bool spoken = false;
};
web::Html phone_fields(web::Exchange& exchange, const web::FormState& form, const catalogue::Catalogue& catalogue,
                       const PhoneFields& now);
// "Send a new text", "Call me": two buttons that send phone_way.
web::Html send_again_buttons(web::Exchange& exchange);

// Backup codes as a text file to keep.
std::string backup_codes_text(const web::Exchange& exchange, const std::vector<std::string>& codes);

}  // namespace waymark::accounts::pages
