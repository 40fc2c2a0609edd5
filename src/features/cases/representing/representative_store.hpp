// SQL of representatives: who asks to be known as one, and what the office found. Only this folder includes it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "features/cases/representing/representative.hpp"

namespace waymark::cases {

struct StoredRepresentative {
  RepresentativeId id;
  AccountId account{};
  RepresentativeKind kind{};
  std::string sealed_organisation, sealed_licence;
  RepresentativeState state{};
  Instant asked_at{};
  std::optional<Instant> decided_at{};
};
std::optional<StoredRepresentative> find_representative(db::Snapshot& snapshot, AccountId account);
// The longest waiting first; those of another state the latest asked first.
std::vector<StoredRepresentative> list_representatives(db::Snapshot& snapshot, RepresentativeState state, int most);

// False when the account is verified: what the office checked is not changed by who was checked.
bool ask_as_representative(db::Transaction& tx, const StoredRepresentative& asking);
// One conditional UPDATE, so that of two officers one decides. False when it was not in the state that `to` follows on.
bool decide_representative_row(db::Transaction& tx, AccountId account, RepresentativeState to, OfficerId by,
                               Instant now);
void forget_representative(db::Transaction& tx, AccountId account);

}  // namespace waymark::cases
