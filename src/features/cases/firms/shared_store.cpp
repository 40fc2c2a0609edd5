#include "features/cases/firms/shared_store.hpp"

#include "features/cases/case_store.hpp"
#include "features/cases/representing/representation_columns.hpp"

namespace waymark::cases {
namespace {

constexpr db::Query kShare{"firms.share",
                           "UPDATE representations SET firm_id = $3 WHERE id = $1 "
                           "AND representative = $2 AND began_at IS NOT NULL AND ended_at IS NULL "
                           "AND firm_id IS NULL RETURNING " WAYMARK_REPRESENTATION_COLUMNS};
constexpr db::Query kUnshare{"firms.unshare",
                             "UPDATE representations SET firm_id = NULL WHERE id = $1 AND representative = $2 "
                             "AND firm_id IS NOT NULL AND ended_at IS NULL RETURNING " WAYMARK_REPRESENTATION_COLUMNS};
// What has ended keeps its firm, as the history.
constexpr db::Query kUnshareOf{"firms.unshare_of", R"sql(
  UPDATE representations SET firm_id = NULL WHERE firm_id = $1 AND representative = $2 AND ended_at IS NULL)sql"};
constexpr db::Query kUnshareAll{"firms.unshare_all",
                                "UPDATE representations SET firm_id = NULL WHERE firm_id = $1 AND ended_at IS NULL"};

constexpr db::Query kListShared{"firms.list_shared", "SELECT " WAYMARK_REPRESENTATION_COLUMNS_OF_R WAYMARK_REPRESENTED
                                                     "WHERE r.firm_id = $1 AND r.id < $2 AND " WAYMARK_IS_STANDING
                                                     "ORDER BY r.id DESC LIMIT $3"};
constexpr db::Query kFindCase{"firms.find_case", WAYMARK_VISIBLE_CASE
                              ", r.id, m.standing = 'read_only' " WAYMARK_REPRESENTED
                              "JOIN firm_members m ON m.firm_id = r.firm_id AND m.account = $1 "
                              "AND m.joined_at IS NOT NULL AND m.ended_at IS NULL "
                              "WHERE c.receipt_number = $2 AND " WAYMARK_IS_STANDING "ORDER BY r.id DESC LIMIT 1"};

}  // namespace

std::optional<Representation> share_representation(db::Transaction& tx, RepresentationId id, AccountId representative,
                                                   FirmId firm) {
  return tx.find(kShare, {id, representative, firm}, read_representation);
}

std::optional<Representation> unshare_representation(db::Transaction& tx, RepresentationId id,
                                                     AccountId representative) {
  return tx.find(kUnshare, {id, representative}, read_representation);
}

void unshare_all(db::Transaction& tx, FirmId firm, std::optional<AccountId> representative) {
  if (representative)
    tx.run(kUnshareOf, {firm, *representative});
  else
    tx.run(kUnshareAll, {firm});
}

std::vector<Representation> list_shared(db::Snapshot& snapshot, FirmId firm, RepresentationId before, int most) {
  return snapshot.list(kListShared, {firm, before, most}, read_representation);
}

std::optional<VisibleCase> find_firms_case(db::Snapshot& snapshot, AccountId member, std::string_view receipt_number) {
  return snapshot.find(kFindCase, {member, receipt_number}, [](const db::Row& row) {
    auto visible = read_represented_case(row);
    visible.by_firm = true;
    visible.looks_only = row.boolean(kAfterVisibleCase + 1);
    return visible;
  });
}

}  // namespace waymark::cases
