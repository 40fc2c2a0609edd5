#include "features/cases/working/case_looks.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace waymark::cases {
namespace {

constexpr db::Query kRecord{"case_looks.record",
                            "INSERT INTO case_looks (id, case_id, officer, role, unit, reason, what, at) "
                            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr db::Query kList{"case_looks.list",
                          "SELECT id, officer, role, unit, reason, what, at FROM case_looks WHERE case_id = $1 "
                          "ORDER BY at DESC, id DESC LIMIT $2"};
constexpr db::Query kReason{"case_looks.reason_since",
                            "SELECT reason FROM case_looks WHERE case_id = $1 AND officer = $2 AND at >= $3 "
                            "AND what <> 'search_result' ORDER BY at DESC, id DESC LIMIT 1"};

}  // namespace

bool is_named_reason(std::string_view text) { return std::ranges::find(kNamedReasons, text) != kNamedReasons.end(); }

bool is_look(std::string_view what) {
  return what == kLookedAtCase || what == kLookedAtThread || what == kLookedAtResult;
}

void record_look(db::Transaction& tx, const Look& look) {
  tx.run(kRecord, {look.id, look.on_case, look.by.officer, web::to_text(look.by.role), look.by.unit, look.reason,
                   look.what, look.at});
}

std::vector<LookRow> list_looks(db::Snapshot& snapshot, CaseId on_case, int most) {
  return snapshot.list(kList, {on_case, most}, [](const db::Row& row) {
    const auto role = web::find_office_role(row.text(2));
    WAYMARK_ASSERT(role.has_value());
    return LookRow{.id = row.integer(0),
                   .officer = row.id<OfficerId>(1),
                   .role = *role,
                   .unit = std::string(row.text(3)),
                   .reason = std::string(row.text(4)),
                   .what = std::string(row.text(5)),
                   .at = row.instant(6)};
  });
}

std::optional<std::string> find_reason_since(db::Snapshot& snapshot, CaseId on_case, OfficerId officer, Instant since) {
  return snapshot.find(kReason, {on_case, officer, since}, [](const db::Row& row) { return std::string(row.text(0)); });
}

}  // namespace waymark::cases
