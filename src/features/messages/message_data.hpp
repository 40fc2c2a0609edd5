// What the messages feature keeps about a person.
#pragma once

#include "features/accounts/personal_data.hpp"
#include "features/messages/messages.hpp"

namespace waymark::messages {

class MessageData final : public accounts::PersonalData {
 public:
  explicit MessageData(const Messages& messages) : messages_(messages) {}  // `messages` must outlive it
  std::vector<accounts::DataFile> collect(db::Snapshot& snapshot, AccountId account, Instant now) const override;
  void erase(db::Transaction& tx, AccountId account) const override;

 private:
  const Messages& messages_;
};

}  // namespace waymark::messages
