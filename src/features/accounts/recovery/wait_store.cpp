#include "features/accounts/recovery/wait_store.hpp"

#include <fmt/format.h>

#include <array>

#include "base/assert.hpp"
#include "features/accounts/limits.hpp"

namespace waymark::accounts {
namespace {

// One that lapsed while nobody came is over, and makes room for the next.
constexpr db::Query kCloseLapsed{
    "account_waits.close_lapsed",
    "UPDATE account_waits SET cancelled_at = lapses_at WHERE account = $1 AND kind = $2 AND lapses_at <= $3 "
    "AND cancelled_at IS NULL AND finished_at IS NULL"};
constexpr db::Query kInsert{
    "account_waits.insert",
    "INSERT INTO account_waits (id, account, kind, content_sealed, cancel_code_hash, started_at, ripe_at, lapses_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING"};
constexpr db::Query kFindByKind{
    "account_waits.find_by_kind",
    "SELECT id, account, kind, content_sealed, started_at, ripe_at, lapses_at FROM account_waits "
    "WHERE account = $1 AND kind = $2 AND lapses_at > $3 AND cancelled_at IS NULL AND finished_at IS NULL"};
constexpr db::Query kFindById{
    "account_waits.find_by_id",
    "SELECT id, account, kind, content_sealed, started_at, ripe_at, lapses_at FROM account_waits "
    "WHERE id = $1 AND lapses_at > $2 AND cancelled_at IS NULL AND finished_at IS NULL"};
constexpr db::Query kFindByCode{
    "account_waits.find_by_code",
    "SELECT id, account, kind, content_sealed, started_at, ripe_at, lapses_at FROM account_waits "
    "WHERE account = $1 AND lapses_at > $3 AND cancelled_at IS NULL AND finished_at IS NULL "
    "AND (cancel_code_hash = $2 OR reminder_code_hash = $2)"};
constexpr db::Query kCancel{
    "account_waits.cancel",
    "UPDATE account_waits SET cancelled_at = $2 WHERE id = $1 AND lapses_at > $2 AND cancelled_at IS NULL "
    "AND finished_at IS NULL RETURNING id, account, kind, content_sealed, started_at, ripe_at, lapses_at"};
constexpr db::Query kFinish{
    "account_waits.finish",
    "UPDATE account_waits SET finished_at = $2 WHERE id = $1 AND ripe_at <= $2 AND lapses_at > $2 "
    "AND cancelled_at IS NULL AND finished_at IS NULL "
    "RETURNING id, account, kind, content_sealed, started_at, ripe_at, lapses_at"};
constexpr db::Query kCancelAll{"account_waits.cancel_all",
                               "UPDATE account_waits SET cancelled_at = $2 WHERE account = $1 "
                               "AND cancelled_at IS NULL AND finished_at IS NULL"};
constexpr db::Query kListToRemind{
    "account_waits.list_to_remind",
    "SELECT id FROM account_waits WHERE ripe_at <= $1 AND ripe_at > $2 AND reminded_at IS NULL "
    "AND cancelled_at IS NULL AND finished_at IS NULL ORDER BY id"};
constexpr db::Query kMarkReminded{
    "account_waits.mark_reminded",
    "UPDATE account_waits SET reminded_at = $2, reminder_code_hash = $3 WHERE id = $1 AND reminded_at IS NULL "
    "AND cancelled_at IS NULL AND finished_at IS NULL "
    "RETURNING id, account, kind, content_sealed, started_at, ripe_at, lapses_at"};
constexpr db::Query kDeleteOld{"account_waits.delete_old", "DELETE FROM account_waits WHERE lapses_at < $1"};

SealPlace place(WaitId wait) { return {"account_waits", "content_sealed", wait.value}; }

constexpr std::array kKinds{WaitKind::second_factor_reset, WaitKind::password_reset, WaitKind::email_change};

}  // namespace

std::string_view to_text(WaitKind kind) {
  switch (kind) {
    case WaitKind::second_factor_reset:
      return "second_factor_reset";
    case WaitKind::password_reset:
      return "password_reset";
    case WaitKind::email_change:
      return "email_change";
  }
  WAYMARK_ASSERT(false);
  return {};
}

WaitKind wait_kind(std::string_view text) {
  for (const auto kind : kKinds) {
    if (to_text(kind) == text) return kind;
  }
  WAYMARK_ASSERT(false);
  return WaitKind::password_reset;
}

WaitStore::WaitStore(const Sealer& sealer, const KeyRing& keys)
    : sealer_(sealer), code_hash_(keys, "accounts.cancel_code") {}

std::string WaitStore::cancel_code_hash(AccountId account, std::string_view code) const {
  return code_hash_.of(fmt::format("{}:{}", account.value, code));
}

Wait WaitStore::read(const db::Row& row) const {
  const auto id = row.id<WaitId>(0);
  return {.id = id,
          .account = row.id<AccountId>(1),
          .kind = wait_kind(row.text(2)),
          .content = sealer_.open(place(id), row.bytes(3)),
          .started_at = row.instant(4),
          .ripe_at = row.instant(5),
          .lapses_at = row.instant(6)};
}

bool WaitStore::insert(db::Transaction& tx, const Wait& wait, std::string_view cancel_code_hash) const {
  tx.run(kCloseLapsed, {wait.account, to_text(wait.kind), wait.started_at});
  const auto sealed = sealer_.seal(place(wait.id), wait.content);
  return tx.run(kInsert, {wait.id, wait.account, to_text(wait.kind), db::Bytes{sealed}, db::Bytes{cancel_code_hash},
                          wait.started_at, wait.ripe_at, wait.lapses_at}) == 1;
}

std::optional<Wait> WaitStore::find_open(db::Snapshot& snapshot, AccountId account, WaitKind kind, Instant now) const {
  return snapshot.find(kFindByKind, {account, to_text(kind), now}, [this](const db::Row& row) { return read(row); });
}

std::optional<Wait> WaitStore::find_open(db::Snapshot& snapshot, WaitId wait, Instant now) const {
  return snapshot.find(kFindById, {wait, now}, [this](const db::Row& row) { return read(row); });
}

std::optional<Wait> WaitStore::find_by_cancel_code(db::Snapshot& snapshot, AccountId account, std::string_view hash,
                                                   Instant now) const {
  return snapshot.find(kFindByCode, {account, db::Bytes{hash}, now}, [this](const db::Row& row) { return read(row); });
}

std::optional<Wait> WaitStore::cancel(db::Transaction& tx, WaitId wait, Instant now) const {
  return tx.find(kCancel, {wait, now}, [this](const db::Row& row) { return read(row); });
}

std::optional<Wait> WaitStore::finish(db::Transaction& tx, WaitId wait, Instant now) const {
  return tx.find(kFinish, {wait, now}, [this](const db::Row& row) { return read(row); });
}

void WaitStore::cancel_all(db::Transaction& tx, AccountId account, Instant now) const {
  tx.run(kCancelAll, {account, now});
}

std::vector<WaitId> WaitStore::list_to_remind(db::Snapshot& snapshot, Instant now) const {
  return snapshot.list(kListToRemind, {now + kWaitReminderBefore, now},
                       [](const db::Row& row) { return row.id<WaitId>(0); });
}

std::optional<Wait> WaitStore::mark_reminded(db::Transaction& tx, WaitId wait, std::string_view cancel_code_hash,
                                             Instant now) const {
  return tx.find(kMarkReminded, {wait, now, db::Bytes{cancel_code_hash}},
                 [this](const db::Row& row) { return read(row); });
}

void delete_old_waits(db::Transaction& tx, Instant before) { tx.run(kDeleteOld, {before}); }

}  // namespace waymark::accounts
