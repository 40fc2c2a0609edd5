#include "features/cases/firms/firm_store.hpp"

#include <algorithm>

#include "base/assert.hpp"

#define WAYMARK_MEMBER_COLUMNS \
  "id, firm_id, account, standing, email_sealed, invited_by, invited_at, lapses_at, joined_at, ended_at "

namespace waymark::cases {
namespace {

constexpr db::Query kInsertFirm{"firms.insert",
                                "INSERT INTO firms (id, name_sealed, opened_at, changes) VALUES ($1, $2, $3, 0)"};
constexpr db::Query kFindName{"firms.find_name", "SELECT name_sealed FROM firms WHERE id = $1 AND closed_at IS NULL"};
constexpr db::Query kHold{"firms.hold", "UPDATE firms SET changes = changes + 1 WHERE id = $1 AND closed_at IS NULL"};
constexpr db::Query kClose{"firms.close", "UPDATE firms SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL"};

constexpr db::Query kReplace{"firm_members.replace", R"sql(
  UPDATE firm_members SET ended_at = $3
  WHERE firm_id = $1 AND email_index = $2 AND joined_at IS NULL AND ended_at IS NULL)sql"};
constexpr db::Query kInsert{"firm_members.insert", R"sql(
  INSERT INTO firm_members (id, firm_id, email_sealed, email_index, account, standing, invited_by, invited_at,
                            lapses_at, joined_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10))sql"};
constexpr db::Query kOfAccount{"firm_members.of_account",
                               "SELECT " WAYMARK_MEMBER_COLUMNS
                               "FROM firm_members WHERE account = $1 AND joined_at IS NOT NULL AND ended_at IS NULL"};
constexpr db::Query kOfFirm{"firm_members.of_firm", "SELECT " WAYMARK_MEMBER_COLUMNS
                                                    "FROM firm_members WHERE firm_id = $1 AND ended_at IS NULL "
                                                    "AND (joined_at IS NOT NULL OR lapses_at > $2) ORDER BY id"};
#define WAYMARK_WAITING "joined_at IS NULL AND ended_at IS NULL AND lapses_at > "
constexpr db::Query kInvitations{"firm_members.invitations",
                                 "SELECT " WAYMARK_MEMBER_COLUMNS
                                 "FROM firm_members WHERE email_index = $1 AND " WAYMARK_WAITING "$2 ORDER BY id DESC"};
constexpr db::Query kTake{"firm_members.take",
                          "UPDATE firm_members SET account = $2, joined_at = $4 WHERE id = $1 "
                          "AND email_index = $3 AND " WAYMARK_WAITING "$4 RETURNING " WAYMARK_MEMBER_COLUMNS};
constexpr db::Query kDecline{"firm_members.decline",
                             "UPDATE firm_members SET ended_at = $3 WHERE id = $1 AND email_index = $2 "
                             "AND " WAYMARK_WAITING "$3 RETURNING " WAYMARK_MEMBER_COLUMNS};
constexpr db::Query kEnd{"firm_members.end",
                         "UPDATE firm_members SET ended_at = $3 WHERE id = $1 AND firm_id = $2 AND ended_at IS NULL "
                         "RETURNING " WAYMARK_MEMBER_COLUMNS};
constexpr db::Query kSetStanding{"firm_members.set_standing", R"sql(
  UPDATE firm_members SET standing = $3
  WHERE id = $1 AND firm_id = $2 AND ended_at IS NULL AND standing <> $3)sql"};
constexpr db::Query kEndAll{"firm_members.end_all",
                            "UPDATE firm_members SET ended_at = $2 WHERE firm_id = $1 AND ended_at IS NULL "
                            "RETURNING " WAYMARK_MEMBER_COLUMNS};
// What waited for their address ends as well: nobody could take it any more.
constexpr db::Query kForget{"firm_members.forget", R"sql(
  UPDATE firm_members SET account = NULL, email_sealed = NULL, email_index = NULL WHERE account = $1)sql"};
constexpr db::Query kForgetInviter{"firm_members.forget_inviter",
                                   "UPDATE firm_members SET invited_by = NULL WHERE invited_by = $1"};

std::optional<AccountId> maybe_account(const db::Row& row, int column) {
  return row.is_null(column) ? std::nullopt : std::optional(row.id<AccountId>(column));
}

FirmMember read_member(const db::Row& row) {
  const auto standing = find_firm_standing(row.text(3));
  WAYMARK_ASSERT(standing);
  return {.id = row.id<FirmMemberId>(0),
          .firm = row.id<FirmId>(1),
          .account = maybe_account(row, 2),
          .standing = *standing,
          .sealed_email = row.is_null(4) ? std::string() : std::string(row.bytes(4)),
          .invited_by = maybe_account(row, 5),
          .invited_at = row.instant(6),
          .lapses_at = row.instant(7),
          .joined_at = row.maybe_instant(8),
          .ended_at = row.maybe_instant(9)};
}

db::Parameter bytes_or_null(const std::string& value) {
  return value.empty() ? db::Parameter(nullptr) : db::Parameter(db::Bytes{value});
}

}  // namespace

std::string_view to_text(FirmStanding standing) {
  switch (standing) {
    case FirmStanding::owner:
      return "owner";
    case FirmStanding::member:
      return "member";
    case FirmStanding::read_only:
      return "read_only";
  }
  return {};
}

std::optional<FirmStanding> find_firm_standing(std::string_view text) {
  const auto* const found = std::ranges::find(kFirmStandings, text, [](FirmStanding one) { return to_text(one); });
  return found == std::end(kFirmStandings) ? std::nullopt : std::optional(*found);
}

void insert_firm(db::Transaction& tx, FirmId id, std::string_view sealed_name, Instant now) {
  tx.run(kInsertFirm, {id, db::Bytes{sealed_name}, now});
}

std::optional<std::string> find_firm_name(db::Snapshot& snapshot, FirmId id) {
  return snapshot.find(kFindName, {id}, [](const db::Row& row) { return std::string(row.bytes(0)); });
}

bool hold_firm(db::Transaction& tx, FirmId id) { return tx.run(kHold, {id}) == 1; }

void close_firm_row(db::Transaction& tx, FirmId id, Instant now) { tx.run(kClose, {id, now}); }

void insert_firm_member(db::Transaction& tx, const NewFirmMember& member) {
  const bool is_founder = member.account.has_value();
  if (!is_founder) tx.run(kReplace, {member.firm, db::Bytes{member.email_index}, member.invited_at});
  tx.run(kInsert, {member.id, member.firm, bytes_or_null(member.sealed_email), bytes_or_null(member.email_index),
                   member.account, to_text(member.standing), member.invited_by, member.invited_at, member.lapses_at,
                   is_founder ? db::Parameter(member.invited_at) : db::Parameter(nullptr)});
}

std::optional<FirmMember> find_membership(db::Snapshot& snapshot, AccountId account) {
  return snapshot.find(kOfAccount, {account}, read_member);
}

std::vector<FirmMember> list_firm_members(db::Snapshot& snapshot, FirmId firm, Instant now) {
  return snapshot.list(kOfFirm, {firm, now}, read_member);
}

std::vector<FirmMember> list_firm_invitations(db::Snapshot& snapshot, std::string_view email_index, Instant now) {
  return snapshot.list(kInvitations, {db::Bytes{email_index}, now}, read_member);
}

std::optional<FirmMember> take_invitation(db::Transaction& tx, FirmMemberId id, AccountId account,
                                          std::string_view email_index, Instant now) {
  return tx.find(kTake, {id, account, db::Bytes{email_index}, now}, read_member);
}

std::optional<FirmMember> decline_invitation_row(db::Transaction& tx, FirmMemberId id, std::string_view email_index,
                                                 Instant now) {
  return tx.find(kDecline, {id, db::Bytes{email_index}, now}, read_member);
}

std::optional<FirmMember> end_firm_member(db::Transaction& tx, FirmMemberId id, FirmId firm, Instant now) {
  return tx.find(kEnd, {id, firm, now}, read_member);
}

bool set_firm_standing(db::Transaction& tx, FirmMemberId id, FirmId firm, FirmStanding standing) {
  return tx.run(kSetStanding, {id, firm, to_text(standing)}) == 1;
}

std::vector<FirmMember> end_all_firm_members(db::Transaction& tx, FirmId firm, Instant now) {
  auto ended = tx.list(kEndAll, {firm, now}, read_member);
  std::erase_if(ended, [](const FirmMember& one) { return !one.joined_at || !one.account; });
  return ended;
}

void forget_firm_members(db::Transaction& tx, AccountId account) {
  tx.run(kForget, {account});
  tx.run(kForgetInviter, {account});
}

}  // namespace waymark::cases
