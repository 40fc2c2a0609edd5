// The table of phones: numbers that a person proved, for messages and, where they chose so, as a second factor.
// Threads: immutable after construction.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "platform/keys.hpp"
#include "platform/sealer.hpp"

namespace waymark::accounts {

using PhoneId = Id<struct PhoneTag>;

struct Phone {
  PhoneId id{};
  AccountId account{};
  std::string number{};  // E.164
  Instant proved_at{};
  bool is_second_factor = false;
  bool is_spoken_to = false;  // codes are read out by a call instead of texted
};

class PhoneStore {
 public:
  // `sealer` must outlive the store.
  PhoneStore(const Sealer& sealer, const KeyRing& keys);

  // False when the account has this number already; then nothing was written.
  bool add(db::Transaction& tx, const Phone& phone) const;
  std::vector<Phone> list(db::Snapshot& snapshot, AccountId account) const;  // the oldest first
  std::optional<Phone> find(db::Snapshot& snapshot, AccountId account, PhoneId phone) const;
  bool set_second_factor(db::Transaction& tx, AccountId account, PhoneId phone, bool is_second_factor) const;
  bool set_spoken_to(db::Transaction& tx, AccountId account, PhoneId phone, bool is_spoken_to) const;
  bool remove(db::Transaction& tx, AccountId account, PhoneId phone) const;

 private:
  Phone read(const db::Row& row, AccountId account) const;
  const Sealer& sealer_;
  KeyedHash number_hash_;
};

// Numbers that were written down with the account itself, before there was a table of phones: `most` at a time, until
// it gives 0.
int move_phones(db::Database& database, const PhoneStore& phones, const Sealer& sealer, int most);

}  // namespace waymark::accounts
