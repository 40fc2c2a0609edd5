// The notifications feature put together. Built once by app; threads: safe.
#pragma once

#include "catalogue/catalogue.hpp"
#include "db/database.hpp"
#include "features/accounts/throttle/throttle.hpp"
#include "features/notifications/sent_messages.hpp"

namespace waymark::notifications {

// All references outlive Notifications.
struct NotificationsParts {
  db::Database& database;
  const Clock& clock;
  const KeyRing& keys;
  const catalogue::Catalogue& catalogue;
  accounts::Throttle& throttle;
};

struct Notifications {
  explicit Notifications(NotificationsParts given) : parts(given), sent(parts.database, parts.clock, parts.keys) {}

  NotificationsParts parts;
  SentMessages sent;
};

}  // namespace waymark::notifications
