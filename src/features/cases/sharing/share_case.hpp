// A party lets a named account look at one case, or look and act, until a day; the owner of the address takes it in
// their own account, and either ends it at once. Whether there is such an account shows to nobody who offers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "features/cases/cases.hpp"
#include "features/cases/person.hpp"
#include "features/cases/sharing/helper_store.hpp"

namespace waymark::cases {

// `cases` outlives it; threads: immutable after construction.
class Sharing {
 public:
  Sharing(const Cases& cases, FindPerson find_person)
      : cases_(cases), find_person_(std::move(find_person)), email_hash_(cases.parts().keys, "cases.helper_email") {}
  const Cases& cases() const { return cases_; }
  Person person(db::Snapshot& snapshot, AccountId account) const { return find_person_(snapshot, account); }
  // Equal for what counts as one mailbox.
  std::string email_index(const Email& email) const { return email_hash_.of(email.canonical); }

 private:
  const Cases& cases_;
  FindPerson find_person_;
  KeyedHash email_hash_;
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
