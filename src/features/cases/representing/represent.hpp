// A representative and a client find each other by a passcode: either side makes one and hands it over, the other types
// it, sees what is shared, and accepts. It holds for one case, while the client's part stands and the office's word
// that somebody is a representative does; either ends it at once. A client has one representative in a case: the next
// one takes the last one's place, whose access is gone with the same commit. What was stays as the history.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "features/cases/cases.hpp"
#include "features/cases/person.hpp"
#include "features/cases/representing/representation_store.hpp"
#include "features/cases/representing/representative.hpp"

namespace waymark::cases {

// `cases` outlives it; threads: immutable after construction.
class Representing {
 public:
  Representing(const Cases& cases, FindPerson find_person)
      : cases_(cases), find_person_(std::move(find_person)), passcode_hash_(cases.parts().keys, "cases.passcode") {}
  const Cases& cases() const { return cases_; }
  Person person(db::Snapshot& snapshot, AccountId account) const { return find_person_(snapshot, account); }
  // Bound to the case: a passcode is good for one receipt number alone.
  std::string hash_passcode(std::string_view receipt_number, std::string_view code) const;

 private:
  const Cases& cases_;
  FindPerson find_person_;
  KeyedHash passcode_hash_;
};

// A passcode as it is handed over ("K7QF-9ZTM-4WXCP"): stored as a keyed hash, so that it is shown this once. It ends
// the one that the same side made for the case before.
// By the client: not_found when the account may not share the case (or there is none); too_many after 50 in a day.
Result<std::string> make_clients_passcode(const Representing& representing, AccountId client,
                                          std::string_view receipt_number, std::string_view network);
// By the representative, for the receipt number that their client told them: whether there is such a case does not
// show. Refusal at "receipt_number"; conflict when they are not verified.
Result<std::string> make_representatives_passcode(const Representing& representing, AccountId representative,
                                                  std::string_view typed_receipt_number, std::string_view network);

// The passcode that the client handed over. Gives the receipt number. Refusals at "receipt_number" and "passcode" for
// what can't be one; bad_input, one and the same, for whatever is not good (any more); too_many after five wrong ones
// in six hours; conflict when they are not verified.
Result<std::string> accept_as_representative(const Representing& representing, AccountId representative,
                                             std::string_view typed_receipt_number, std::string_view typed_passcode,
                                             std::string_view network);

// Whose passcode it is, before the client says yes. Refusals as above; a wrong one counts.
struct ShownRepresentative {
  std::string name;
  Representative of;
};
Result<ShownRepresentative> look_at_passcode(const Representing& representing, AccountId client,
                                             std::string_view receipt_number, std::string_view typed_passcode);
Result<void> accept_as_client(const Representing& representing, AccountId client, std::string_view receipt_number,
                              std::string_view typed_passcode, std::string_view network);

// What has begun, or a passcode that waits. not_found when it is not theirs, or has ended.
Result<void> end_as_client(const Representing& representing, AccountId client, std::string_view receipt_number,
                           RepresentationId id, std::string_view network);
Result<void> end_as_representative(const Representing& representing, AccountId representative, RepresentationId id,
                                   std::string_view network);

// Within the unit in which the client leaves the case: ends what they gave, and tells those whose access it was.
void end_with_part(const Cases& cases, db::Transaction& tx, CaseId on_case, AccountId client, Instant now);

// A representative opens a client's case: written and committed before the page goes out, once for a reader and an
// hour. Nothing for others.
void keep_representative_look(const Cases& cases, const VisibleCase& visible, AccountId by, Instant now);

}  // namespace waymark::cases
