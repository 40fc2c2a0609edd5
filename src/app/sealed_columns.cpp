#include "app/sealed_columns.hpp"

#include <deque>
#include <limits>
#include <regex>
#include <sstream>

#include "db/migrate.hpp"

namespace waymark::app {
namespace {

constexpr std::int64_t kRowsATurn = 200;

// Queries live as long as the program, since databases cache statements by them.
db::Query kept_query(std::string name, std::string sql) {
  static std::mutex mutex;
  static std::deque<std::pair<std::string, std::string>> kept;
  const std::lock_guard lock(mutex);
  for (const auto& [kept_name, kept_sql] : kept) {
    if (kept_sql == sql) return {kept_name, kept_sql};
  }
  const auto& [kept_name, kept_sql] = kept.emplace_back(std::move(name), std::move(sql));
  return {kept_name, kept_sql};
}

struct SealedValue {
  std::int64_t row = 0;
  std::string sealed;
};

std::vector<SealedValue> list_before(db::Snapshot& snapshot, const SealedColumn& column, std::int64_t row,
                                     std::int64_t most) {
  const auto query =
      kept_query(fmt::format("app.sealed.{}.{}", column.table, column.column),
                 fmt::format("SELECT id, {0} FROM {1} WHERE {0} IS NOT NULL AND id < $1 ORDER BY id DESC LIMIT $2",
                             column.column, column.table));
  return snapshot.list(query, {row, most},
                       [](const db::Row& found) { return SealedValue{found.integer(0), std::string(found.bytes(1))}; });
}

template <typename Visit>
void walk(Foundation& foundation, const SealedColumn& column, std::int64_t most, Visit&& visit) {
  std::int64_t before = std::numeric_limits<std::int64_t>::max();
  std::int64_t left = most == 0 ? std::numeric_limits<std::int64_t>::max() : most;
  while (left > 0) {
    const auto values = list_before(*foundation.database->snapshot(), column, before, std::min(left, kRowsATurn));
    if (values.empty()) return;
    visit(values);
    before = values.back().row;
    left -= static_cast<std::int64_t>(values.size());
  }
}

}  // namespace

std::vector<SealedColumn> list_sealed_columns(std::string_view kind) {
  static const std::regex table(R"((?:CREATE|ALTER) TABLE (\w+))");
  static const std::regex column(R"(^\s+(?:ADD COLUMN )?(\w+_sealed)\s+BYTES\b)");
  std::vector<SealedColumn> found;
  for (const auto& migration : db::shipped_migrations(kind)) {
    std::istringstream lines(migration.sql);
    std::string line;
    std::string within;
    std::smatch match;
    while (std::getline(lines, line)) {
      if (std::regex_search(line, match, table)) within = match[1];
      if (std::regex_search(line, match, column)) found.push_back({within, match[1]});
    }
  }
  return found;
}

SealCheck check_sealed(Foundation& foundation, std::int64_t most_per_column) {
  SealCheck check;
  for (const auto& column : list_sealed_columns(foundation.database->kind())) {
    walk(foundation, column, most_per_column, [&](const std::vector<SealedValue>& values) {
      for (const auto& value : values) {
        ++check.read;
        if (!foundation.sealer.try_open({column.table, column.column, value.row}, value.sealed)) ++check.unreadable;
        if (foundation.sealer.is_outdated(value.sealed)) ++check.outdated;
      }
    });
  }
  return check;
}

std::int64_t reseal_all(Foundation& foundation, std::ostream& out) {
  std::int64_t all = 0;
  for (const auto& column : list_sealed_columns(foundation.database->kind())) {
    // Only when nobody changed the value meanwhile; who did has sealed it with the newest root already.
    const auto update =
        kept_query(fmt::format("app.reseal.{}.{}", column.table, column.column),
                   fmt::format("UPDATE {0} SET {1} = $1 WHERE id = $2 AND {1} = $3", column.table, column.column));
    std::int64_t rewritten = 0;
    walk(foundation, column, 0, [&](const std::vector<SealedValue>& values) {
      std::vector<std::pair<const SealedValue*, std::string>> fresh;
      for (const auto& value : values) {
        if (!foundation.sealer.is_outdated(value.sealed)) continue;
        const SealPlace place{column.table, column.column, value.row};
        fresh.emplace_back(&value, foundation.sealer.seal(place, foundation.sealer.open(place, value.sealed)));
      }
      if (fresh.empty()) return;
      rewritten += foundation.database->write(
          [&](db::Transaction& tx) {
            std::int64_t changed = 0;
            for (const auto& [value, sealed] : fresh)
              changed += tx.run(update, {db::Bytes{sealed}, value->row, db::Bytes{value->sealed}});
            return changed;
          },
          db::Urgency::bulk);
    });
    if (rewritten > 0) out << fmt::format("{}.{}: {} sealed anew\n", column.table, column.column, rewritten);
    all += rewritten;
  }
  return all;
}

}  // namespace waymark::app
