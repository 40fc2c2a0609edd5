#include "features/accounts/change_name.hpp"

#include "features/accounts/sign_up/personal_details.hpp"
#include "journal/audit.hpp"

namespace waymark::accounts {

Result<void> change_name(Accounts& accounts, const ChangeNameRequest& request) {
  const auto names = read_names(request.given_name, request.family_name);
  if (!names) return refuse(names.error());
  auto& parts = accounts.parts;
  const auto key = accounts.sessions.make_key(request.client);  // for the network and the time
  const auto notice = accounts.notices.make_key();
  const bool is_changed = parts.database.write([&](db::Transaction& tx) {
    const auto before = accounts.store.load_profile(tx, request.account);
    if (before.given_name == names->given && before.family_name == names->family) return false;
    accounts.store.replace_name(tx, request.account, names->given, names->family);
    journal::record(tx, {.id = key.audit_id,
                         .at = key.now,
                         .event = "name.changed",
                         .account = request.account,
                         .network = key.network});
    accounts.notices.tell(tx, notice, request.account, {.kind = "accounts.name_changed", .link = LinkPurpose::not_me});
    return true;
  });
  if (is_changed) accounts.wake_deliverer();
  return {};
}

}  // namespace waymark::accounts
