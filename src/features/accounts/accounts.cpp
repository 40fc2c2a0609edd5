#include "features/accounts/accounts.hpp"

#include <utility>

#include "features/accounts/closing/close_account.hpp"
#include "features/accounts/factors/passkey_store.hpp"
#include "features/accounts/sessions/session_store.hpp"
#include "features/accounts/sign_in/texted_code.hpp"
#include "features/accounts/throttle/throttle_store.hpp"

namespace waymark::accounts {

Accounts::Accounts(AccountsParts given)
    : parts(std::move(given)),
      store(parts.sealer, parts.keys),
      factors(parts.sealer, parts.keys),
      phones(parts.sealer, parts.keys),
      pending(parts.sealer),
      sign_ups(parts.sealer, parts.keys),
      waits(parts.sealer, parts.keys),
      recoveries(parts.sealer),
      email_changes(parts.sealer),
      notices(parts.outbox, phones, parts.ids, parts.random, parts.clock),
      sessions(parts.clock, parts.random, parts.ids, parts.keys, parts.sealer, notices, parts.places),
      drafts(parts.database, parts.clock, parts.ids, parts.keys, parts.sealer, sessions),
      throttle(parts.database, parts.clock, parts.keys) {}

void Accounts::write_last_seen() { sessions.last_seen().write_to(parts.database); }

void Accounts::delete_lapsed() {
  const auto now = parts.clock.now();
  const auto in_turn = [&](const auto& unit) { parts.database.write(unit, db::Urgency::bulk); };
  in_turn([&](db::Transaction& tx) { delete_old_sessions(tx, now - kEndedSessionKept); });
  in_turn([&](db::Transaction& tx) { delete_lapsed_sign_ups(tx, now); });
  in_turn([&](db::Transaction& tx) { delete_lapsed_recoveries(tx, now); });
  in_turn([&](db::Transaction& tx) { delete_lapsed_email_changes(tx, now); });
  in_turn([&](db::Transaction& tx) { delete_old_waits(tx, now - kEndedSessionKept); });
  in_turn([&](db::Transaction& tx) { delete_lapsed_passkey_challenges(tx, now); });
  in_turn([&](db::Transaction& tx) { delete_lapsed_pending_factors(tx, now); });
  in_turn([&](db::Transaction& tx) { delete_lapsed_texted_codes(tx, now); });
  in_turn([&](db::Transaction& tx) { delete_lapsed_mail_links(tx, now - kEndedSessionKept); });
  in_turn([&](db::Transaction& tx) { delete_lapsed_drafts(tx, now); });
  in_turn([&](db::Transaction& tx) { delete_forgotten_throttle_rows(tx, now); });
  erase_closed_accounts(*this);
}

}  // namespace waymark::accounts
