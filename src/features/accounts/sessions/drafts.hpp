// What somebody had typed when their session ended, sealed, for that account alone and half an hour. Threads: safe.
#pragma once

#include "features/accounts/sessions/session.hpp"
#include "web/drafts.hpp"

namespace waymark::accounts {

class Drafts final : public web::DraftKeeper {
 public:
  // All outlive the drafts.
  Drafts(db::Database& database, const Clock& clock, IdSource& ids, const KeyRing& keys, const Sealer& sealer,
         const Sessions& sessions);

  web::Visitor find_lapsed_visitor(const web::Request& request, db::Snapshot& snapshot) override;
  void keep(AccountId account, std::string_view page, const web::Form& fields) override;
  std::optional<web::Form> find(db::Snapshot& snapshot, AccountId account, std::string_view page) override;
  void forget(AccountId account, std::string_view page) override;

 private:
  db::Database& database_;
  const Clock& clock_;
  IdSource& ids_;
  const Sealer& sealer_;
  const Sessions& sessions_;
  KeyedHash page_hash_;
};

void delete_lapsed_drafts(db::Transaction& tx, Instant now);

}  // namespace waymark::accounts
