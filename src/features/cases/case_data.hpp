// What the cases feature keeps about a person: the cases that they follow, as their part lets them see each.
#pragma once

#include "features/accounts/personal_data.hpp"

namespace waymark::cases {

class Cases;

class CaseData final : public accounts::PersonalData {
 public:
  explicit CaseData(const Cases& cases) : cases_(cases) {}  // `cases` must outlive it
  // Other people are named by their part in the case alone.
  std::vector<accounts::DataFile> collect(db::Snapshot& snapshot, AccountId account, Instant now) const override;
  // Disconnects them from every case; the cases are the agency's, and stay.
  void erase(db::Transaction& tx, AccountId account) const override;

 private:
  const Cases& cases_;
};

}  // namespace waymark::cases
