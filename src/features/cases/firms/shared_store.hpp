// SQL of the clients that a representative shares with their firm. Only this folder's use cases and pages, and
// case_access, include it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "features/cases/firms/firm_types.hpp"
#include "features/cases/representing/representation_store.hpp"

namespace waymark::cases {

// None: it is not the representative's, does not stand, or is shared already; or is not shared.
std::optional<Representation> share_representation(db::Transaction& tx, RepresentationId id, AccountId representative,
                                                   FirmId firm);
std::optional<Representation> unshare_representation(db::Transaction& tx, RepresentationId id,
                                                     AccountId representative);
// The representative leaves the firm; or it closes: then everybody's.
void unshare_all(db::Transaction& tx, FirmId firm, std::optional<AccountId> representative);

// A page of what the members see, the newest first; `before`: the last of the page before.
std::vector<Representation> list_shared(db::Snapshot& snapshot, FirmId firm, RepresentationId before, int most);
// The case as a member sees it, while it is shared with the firm that they are in and its representative sees it.
std::optional<VisibleCase> find_firms_case(db::Snapshot& snapshot, AccountId member, std::string_view receipt_number);

}  // namespace waymark::cases
