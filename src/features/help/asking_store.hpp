// The table of addresses being proved before a question. Threads: immutable after construction.
#pragma once

#include "db/database.hpp"
#include "features/help/types.hpp"
#include "platform/sealer.hpp"

namespace waymark::help {

class AskingStore {
 public:
  // `sealer` must outlive the store.
  explicit AskingStore(const Sealer& sealer) : sealer_(sealer) {}

  void insert(db::Transaction& tx, const Asking& asking, std::string_view token_hash) const;
  std::optional<Asking> find(db::Snapshot& snapshot, std::string_view token_hash, Instant now) const;
  // The same, and nobody else changes it until the transaction ends.
  std::optional<Asking> lock(db::Transaction& tx, std::string_view token_hash, Instant now) const;
  // A new code in place of the one before. The row must be locked by this transaction, here and below.
  void set_code(db::Transaction& tx, AskingId id, std::string_view code_hash, Instant expires_at) const;
  // The code is used up; from now on only this token names it.
  void set_proved(db::Transaction& tx, AskingId id, Instant now, std::string_view token_hash) const;
  void remove(db::Transaction& tx, AskingId id) const;

 private:
  Asking read(const db::Row& row) const;
  const Sealer& sealer_;
};

void delete_lapsed_askings(db::Transaction& tx, Instant now);

}  // namespace waymark::help
