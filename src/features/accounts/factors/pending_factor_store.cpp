#include "features/accounts/factors/pending_factor_store.hpp"

#include "base/assert.hpp"

namespace waymark::accounts {
namespace {

constexpr db::Query kPut{
    "pending_factors.put",
    "INSERT INTO pending_factors (id, account, session, kind, content_sealed, expires_at) "
    "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (session, kind) DO UPDATE SET id = excluded.id, "
    "account = excluded.account, content_sealed = excluded.content_sealed, expires_at = excluded.expires_at"};
constexpr db::Query kFind{"pending_factors.find",
                          "SELECT id, account, content_sealed, expires_at FROM pending_factors "
                          "WHERE session = $1 AND kind = $2 AND expires_at > $3"};
constexpr db::Query kTake{"pending_factors.take", "DELETE FROM pending_factors WHERE id = $1"};
constexpr db::Query kDeleteLapsed{"pending_factors.delete_lapsed",
                                  "DELETE FROM pending_factors WHERE expires_at <= $1"};

std::string_view to_text(PendingKind kind) {
  switch (kind) {
    case PendingKind::app:
      return "app";
    case PendingKind::backup_codes:
      return "backup_codes";
    case PendingKind::phone:
      return "phone";
  }
  WAYMARK_ASSERT(false);
  return {};
}

SealPlace place(PendingFactorId id) { return {"pending_factors", "content_sealed", id.value}; }

}  // namespace

void PendingFactorStore::put(db::Transaction& tx, const PendingFactor& pending) const {
  const auto sealed = sealer_.seal(place(pending.id), pending.content);
  tx.run(kPut,
         {pending.id, pending.account, pending.session, to_text(pending.kind), db::Bytes{sealed}, pending.expires_at});
}

std::optional<PendingFactor> PendingFactorStore::find(db::Snapshot& snapshot, SessionId session, PendingKind kind,
                                                      Instant now) const {
  return snapshot.find(kFind, {session, to_text(kind), now}, [&](const db::Row& row) {
    const auto id = row.id<PendingFactorId>(0);
    return PendingFactor{.id = id,
                         .account = row.id<AccountId>(1),
                         .session = session,
                         .kind = kind,
                         .content = sealer_.open(place(id), row.bytes(2)),
                         .expires_at = row.instant(3)};
  });
}

bool PendingFactorStore::take(db::Transaction& tx, PendingFactorId pending) const {
  return tx.run(kTake, {pending}) == 1;
}

void delete_lapsed_pending_factors(db::Transaction& tx, Instant now) { tx.run(kDeleteLapsed, {now}); }

}  // namespace waymark::accounts
