// The beneficiary of a petition is no party to it (8 CFR 103.2(a)(3)), and sees its stages and their dates alone. The
// petitioner may let them see more, one kind of information at a time, of the kinds that the form's file in the
// catalogue names; and takes it back at any time, at once.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "features/cases/cases.hpp"
#include "features/cases/consenting/consent_store.hpp"

namespace waymark::cases {

// The kinds that may be shown for this case, in the order of the catalogue.
std::vector<Facet> list_consentable(const Cases& cases, const VisibleCase& visible);

// Sets one kind; the same again changes nothing. Both sides are told of a change. not_found when the account is no
// petitioner of the case, or its form does not allow that kind.
Result<void> set_consent(const Cases& cases, AccountId petitioner, std::string_view receipt_number,
                         std::string_view facet, bool is_shown, std::string_view network);

}  // namespace waymark::cases
