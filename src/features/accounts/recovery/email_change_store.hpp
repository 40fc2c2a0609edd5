// The table of addresses that are being changed, at most one an account. Threads: immutable after construction.
#pragma once

#include <optional>
#include <string>

#include "base/email.hpp"
#include "db/database.hpp"
#include "platform/sealer.hpp"

namespace waymark::accounts {

using EmailChangeId = Id<struct EmailChangeTag>;

struct EmailChange {
  EmailChangeId id{};
  AccountId account{};
  Email email{};            // the new one
  std::string code_hash{};  // of the code that was mailed there, and proves it alone
  Instant code_expires_at{};
  std::optional<Instant> proved_at{};
  std::string old_code_hash{};  // of the code that was mailed to the present address
  Instant old_code_expires_at{};
  Instant created_at{};
  Instant expires_at{};
};

class EmailChangeStore {
 public:
  // `sealer` must outlive the store.
  explicit EmailChangeStore(const Sealer& sealer) : sealer_(sealer) {}

  // In place of what the account had begun before.
  void replace(db::Transaction& tx, const EmailChange& change) const;
  std::optional<EmailChange> find(db::Snapshot& snapshot, AccountId account, Instant now) const;
  // The same, and nobody else changes it until the transaction ends.
  std::optional<EmailChange> lock(db::Transaction& tx, AccountId account, Instant now) const;
  // Writes the codes and what was proved back. The row must be locked by this transaction.
  void save(db::Transaction& tx, const EmailChange& change) const;
  void remove(db::Transaction& tx, AccountId account) const;

 private:
  EmailChange read(const db::Row& row) const;
  const Sealer& sealer_;
};

void delete_lapsed_email_changes(db::Transaction& tx, Instant now);

}  // namespace waymark::accounts
