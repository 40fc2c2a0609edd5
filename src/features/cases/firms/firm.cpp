#include "features/cases/firms/firm.hpp"

#include "base/text.hpp"
#include "features/cases/firms/firm_parts.hpp"
#include "features/cases/firms/shared_store.hpp"
#include "features/cases/limits.hpp"
#include "features/cases/representing/verify.hpp"

namespace waymark::cases {
namespace {

SealPlace place_of(FirmId id) { return {"firms", "name_sealed", id.value}; }

void close_held(const FirmNoting& noting, FirmId firm, AccountId by) {
  for (const auto& one : end_all_firm_members(noting.tx, firm, noting.now)) {
    noting.note_in_firm("firm.closed", *one.account);
    if (*one.account != by) noting.tell_of_firm("cases.firm_closed", *one.account);
  }
  unshare_all(noting.tx, firm, std::nullopt);
  close_firm_row(noting.tx, firm, noting.now);
}

}  // namespace

Result<void> open_firm(const Firms& firms, const FirmActor& by, std::string_view typed_name) {
  const auto& cases = firms.cases();
  const auto& parts = cases.parts();
  if (!is_verified(*parts.database.snapshot(), by.account))
    return refuse(FailureKind::conflict, "cases.error.not_verified");
  const auto name = tidy_line(typed_name);
  if (name.empty() || !is_valid_utf8(name) || count_code_points(name) > kOrganisationMax)
    return refuse_field("firm_name", "cases.error.firm_name");
  const auto id = parts.ids.next<FirmId>();
  const auto member = parts.ids.next<FirmMemberId>();
  const auto sealed_name = parts.sealer.seal(place_of(id), name);
  const auto now = parts.clock.now();
  bool is_open = false;
  try {
    is_open = parts.database.write([&](db::Transaction& tx) {
      if (!is_verified(tx, by.account) || find_membership(tx, by.account)) return false;
      insert_firm(tx, id, sealed_name, now);
      insert_firm_member(tx, {.id = member,
                              .firm = id,
                              .account = by.account,
                              .standing = FirmStanding::owner,
                              .invited_at = now,
                              .lapses_at = now});
      FirmNoting{{cases, tx, now, by.network}}.note_in_firm("firm.opened", by.account);
      return true;
    });
  } catch (const db::ConstraintViolation&) {
    // Opened, or joined one, twice at the same moment.
  }
  if (!is_open) return to_result(FirmOutcome::in_a_firm);
  return {};
}

Result<void> leave_firm(const Firms& firms, const FirmActor& by) {
  return to_result(write_firm(firms, by, [&](const FirmNoting& noting) {
    const auto membership = hold_membership(noting.tx, by.account);
    if (!membership) return FirmOutcome::missing;
    if (!has_other_owner(list_firm_members(noting.tx, membership->firm, noting.now), membership->id))
      return FirmOutcome::last_owner;
    end_membership(noting, *membership);
    return FirmOutcome::done;
  }));
}

Result<void> close_firm(const Firms& firms, const FirmActor& owner) {
  return to_result(write_firm(firms, owner, [&](const FirmNoting& noting) {
    const auto membership = hold_ownership(noting.tx, owner.account);
    if (!membership) return FirmOutcome::missing;
    close_held(noting, membership->firm, owner.account);
    return FirmOutcome::done;
  }));
}

Result<void> share_client(const Firms& firms, const FirmActor& representative, RepresentationId client) {
  return to_result(write_firm(firms, representative, [&](const FirmNoting& noting) {
    const auto membership = hold_membership(noting.tx, representative.account);
    if (!membership) return FirmOutcome::missing;
    const auto shared = share_representation(noting.tx, client, representative.account, membership->firm);
    if (!shared) return FirmOutcome::missing;
    for (const auto account : {representative.account, *shared->client})
      noting.note("case.shared_with_firm", account, shared->on_case, "");
    noting.tell("cases.shared_with_firm", *shared->client, shared->receipt_number);
    return FirmOutcome::done;
  }));
}

Result<void> keep_client(const Firms& firms, const FirmActor& representative, RepresentationId client) {
  return to_result(write_firm(firms, representative, [&](const FirmNoting& noting) {
    const auto kept = unshare_representation(noting.tx, client, representative.account);
    if (!kept) return FirmOutcome::missing;
    for (const auto account : {representative.account, *kept->client})
      noting.note("case.kept_from_firm", account, kept->on_case, "");
    return FirmOutcome::done;
  }));
}

std::optional<std::string> find_opened_name(const Cases& cases, db::Snapshot& snapshot, FirmId firm) {
  const auto sealed = find_firm_name(snapshot, firm);
  return sealed ? std::optional(cases.parts().sealer.open(place_of(firm), *sealed)) : std::nullopt;
}

std::vector<AccountId> list_colleagues(db::Snapshot& snapshot, FirmId firm, std::optional<AccountId> of, Instant now) {
  std::vector<AccountId> colleagues;
  for (const auto& member : list_firm_members(snapshot, firm, now)) {
    if (member.is_in() && member.account != of) colleagues.push_back(*member.account);
  }
  return colleagues;
}

void leave_firm_for_good(const Cases& cases, db::Transaction& tx, AccountId account, Instant now) {
  if (const auto membership = hold_membership(tx, account)) {
    const FirmNoting noting{{cases, tx, now, {}}};
    if (has_other_owner(list_firm_members(tx, membership->firm, now), membership->id)) {
      end_membership(noting, *membership);
    } else {
      close_held(noting, membership->firm, account);
    }
  }
  forget_firm_members(tx, account);
}

}  // namespace waymark::cases
