// What use cases work with that show people to each other, and ask some of them by their address.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "features/cases/cases.hpp"
#include "features/cases/person.hpp"

namespace waymark::cases {

// `cases` outlives it; threads: immutable after construction.
class People {
 public:
  // `purpose`: of the hash, so that what asks for one thing cannot be taken for another.
  People(const Cases& cases, FindPerson find_person, std::string_view purpose)
      : cases_(cases), find_person_(std::move(find_person)), email_hash_(cases.parts().keys, purpose) {}
  const Cases& cases() const { return cases_; }
  Person person(db::Snapshot& snapshot, AccountId account) const { return find_person_(snapshot, account); }
  // Equal for what counts as one mailbox.
  std::string email_index(const Email& email) const { return email_hash_.of(email.canonical); }
  // Of the account's own, proved address.
  std::string email_index_of(db::Snapshot& snapshot, AccountId account) const {
    return email_index(person(snapshot, account).email);
  }

 private:
  const Cases& cases_;
  FindPerson find_person_;
  KeyedHash email_hash_;
};

}  // namespace waymark::cases
