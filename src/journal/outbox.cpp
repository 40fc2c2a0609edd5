#include "journal/outbox.hpp"

#include "journal/telling_content.hpp"
#include "platform/log.hpp"

namespace waymark::journal {

namespace {

constexpr int kTriesMax = 16;
constexpr std::chrono::milliseconds kFirstDelay{1000};
constexpr std::chrono::milliseconds kLongestDelay = std::chrono::hours{1};

constexpr db::Query kInsert{
    "outbox.insert",
    "INSERT INTO outbox (id, kind, account, content_sealed, state, attempts, created_at, due_at, useless_after) "
    "VALUES ($1, $2, $3, $4, 'waiting', 0, $5, $5, $6)"};
constexpr db::Query kHasDue{"outbox.has_due", "SELECT 1 FROM outbox WHERE state = 'waiting' AND due_at <= $1 LIMIT 1"};
constexpr db::Query kDropUseless{"outbox.drop_useless",
                                 "UPDATE outbox SET state = 'useless', content_sealed = NULL, finished_at = $1 "
                                 "WHERE state = 'waiting' AND due_at <= $1 AND useless_after <= $1"};
// Taken for the last time, and whoever took it never came back.
constexpr db::Query kBuryAbandoned{"outbox.bury_abandoned",
                                   "UPDATE outbox SET state = 'dead', finished_at = $1 "
                                   "WHERE state = 'waiting' AND due_at <= $1 AND attempts >= $2"};
// The outer condition is what keeps two takers apart: the second waits for the row and looks at it again.
constexpr db::Query kTake{
    "outbox.take",
    "UPDATE outbox SET due_at = $2, attempts = attempts + 1 WHERE id IN "
    "(SELECT id FROM outbox WHERE state = 'waiting' AND due_at <= $1 ORDER BY due_at, id LIMIT $3) "
    "AND state = 'waiting' AND due_at <= $1 "
    "RETURNING id, kind, account, content_sealed, attempts, created_at, useless_after"};
constexpr db::Query kDelivered{"outbox.delivered",
                               "UPDATE outbox SET state = 'delivered', content_sealed = NULL, finished_at = $2 "
                               "WHERE id = $1 AND state = 'waiting'"};
// `attempts` tells this try from a later one of another node, whose lease must stand.
constexpr db::Query kRetry{"outbox.retry",
                           "UPDATE outbox SET due_at = $3 WHERE id = $1 AND state = 'waiting' AND attempts = $2"};
constexpr db::Query kBury{"outbox.bury",
                          "UPDATE outbox SET state = 'dead', finished_at = $3 "
                          "WHERE id = $1 AND state = 'waiting' AND attempts = $2"};
constexpr db::Query kGiveBack{"outbox.give_back",
                              "UPDATE outbox SET due_at = $3, attempts = attempts - 1 "
                              "WHERE id = $1 AND state = 'waiting' AND attempts = $2"};
constexpr db::Query kListDead{"outbox.list_dead",
                              "SELECT id, kind, attempts, created_at FROM outbox WHERE state = 'dead' ORDER BY id"};

SealPlace place_of(OutboxId id) { return {.table = "outbox", .column = "content_sealed", .row = id.value}; }

std::chrono::milliseconds delay_after(int failures) {
  return std::min(kLongestDelay, kFirstDelay * (std::int64_t{1} << std::min(failures - 1, 20)));
}

// A row with its content still sealed.
struct TakenRow {
  OutboxItem item;
  std::string sealed;
};

TakenRow read_taken(const db::Row& row) {
  TakenRow taken;
  Telling& telling = taken.item.telling;
  telling.id = row.id<OutboxId>(0);
  telling.kind = row.text(1);
  if (!row.is_null(2)) telling.account = row.id<AccountId>(2);
  taken.sealed = row.bytes(3);
  taken.item.attempts = static_cast<int>(row.integer(4)) - 1;
  taken.item.created_at = row.instant(5);
  telling.useless_after = row.maybe_instant(6);
  return taken;
}

}  // namespace

void Outbox::tell(db::Transaction& tx, const Telling& telling) const {
  const std::string sealed = sealer_.seal(place_of(telling.id), content_of(telling));
  tx.run(kInsert, {telling.id, telling.kind, telling.account, db::Bytes{sealed}, clock_.now(), telling.useless_after});
}

std::vector<OutboxItem> Outbox::take_due(db::Database& database, int most, std::chrono::seconds lease) const {
  const Instant now = clock_.now();
  // Most rounds find nothing, and then nothing is written.
  if (!database.snapshot()->has(kHasDue, {now})) return {};
  auto taken = database.write([&](db::Transaction& tx) {
    tx.run(kDropUseless, {now});
    tx.run(kBuryAbandoned, {now, kTriesMax});
    return tx.list(kTake, {now, now + lease, most}, read_taken);
  });
  std::ranges::sort(taken, {}, [](const TakenRow& row) { return row.item.telling.id; });
  std::vector<OutboxItem> items;
  for (TakenRow& row : taken) {
    if (open(row.item, row.sealed)) {
      items.push_back(std::move(row.item));
    } else {
      mark_failed(database, row.item.telling.id, row.item.attempts, true);
    }
  }
  return items;
}

// One damaged row must not keep the others from being told.
bool Outbox::open(OutboxItem& item, std::string_view sealed) const {
  try {
    fill_content(item.telling, sealer_.open(place_of(item.telling.id), sealed));
    return true;
  } catch (const std::exception& error) {
    log(LogLevel::error, "outbox.damaged", {{"id", item.telling.id.value}, {"reason", std::string_view{error.what()}}});
    return false;
  }
}

void Outbox::mark_delivered(db::Database& database, OutboxId id) const {
  const Instant now = clock_.now();
  database.write([&](db::Transaction& tx) { tx.run(kDelivered, {id, now}); });
}

bool Outbox::mark_failed(db::Database& database, OutboxId id, int attempts, bool permanent) const {
  const int failures = attempts + 1;
  const Instant now = clock_.now();
  const bool is_dead = permanent || failures >= kTriesMax;
  database.write([&](db::Transaction& tx) {
    if (is_dead) {
      tx.run(kBury, {id, failures, now});
    } else {
      tx.run(kRetry, {id, failures, now + delay_after(failures)});
    }
  });
  return is_dead;
}

void Outbox::give_back(db::Database& database, OutboxId id, int attempts) const {
  const Instant now = clock_.now();
  database.write([&](db::Transaction& tx) { tx.run(kGiveBack, {id, attempts + 1, now}); });
}

std::vector<Outbox::Dead> Outbox::list_dead(db::Snapshot& snapshot) const {
  return snapshot.list(kListDead, {}, [](const db::Row& row) {
    return Dead{.id = row.id<OutboxId>(0),
                .kind = std::string{row.text(1)},
                .attempts = static_cast<int>(row.integer(2)),
                .created_at = row.instant(3)};
  });
}

}  // namespace waymark::journal
