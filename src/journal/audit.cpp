#include "journal/audit.hpp"

namespace waymark::journal {

namespace {

constexpr db::Query kInsert{"audit.insert",
                            "INSERT INTO audit (id, at, event, account, on_case, actor, detail, network) "
                            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr db::Query kWait{"audit.wait", "INSERT INTO audit_waiting (audit_id) VALUES ($1)"};
constexpr db::Query kListForAccount{"audit.list_for_account",
                                    "SELECT id, at, event, actor, detail, network FROM audit WHERE account = $1 "
                                    "ORDER BY at DESC, id DESC LIMIT $2"};
constexpr db::Query kListBefore{"audit.list_for_account_before",
                                "SELECT id, at, event, actor, detail, network FROM audit WHERE account = $1 "
                                "AND (at, id) < (SELECT b.at, b.id FROM audit b WHERE b.id = $2 AND b.account = $1) "
                                "ORDER BY at DESC, id DESC LIMIT $3"};

AuditRow read_row(const db::Row& row) {
  return {.id = row.integer(0),
          .at = row.instant(1),
          .event = std::string{row.text(2)},
          .actor = std::string{row.text(3)},
          .detail = std::string{row.text(4)},
          .network = std::string{row.text(5)}};
}

}  // namespace

void record(db::Transaction& tx, const AuditEntry& entry) {
  // Sent to PostgreSQL together: one way there and back.
  tx.queue(kWait, {entry.id}, {});
  tx.run(kInsert,
         {entry.id, entry.at, entry.event, entry.account, entry.on_case, entry.actor, entry.detail, entry.network});
}

std::vector<AuditRow> list_for_account(db::Snapshot& snapshot, AccountId account, int most) {
  return snapshot.list(kListForAccount, {account, most}, read_row);
}

std::vector<AuditRow> list_for_account_before(db::Snapshot& snapshot, AccountId account, std::int64_t before,
                                              int most) {
  return snapshot.list(kListBefore, {account, before, most}, read_row);
}

}  // namespace waymark::journal
