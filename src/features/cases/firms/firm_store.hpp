// SQL of firms and their members. Only this folder's use cases and who keeps a person's data include it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "db/database.hpp"
#include "features/cases/firms/firm_types.hpp"

namespace waymark::cases {

struct FirmMember {
  FirmMemberId id;
  FirmId firm;
  std::optional<AccountId> account{};  // none: invited, and not taken yet; or their account was erased
  FirmStanding standing{};
  std::string sealed_email{};  // where the invitation went; empty: the founder, or erased
  std::optional<AccountId> invited_by{};
  Instant invited_at{}, lapses_at{};
  std::optional<Instant> joined_at{}, ended_at{};
  bool is_in() const { return joined_at && !ended_at && account; }
  bool is_invited(Instant now) const { return !joined_at && !ended_at && lapses_at > now; }
};

void insert_firm(db::Transaction& tx, FirmId id, std::string_view sealed_name, Instant now);
// None: there is none, or it was closed. `sealed`: as it stands.
std::optional<std::string> find_firm_name(db::Snapshot& snapshot, FirmId id);
// Units that count a firm's owners or members come one after the other. False when it was closed.
bool hold_firm(db::Transaction& tx, FirmId id);
void close_firm_row(db::Transaction& tx, FirmId id, Instant now);

struct NewFirmMember {
  FirmMemberId id;
  FirmId firm;
  std::string sealed_email{}, email_index{};  // empty: the founder
  std::optional<AccountId> account{};         // the founder's
  FirmStanding standing{};
  std::optional<AccountId> invited_by{};
  Instant invited_at{}, lapses_at{};
};
// One for the same address that waits in the same firm ends. Throws ConstraintViolation when the founder is in a firm.
void insert_firm_member(db::Transaction& tx, const NewFirmMember& member);

// The account's place in the firm that it is in.
std::optional<FirmMember> find_membership(db::Snapshot& snapshot, AccountId account);
// Those who are in, and invitations that wait at `now`: in the order they came.
std::vector<FirmMember> list_firm_members(db::Snapshot& snapshot, FirmId firm, Instant now);
std::vector<FirmMember> list_firm_invitations(db::Snapshot& snapshot, std::string_view email_index, Instant now);

// Each is one conditional UPDATE, so that of two at once one acts. None: it is not there for this asker (any more).
// Throws ConstraintViolation when the account is in a firm already.
std::optional<FirmMember> take_invitation(db::Transaction& tx, FirmMemberId id, AccountId account,
                                          std::string_view email_index, Instant now);
std::optional<FirmMember> decline_invitation_row(db::Transaction& tx, FirmMemberId id, std::string_view email_index,
                                                 Instant now);
std::optional<FirmMember> end_firm_member(db::Transaction& tx, FirmMemberId id, FirmId firm, Instant now);
bool set_firm_standing(db::Transaction& tx, FirmMemberId id, FirmId firm, FirmStanding standing);
// All of them, with the invitations that wait; gives those who were in.
std::vector<FirmMember> end_all_firm_members(db::Transaction& tx, FirmId firm, Instant now);
// The account is erased: its rows keep no account and no address.
void forget_firm_members(db::Transaction& tx, AccountId account);

}  // namespace waymark::cases
