#include "features/cases/representing/representative_store.hpp"

#include <algorithm>

#include "base/assert.hpp"

#define WAYMARK_REPRESENTATIVE \
  "SELECT id, account, kind, organisation_sealed, licence_sealed, state, asked_at, decided_at FROM representatives "

namespace waymark::cases {
namespace {

constexpr db::Query kFind{"representatives.find", WAYMARK_REPRESENTATIVE "WHERE account = $1"};
constexpr db::Query kWaiting{"representatives.waiting",
                             WAYMARK_REPRESENTATIVE "WHERE state = $1 ORDER BY asked_at, id LIMIT $2"};
constexpr db::Query kDecided{"representatives.decided",
                             WAYMARK_REPRESENTATIVE "WHERE state = $1 ORDER BY asked_at DESC, id DESC LIMIT $2"};
constexpr db::Query kAsk{"representatives.ask", R"sql(
  INSERT INTO representatives (id, account, kind, organisation_sealed, licence_sealed, state, asked_at)
  VALUES ($1, $2, $3, $4, $5, 'waiting', $6)
  ON CONFLICT (account) DO UPDATE
  SET id = excluded.id, kind = excluded.kind, organisation_sealed = excluded.organisation_sealed,
      licence_sealed = excluded.licence_sealed, state = 'waiting', asked_at = excluded.asked_at, decided_at = NULL,
      decided_by = NULL
  WHERE representatives.state <> 'verified')sql"};
constexpr db::Query kDecide{"representatives.decide", R"sql(
  UPDATE representatives SET state = $2, decided_by = $4, decided_at = $5 WHERE account = $1 AND state = $3)sql"};
constexpr db::Query kForget{"representatives.forget", "DELETE FROM representatives WHERE account = $1"};

RepresentativeState state_of(std::string_view text) {
  const auto* const state =
      std::ranges::find(kRepresentativeStates, text, [](RepresentativeState one) { return to_text(one); });
  WAYMARK_ASSERT(state != std::end(kRepresentativeStates));
  return *state;
}

StoredRepresentative read(const db::Row& row) {
  const auto kind = find_representative_kind(row.text(2));
  WAYMARK_ASSERT(kind.has_value());
  return {.id = row.id<RepresentativeId>(0),
          .account = row.id<AccountId>(1),
          .kind = *kind,
          .sealed_organisation = std::string(row.bytes(3)),
          .sealed_licence = std::string(row.bytes(4)),
          .state = state_of(row.text(5)),
          .asked_at = row.instant(6),
          .decided_at = row.maybe_instant(7)};
}

}  // namespace

std::string_view to_text(RepresentativeKind kind) {
  return kind == RepresentativeKind::lawyer ? "lawyer" : "accredited";
}

std::string_view to_text(RepresentativeState state) {
  switch (state) {
    case RepresentativeState::waiting:
      return "waiting";
    case RepresentativeState::verified:
      return "verified";
    case RepresentativeState::refused:
      return "refused";
    case RepresentativeState::withdrawn:
      return "withdrawn";
  }
  return {};
}

std::optional<RepresentativeKind> find_representative_kind(std::string_view text) {
  for (const auto kind : kRepresentativeKinds) {
    if (to_text(kind) == text) return kind;
  }
  return std::nullopt;
}

std::optional<StoredRepresentative> find_representative(db::Snapshot& snapshot, AccountId account) {
  return snapshot.find(kFind, {account}, read);
}

std::vector<StoredRepresentative> list_representatives(db::Snapshot& snapshot, RepresentativeState state, int most) {
  const auto& query = state == RepresentativeState::waiting ? kWaiting : kDecided;
  return snapshot.list(query, {to_text(state), most}, read);
}

bool ask_as_representative(db::Transaction& tx, const StoredRepresentative& asking) {
  return tx.run(kAsk, {asking.id, asking.account, to_text(asking.kind), db::Bytes{asking.sealed_organisation},
                       db::Bytes{asking.sealed_licence}, asking.asked_at}) == 1;
}

bool decide_representative_row(db::Transaction& tx, AccountId account, RepresentativeState to, OfficerId by,
                               Instant now) {
  const auto from = to == RepresentativeState::withdrawn ? RepresentativeState::verified : RepresentativeState::waiting;
  return tx.run(kDecide, {account, to_text(to), to_text(from), by, now}) == 1;
}

void forget_representative(db::Transaction& tx, AccountId account) { tx.run(kForget, {account}); }

}  // namespace waymark::cases
