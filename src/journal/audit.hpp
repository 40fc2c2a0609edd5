// The audit trail: who did what to what, from where. Written in the transaction that made it true; append-only; holds
// ids and constants, never a name, an address, a code or a token. Each gets its place in a
// signed chain afterwards (audit_chain.hpp); nothing but record() ever writes here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "db/database.hpp"

namespace waymark::journal {

struct AuditEntry {
  std::int64_t id = 0;  // from IdSource
  Instant at{};
  std::string_view event;              // "session.started", "case.connected": a constant
  std::optional<AccountId> account{};  // whose account it touches
  std::optional<CaseId> on_case{};
  std::string_view actor = "person";  // "person", "stranger", "operator", "feed", "system"
  std::string_view detail{};          // a constant such as "backup_code"; never what somebody typed
  std::string network{};              // keyed hash of the address's network, hex; empty when there is none
};

// With it goes the note that it waits for its place.
void record(db::Transaction& tx, const AuditEntry& entry);
// The newest first; for tests and the account activity page.
struct AuditRow {
  std::int64_t id = 0;
  Instant at{};
  std::string event, actor, detail;
  std::string network{};
};
std::vector<AuditRow> list_for_account(db::Snapshot& snapshot, AccountId account, int most);
// Those that stand before the row `before` of this account; none when it has no such row.
std::vector<AuditRow> list_for_account_before(db::Snapshot& snapshot, AccountId account, std::int64_t before, int most);

}  // namespace waymark::journal
