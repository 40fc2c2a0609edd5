// A party lets a named account look at one case, or look and act, until a day; the owner of the address takes it in
// their own account, and either ends it at once. Whether there is such an account shows to nobody who offers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "features/cases/people.hpp"
#include "features/cases/sharing/helper_store.hpp"

namespace waymark::cases {

class Sharing : public People {
 public:
  Sharing(const Cases& cases, FindPerson find_person) : People(cases, std::move(find_person), "cases.helper_email") {}
};

struct HelperOffer {
  std::string email;            // as typed
  bool may_act = false;         // else they look only
  std::optional<Date> until{};  // the last day; none: no day was typed
};
// Refusals at "email" and "until"; not_found when the account can't share that case (or there is none); conflict with
// five that stand; too_many after ten offers in a day.
Result<void> offer_help(const Sharing& sharing, AccountId account, std::string_view receipt_number,
                        const HelperOffer& offer, std::string_view network);
// By the party. not_found when it is not theirs, or has ended.
Result<void> end_help(const Sharing& sharing, AccountId account, std::string_view receipt_number, HelpingId helping,
                      std::string_view network);

// By the owner of the address. Gives the receipt number. not_found for whatever is not (or no longer) offered to them.
Result<std::string> accept_help(const Sharing& sharing, AccountId account, HelpingId helping, std::string_view network);
// Says no to an offer, or stops helping.
Result<void> leave_help(const Sharing& sharing, AccountId account, HelpingId helping, std::string_view network);

// The helper opens the case: written and committed before the page goes out, once for a case and an hour. Nothing for
// others than helpers.
void keep_helper_look(const Cases& cases, const VisibleCase& visible, Instant now);

// The address that the offer went to, as its giver typed it; empty for everybody else, and once it was erased.
std::string shown_address(const Cases& cases, AccountId asker, AccountId given_by, HelpingId helping,
                          std::string_view sealed);

}  // namespace waymark::cases
