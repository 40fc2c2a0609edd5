// A firm: representatives and their people, who share clients. A verified representative opens one; its owners invite
// others by address. Each representative chooses which of their clients the firm sees, and the client is told. What is
// shared ends with the representation, with the representative's or the member's own place in the firm, and with the
// firm: for everybody else at once, with the same commit.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "features/cases/firms/firm_store.hpp"
#include "features/cases/people.hpp"
#include "features/cases/representing/representation_store.hpp"

namespace waymark::cases {

class Firms : public People {
 public:
  Firms(const Cases& cases, FindPerson find_person) : People(cases, std::move(find_person), "cases.firm_email") {}
};

// Who acts, and from where (a hashed network).
struct FirmActor {
  AccountId account;
  std::string_view network{};
};

// Refusal at "firm_name"; conflict when they are not verified, or in a firm already.
Result<void> open_firm(const Firms& firms, const FirmActor& by, std::string_view typed_name);

// Leaves no firm without an owner as long as it has anybody: conflict for whatever would, here and below.
Result<void> leave_firm(const Firms& firms, const FirmActor& by);
// By an owner; for everybody else not_found.
Result<void> close_firm(const Firms& firms, const FirmActor& owner);

// By the representative whose client it is, while they are in a firm. not_found when it is not theirs, does not stand,
// or is so already.
Result<void> share_client(const Firms& firms, const FirmActor& representative, RepresentationId client);
Result<void> keep_client(const Firms& firms, const FirmActor& representative, RepresentationId client);

// The firm's name, opened. None: there is none, or it was closed.
std::optional<std::string> find_opened_name(const Cases& cases, db::Snapshot& snapshot, FirmId firm);
// Those who are in the firm beside that account: who sees by it what the account shares.
std::vector<AccountId> list_colleagues(db::Snapshot& snapshot, FirmId firm, std::optional<AccountId> of, Instant now);

// Within the unit that erases an account: it leaves its firm, which closes when nobody is left who owns it.
void leave_firm_for_good(const Cases& cases, db::Transaction& tx, AccountId account, Instant now);

}  // namespace waymark::cases
