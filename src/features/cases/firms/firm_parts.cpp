#include "features/cases/firms/firm_parts.hpp"

#include <algorithm>

#include "features/cases/firms/shared_store.hpp"

namespace waymark::cases {

Result<void> to_result(FirmOutcome outcome) {
  switch (outcome) {
    case FirmOutcome::done:
      return {};
    case FirmOutcome::in_a_firm:
      return refuse(FailureKind::conflict, "cases.error.in_a_firm");
    case FirmOutcome::last_owner:
      return refuse(FailureKind::conflict, "cases.error.last_owner");
    case FirmOutcome::too_many:
      return refuse_field("email", "cases.error.members_at_once");
    case FirmOutcome::missing:
      break;
  }
  return refuse(FailureKind::not_found, "web.error.not_found");
}

void FirmNoting::note_in_firm(std::string_view event, AccountId account, std::string_view detail) const {
  note(event, account, std::nullopt, detail);
}

void FirmNoting::tell_of_firm(std::string_view kind, AccountId account) const {
  cases.parts().outbox.tell(
      tx, {.id = cases.parts().ids.next<journal::OutboxId>(), .kind = std::string(kind), .account = account});
}

std::optional<FirmMember> hold_membership(db::Transaction& tx, AccountId account) {
  const auto before = find_membership(tx, account);
  if (!before || !hold_firm(tx, before->firm)) return std::nullopt;
  // It may have changed before the firm was held.
  auto now = find_membership(tx, account);
  return now && now->firm == before->firm ? std::move(now) : std::nullopt;
}

std::optional<FirmMember> hold_ownership(db::Transaction& tx, AccountId account) {
  auto membership = hold_membership(tx, account);
  return membership && membership->standing == FirmStanding::owner ? std::move(membership) : std::nullopt;
}

bool has_other_owner(const std::vector<FirmMember>& members, FirmMemberId but) {
  return std::ranges::any_of(members, [&](const FirmMember& one) {
    return one.is_in() && one.id != but && one.standing == FirmStanding::owner;
  });
}

void end_membership(const FirmNoting& noting, const FirmMember& member) {
  const auto ended = end_firm_member(noting.tx, member.id, member.firm, noting.now);
  if (!ended || !ended->account || !ended->joined_at) return;
  unshare_all(noting.tx, member.firm, ended->account);
  noting.note_in_firm("firm.left", *ended->account, to_text(member.standing));
}

}  // namespace waymark::cases
