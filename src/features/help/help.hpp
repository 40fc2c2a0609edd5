// The help feature put together: what its use cases share. Built once by app; threads: safe.
#pragma once

#include <functional>

#include "catalogue/catalogue.hpp"
#include "catalogue/words.hpp"
#include "db/database.hpp"
#include "features/accounts/factors/codes.hpp"
#include "features/accounts/throttle/throttle.hpp"
#include "features/help/asking_store.hpp"
#include "features/help/callback_store.hpp"
#include "features/help/help_request_store.hpp"
#include "features/help/help_search.hpp"
#include "features/help/votes.hpp"
#include "journal/outbox.hpp"
#include "platform/clock.hpp"
#include "platform/ids.hpp"
#include "platform/keys.hpp"
#include "platform/random.hpp"
#include "platform/sealer.hpp"

namespace waymark::help {

// All references outlive Help.
struct HelpParts {
  db::Database& database;
  const Clock& clock;
  Random& random;
  IdSource& ids;
  const KeyRing& keys;
  const Sealer& sealer;
  const journal::Outbox& outbox;
  const catalogue::Catalogue& catalogue;
  accounts::Throttle& throttle;
  // Called after a unit that told something, so that a code leaves at once; may be empty.
  std::function<void()> wake_deliverer{};
};

struct Help {
  explicit Help(HelpParts given)
      : parts(std::move(given)),
        search(parts.catalogue.help_articles()),
        askings(parts.sealer),
        requests(parts.sealer),
        callbacks(parts.sealer),
        code_hash(parts.keys) {}

  HelpParts parts;
  HelpSearch search;
  AskingStore askings;
  HelpRequestStore requests;
  CallbackStore callbacks;
  accounts::CodeHash code_hash;
  Votes votes{};

  void wake_deliverer() const {
    if (parts.wake_deliverer) parts.wake_deliverer();
  }
  std::string make_reference() const;
  // What was voted since the last time; each minute.
  void write_votes() { votes.write_to(parts.database); }
  // Lapsed askings, and what was closed long ago; each hour.
  void delete_lapsed() const;
};

}  // namespace waymark::help
