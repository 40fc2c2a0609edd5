#include "features/cases/intake/guardians.hpp"

#include "catalogue/words.hpp"
#include "features/cases/noting.hpp"

namespace waymark::cases {
namespace {

constexpr int kActsAlone = 14;
constexpr int kChildrenAtOnce = 500;

Date today_of(const Cases& cases, Instant now) {
  return catalogue::day_in_zone(now, cases.parts().catalogue.brand().time_zone);
}

bool is_under_14(const Cases& cases, const StoredChild& child, Date today) {
  if (child.sealed_under_14_until.empty()) return false;
  const auto until = parse_iso_date(
      cases.parts().sealer.open({"parties", "under_14_until_sealed", child.id.value}, child.sealed_under_14_until));
  return until && today < *until;
}

int end_all_of(const Noting& noting, PartyId child) {
  const auto ended = end_guardians(noting.tx, child);
  for (const auto& one : ended) {
    if (!one.account) continue;
    noting.note("case.guardian_ended", *one.account, one.on_case, "");
    noting.tell("cases.guardian_ended", *one.account, one.receipt_number);
  }
  return static_cast<int>(ended.size());
}

}  // namespace

Date fourteenth_birthday(Date born_on) {
  const auto day = born_on + std::chrono::years{kActsAlone};
  return day.ok() ? day : Date{day.year(), std::chrono::March, std::chrono::day{1}};
}

std::optional<Date> find_under_14_until(const PartyContent& content, Date today) {
  if (!content.is_present || content.proof_kind != ProofKind::birth_date) return std::nullopt;
  const auto born_on = parse_iso_date(content.proof);
  if (!born_on) return std::nullopt;
  const auto until = fourteenth_birthday(*born_on);
  return today < until ? std::optional(until) : std::nullopt;
}

std::optional<Refusal> find_guardian_refusal(db::Transaction& tx, const RecordOnCase& what,
                                             const PartyContent& content) {
  if (content.guardian_of.empty()) return std::nullopt;
  const auto child = find_child(tx, what.on_case.id, content.guardian_of);
  if (!child) return Refusal{"guardian_of", "unknown_party"};
  // A guardian who leaves may do so whatever became of the child.
  if (!content.is_present) return std::nullopt;
  // Who acts in another's place cannot be acted for.
  if (child->is_guardian || !is_under_14(what.cases, *child, today_of(what.cases, what.received_at))) {
    return Refusal{"guardian_of", "not_under_14"};
  }
  return child->role == content.role ? std::nullopt : std::optional(Refusal{"role", "other_role"});
}

void settle_guardians(db::Transaction& tx, const RecordOnCase& what, PartyId child, const PartyContent& content,
                      bool is_under_14) {
  if (is_under_14 && content.guardian_of.empty()) {
    follow_role(tx, child, content.role);
  } else {
    end_all_of({what.cases, tx, what.received_at, {}}, child);
  }
}

int end_guardians_of_grown(const Cases& cases) {
  const auto& parts = cases.parts();
  const auto now = parts.clock.now();
  const auto today = today_of(cases, now);
  int ended = 0;
  PartyId after{};
  while (true) {
    const auto children = list_children(*parts.database.snapshot(), after, kChildrenAtOnce);
    if (children.empty()) return ended;
    after = children.back().id;
    for (const auto& child : children) {
      if (is_under_14(cases, child, today)) continue;
      ended += parts.database.write(
          [&](db::Transaction& tx) {
            // The agency may have corrected the birth date meanwhile.
            const auto as_it_is = find_child(tx, child.id);
            return is_under_14(cases, *as_it_is, today) ? 0 : end_all_of({cases, tx, now, {}}, child.id);
          },
          db::Urgency::bulk);
    }
  }
}

}  // namespace waymark::cases
