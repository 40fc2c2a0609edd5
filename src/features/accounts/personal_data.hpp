// What every feature that keeps something about a person takes part in: handing out a copy of it, and letting go of it
// when their account is erased. app hands the features' parts to Accounts.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/time.hpp"
#include "db/database.hpp"

namespace waymark::accounts {

// One file of the copy.
struct DataFile {
  std::string name;          // "cases.json"
  std::string_view meaning;  // locale key: one sentence about what is in it
  boost::json::value content;
};

class PersonalData {
 public:
  virtual ~PersonalData() = default;
  // What is theirs, in words that a person can read. Never a secret, and never another person's data.
  virtual std::vector<DataFile> collect(db::Snapshot& snapshot, AccountId account, Instant now) const = 0;
  // Within the unit that erases the account, after its own row: nothing that tells of the person stays. Rows of the
  // audit trail do; they hold ids and constants.
  virtual void erase(db::Transaction& tx, AccountId account) const = 0;
};

}  // namespace waymark::accounts
