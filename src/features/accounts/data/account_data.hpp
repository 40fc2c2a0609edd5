// What the accounts feature itself keeps about a person.
#pragma once

#include "features/accounts/personal_data.hpp"

namespace waymark::accounts {

struct Accounts;

class AccountData final : public PersonalData {
 public:
  explicit AccountData(const Accounts& accounts) : accounts_(accounts) {}  // `accounts` must outlive it
  std::vector<DataFile> collect(db::Snapshot& snapshot, AccountId account, Instant now) const override;
  void erase(db::Transaction& tx, AccountId account) const override;

 private:
  const Accounts& accounts_;
};

}  // namespace waymark::accounts
