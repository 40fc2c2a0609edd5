#include "journal/audit.hpp"

namespace waymark::journal {

namespace {

constexpr db::Query kInsert{"audit.insert",
                            "INSERT INTO audit (id, at, event, account, on_case, actor, detail, network) "
                            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr db::Query kWait{"audit.wait", "INSERT INTO audit_waiting (audit_id) VALUES ($1)"};
constexpr db::Query kListForAccount{"audit.list_for_account",
                                    "SELECT at, event, actor, detail FROM audit WHERE account = $1 "
                                    "ORDER BY at DESC, id DESC LIMIT $2"};

}  // namespace

void record(db::Transaction& tx, const AuditEntry& entry) {
  // Sent to PostgreSQL together: one way there and back.
  tx.queue(kWait, {entry.id}, {});
  tx.run(kInsert,
         {entry.id, entry.at, entry.event, entry.account, entry.on_case, entry.actor, entry.detail, entry.network});
}

std::vector<AuditRow> list_for_account(db::Snapshot& snapshot, AccountId account, int most) {
  return snapshot.list(kListForAccount, {account, most}, [](const db::Row& row) {
    return AuditRow{.at = row.instant(0),
                    .event = std::string{row.text(1)},
                    .actor = std::string{row.text(2)},
                    .detail = std::string{row.text(3)}};
  });
}

}  // namespace waymark::journal
