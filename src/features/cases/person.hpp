// Who an account is to those whom it lets see a case, and by what address it is asked: the accounts' to say.
#pragma once

#include <functional>
#include <string>

#include "base/email.hpp"
#include "base/id.hpp"
#include "db/database.hpp"

namespace waymark::cases {

struct Person {
  Email email;  // proved
  std::string language, name;
};
// An account that was erased: all of it empty.
using FindPerson = std::function<Person(db::Snapshot&, AccountId)>;

}  // namespace waymark::cases
