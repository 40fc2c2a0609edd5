#include "features/cases/firms/firm_members.hpp"

#include <algorithm>

#include "features/cases/firms/firm_parts.hpp"
#include "features/cases/limits.hpp"

namespace waymark::cases {
namespace {

SealPlace place_of(FirmMemberId id) { return {"firm_members", "email_sealed", id.value}; }

struct ReadInvitation {
  Email email;
  FirmStanding standing{};
};
Result<ReadInvitation> read_invitation(const FirmInvitation& invitation, const Email& own) {
  Failure failure{.kind = FailureKind::bad_input, .message = {"web.error.check_answers", {}}};
  const auto email = parse_email(invitation.email);
  if (!email) failure.fields.push_back({"email", {"cases.error.member_email", {}}});
  if (email && email->canonical == own.canonical)
    failure.fields.push_back({"email", {"cases.error.member_is_you", {}}});
  const auto standing = find_firm_standing(invitation.standing);
  if (!standing) failure.fields.push_back({"standing", {"cases.error.standing", {}}});
  if (!failure.fields.empty()) return refuse(std::move(failure));
  return ReadInvitation{*email, *standing};
}

}  // namespace

Result<void> invite_to_firm(const Firms& firms, const FirmActor& owner, const FirmInvitation& invitation) {
  const auto& parts = firms.cases().parts();
  Person person;
  {
    const auto snapshot = parts.database.snapshot();
    const auto membership = find_membership(*snapshot, owner.account);
    if (!membership || membership->standing != FirmStanding::owner) return to_result(FirmOutcome::missing);
    person = firms.person(*snapshot, owner.account);
  }
  const auto read = read_invitation(invitation, person.email);
  if (!read) return std::unexpected(read.error());
  if (auto counted =
          parts.throttle.count(kFirmInvitations, fmt::to_string(owner.account.value), "cases.error.firm_invitations");
      !counted) {
    return counted;
  }
  const auto id = parts.ids.next<FirmMemberId>();
  const auto sealed = parts.sealer.seal(place_of(id), read->email.address);
  return to_result(write_firm(firms, owner, [&](const FirmNoting& noting) {
    const auto membership = hold_ownership(noting.tx, owner.account);
    if (!membership) return FirmOutcome::missing;
    if (list_firm_members(noting.tx, membership->firm, noting.now).size() >= kFirmMembersMax)
      return FirmOutcome::too_many;
    insert_firm_member(noting.tx, {.id = id,
                                   .firm = membership->firm,
                                   .sealed_email = sealed,
                                   .email_index = firms.email_index(read->email),
                                   .standing = read->standing,
                                   .invited_by = owner.account,
                                   .invited_at = noting.now,
                                   .lapses_at = noting.now + kFirmInvitationLifetime});
    noting.note_in_firm("firm.invited", owner.account, to_text(read->standing));
    // To the address alone, account or none.
    parts.outbox.tell(noting.tx, {.id = parts.ids.next<journal::OutboxId>(),
                                  .kind = "cases.firm_invited",
                                  .email = read->email.address,
                                  .language = person.language});
    return FirmOutcome::done;
  }));
}

Result<void> join_firm(const Firms& firms, const FirmActor& by, FirmMemberId invitation) {
  const auto& parts = firms.cases().parts();
  std::string index;
  {
    const auto snapshot = parts.database.snapshot();
    if (find_membership(*snapshot, by.account)) return to_result(FirmOutcome::in_a_firm);
    index = firms.email_index_of(*snapshot, by.account);
  }
  try {
    return to_result(write_firm(firms, by, [&](const FirmNoting& noting) {
      const auto taken = take_invitation(noting.tx, invitation, by.account, index, noting.now);
      if (!taken) return FirmOutcome::missing;
      noting.note_in_firm("firm.joined", by.account, to_text(taken->standing));
      if (taken->invited_by) noting.tell_of_firm("cases.firm_joined", *taken->invited_by);
      return FirmOutcome::done;
    }));
  } catch (const db::ConstraintViolation&) {
    return to_result(FirmOutcome::in_a_firm);  // two invitations taken at the same moment
  }
}

Result<void> decline_invitation(const Firms& firms, const FirmActor& by, FirmMemberId invitation) {
  // The snapshot goes before the unit begins: it holds a connection.
  const auto index = firms.email_index_of(*firms.cases().parts().database.snapshot(), by.account);
  return to_result(write_firm(firms, by, [&](const FirmNoting& noting) {
    return decline_invitation_row(noting.tx, invitation, index, noting.now) ? FirmOutcome::done : FirmOutcome::missing;
  }));
}

Result<void> change_standing(const Firms& firms, const FirmActor& owner, FirmMemberId member,
                             std::string_view typed_standing) {
  const auto standing = find_firm_standing(typed_standing);
  if (!standing) return refuse_field("standing", "cases.error.standing");
  return to_result(write_firm(firms, owner, [&](const FirmNoting& noting) {
    const auto membership = hold_ownership(noting.tx, owner.account);
    if (!membership) return FirmOutcome::missing;
    const auto members = list_firm_members(noting.tx, membership->firm, noting.now);
    const auto found = std::ranges::find(members, member, &FirmMember::id);
    if (found == members.end()) return FirmOutcome::missing;
    if (found->standing == *standing) return FirmOutcome::done;
    if (*standing != FirmStanding::owner && found->is_in() && !has_other_owner(members, member))
      return FirmOutcome::last_owner;
    set_firm_standing(noting.tx, member, membership->firm, *standing);
    if (found->account) {
      noting.note_in_firm("firm.standing_changed", *found->account, to_text(*standing));
      if (*found->account != owner.account) noting.tell_of_firm("cases.firm_standing", *found->account);
    }
    return FirmOutcome::done;
  }));
}

Result<void> remove_from_firm(const Firms& firms, const FirmActor& owner, FirmMemberId member) {
  return to_result(write_firm(firms, owner, [&](const FirmNoting& noting) {
    const auto membership = hold_ownership(noting.tx, owner.account);
    if (!membership) return FirmOutcome::missing;
    const auto members = list_firm_members(noting.tx, membership->firm, noting.now);
    const auto found = std::ranges::find(members, member, &FirmMember::id);
    if (found == members.end()) return FirmOutcome::missing;
    if (found->is_in() && !has_other_owner(members, member)) return FirmOutcome::last_owner;
    end_membership(noting, *found);
    if (found->is_in() && *found->account != owner.account) noting.tell_of_firm("cases.firm_removed", *found->account);
    return FirmOutcome::done;
  }));
}

std::string invited_address(const Cases& cases, const FirmMember& member) {
  return member.sealed_email.empty() ? std::string()
                                     : cases.parts().sealer.open(place_of(member.id), member.sealed_email);
}

}  // namespace waymark::cases
