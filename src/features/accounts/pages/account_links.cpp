#include "features/accounts/pages/account_links.hpp"

namespace waymark::accounts::pages {

std::span<const AccountLink> account_links() {
  using enum LinkGroup;
  static const AccountLink links[] = {
      {sign_in, "/account/passkeys", "accounts.link.passkeys", "accounts.link.passkeys_hint"},
      {sign_in, "/account/authenticators", "accounts.link.authenticators", "accounts.link.authenticators_hint"},
      {sign_in, "/account/phones", "accounts.link.phones", "accounts.link.phones_hint"},
      {sign_in, "/account/backup-codes", "accounts.link.backup_codes", "accounts.link.backup_codes_hint"},
      {sign_in, "/account/password", "accounts.link.password", "accounts.link.password_hint"},
      {you, "/account/details", "accounts.link.details", "accounts.link.details_hint"},
      {you, "/account/name", "accounts.link.name", "accounts.link.name_hint"},
      {you, "/account/email", "accounts.link.email", "accounts.link.email_hint"},
      {you, "/account/preferences", "accounts.link.preferences", "accounts.link.preferences_hint"},
      {you, "/helping", "accounts.link.helping", "accounts.link.helping_hint"},
      {you, "/representing", "accounts.link.representing", "accounts.link.representing_hint"},
      {you, "/firm", "accounts.link.firm", "accounts.link.firm_hint"},
      {safety, "/account/phrase", "accounts.link.phrase", "accounts.link.phrase_hint"},
      {safety, "/account/devices", "accounts.devices.title", "accounts.link.devices_hint"},
      {safety, "/account/activity", "accounts.activity.title", "accounts.link.activity_hint"},
      {data, "/account/data", "accounts.link.data", "accounts.link.data_hint"},
      {data, "/account/closure", "accounts.link.closure", "accounts.link.closure_hint"},
  };
  return links;
}

}  // namespace waymark::accounts::pages
