// The office put together: what its use cases share. Built once by app; threads: safe.
#pragma once

#include <functional>
#include <string>

#include "features/accounts/accounts.hpp"
#include "features/cases/cases.hpp"
#include "features/office/office_session.hpp"
#include "features/office/officer_store.hpp"

namespace waymark::office {

// All references outlive the office.
struct OfficeParts {
  accounts::Accounts& accounts;  // its throttle, its passkey ceremonies; and the people that are helped
  const cases::Cases& cases;
  std::string origin;  // for links in mails and on the terminal
};

struct Office {
  explicit Office(OfficeParts given)
      : parts(std::move(given)),
        officers(base().sealer, base().keys),
        sessions(base().clock, base().random, base().ids, base().keys, base().sealer, officers) {}

  OfficeParts parts;
  OfficerStore officers;
  OfficeSessions sessions;

  const accounts::AccountsParts& base() const { return parts.accounts.parts; }
  db::Database& database() const { return base().database; }

  void write_last_seen() { sessions.write_last_seen(database()); }
  void delete_lapsed();
};

// One line of the audit trail for what an officer did.
struct OfficerAct {
  std::int64_t audit_id = 0;
  Instant at{};
  std::string_view event;
  OfficerId officer{};
  std::optional<AccountId> account{};
  std::optional<CaseId> on_case{};
  std::string detail{};  // constants and ids
};
void record(db::Transaction& tx, const OfficerAct& act);
// An officer looked at somebody's account: committed before the page goes out.
void record_account_look(Office& office, OfficerId by, AccountId account);

}  // namespace waymark::office
