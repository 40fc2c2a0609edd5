#include "journal/outbox.hpp"

#include <set>

#include "journal/telling_content.hpp"
#include "platform/log.hpp"

namespace waymark::journal {

namespace {

constexpr int kTriesMax = 16;
constexpr std::chrono::milliseconds kFirstDelay{1000};
constexpr std::chrono::milliseconds kLongestDelay = std::chrono::hours{1};

constexpr db::Query kInsert{
    "outbox.insert",
    "INSERT INTO outbox (id, kind, account, content_sealed, state, attempts, created_at, due_at, useless_after, "
    "group_started_at) VALUES ($1, $2, $3, $4, 'waiting', 0, $5, $6, $7, $8)"};
constexpr db::Query kFindGroup{"outbox.find_group",
                               "SELECT MAX(group_started_at) FROM outbox WHERE account = $1 AND group_started_at > $2"};
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
    "RETURNING id, kind, account, content_sealed, attempts, created_at, useless_after, group_started_at"};
// The others of a group whose first ones were just taken.
constexpr db::Query kTakeGroup{
    "outbox.take_group",
    "UPDATE outbox SET due_at = $4, attempts = attempts + 1 "
    "WHERE account = $1 AND group_started_at = $2 AND state = 'waiting' AND due_at <= $3 "
    "RETURNING id, kind, account, content_sealed, attempts, created_at, useless_after, group_started_at"};
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
  telling.group_started_at = row.maybe_instant(7);
  return taken;
}

// Told together: the same group of the same account, to the same address or number.
bool belongs_to(const Telling& one, const Telling& other) {
  return one.group_started_at && one.group_started_at == other.group_started_at && one.account == other.account &&
         one.email == other.email && one.phone == other.phone;
}

std::vector<OutboxItem> fold(std::vector<OutboxItem> items) {
  std::vector<OutboxItem> folded;
  for (auto& item : items) {
    const auto first =
        std::ranges::find_if(folded, [&](const auto& other) { return belongs_to(item.telling, other.telling); });
    if (first == folded.end())
      folded.push_back(std::move(item));
    else
      first->also.push_back(std::move(item));
  }
  return folded;
}

}  // namespace

void Outbox::tell(db::Transaction& tx, const Telling& telling) const {
  const std::string sealed = sealer_.seal(place_of(telling.id), content_of(telling));
  const Instant now = clock_.now();
  tx.run(kInsert, {telling.id, telling.kind, telling.account, db::Bytes{sealed}, now, telling.due_at.value_or(now),
                   telling.useless_after, telling.group_started_at});
}

std::optional<Instant> Outbox::find_group(db::Snapshot& snapshot, AccountId account, Instant after) const {
  return snapshot.find(kFindGroup, {account, after}, [](const db::Row& row) { return row.maybe_instant(0); })
      .value_or(std::nullopt);
}

std::vector<OutboxItem> Outbox::take_due(db::Database& database, int most, std::chrono::seconds lease) const {
  const Instant now = clock_.now();
  // Most rounds find nothing, and then nothing is written.
  if (!database.snapshot()->has(kHasDue, {now})) return {};
  auto taken = database.write([&](db::Transaction& tx) {
    tx.run(kDropUseless, {now});
    tx.run(kBuryAbandoned, {now, kTriesMax});
    auto rows = tx.list(kTake, {now, now + lease, most}, read_taken);
    std::set<std::pair<AccountId, Instant>> groups;
    for (const auto& row : rows) {
      const auto& telling = row.item.telling;
      if (telling.account && telling.group_started_at) groups.emplace(*telling.account, *telling.group_started_at);
    }
    for (const auto& [account, started_at] : groups) {
      auto others = tx.list(kTakeGroup, {account, started_at, now, now + lease}, read_taken);
      std::ranges::move(others, std::back_inserter(rows));
    }
    return rows;
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
  return fold(std::move(items));
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
