#include "journal/audit_chain.hpp"

#include "platform/keys.hpp"
#include "platform/log.hpp"

namespace waymark::journal {
namespace {

constexpr db::Query kEnd{"audit_chain.end",
                         "SELECT position, audit_id, hash FROM audit_chain ORDER BY position DESC LIMIT 1"};
constexpr db::Query kHasWaiting{"audit_chain.has_waiting", "SELECT 1 FROM audit_waiting LIMIT 1"};
// Looked up one by one, never joined: PostgreSQL keeps a plan from when the tables were small, which reads them whole.
constexpr db::Query kListWaiting{
    "audit_chain.list_waiting",
    "SELECT w.audit_id, (SELECT c.position FROM audit_chain c WHERE c.audit_id = w.audit_id) "
    "FROM audit_waiting w WHERE w.audit_id > $1 ORDER BY w.audit_id LIMIT 200"};
constexpr db::Query kFindRow{"audit_chain.find_row",
                             "SELECT id, at, event, account, on_case, actor, detail, network FROM audit WHERE id = $1"};
constexpr db::Query kAppend{
    "audit_chain.append",
    "INSERT INTO audit_chain (position, audit_id, salt, commitment, hash) VALUES ($1, $2, $3, $4, $5)"};
constexpr db::Query kForgetWaiting{"audit_chain.forget_waiting", "DELETE FROM audit_waiting WHERE audit_id = $1"};

struct WaitingRow {
  std::int64_t audit_id = 0;
  bool is_chained = false;
  std::string canonical;  // empty: it is not in the trail any more
};

struct Place {
  std::int64_t position = 0;
  std::int64_t audit_id = 0;
  std::string_view salt;
  std::string commitment, hash;
};

void add_text(std::string& out, std::string_view text) {
  fmt::format_to(std::back_inserter(out), "{}:{},", text.size(), text);
}

void add_number(std::string& out, const db::Row& row, int column) {
  if (row.is_null(column)) {
    out += "-,";
  } else {
    add_text(out, std::to_string(row.integer(column)));
  }
}

}  // namespace

ChainEnd find_chain_end(db::Snapshot& snapshot) {
  auto end = snapshot.find(
      kEnd, {}, [](const db::Row& row) { return ChainEnd{row.integer(0), row.integer(1), std::string(row.bytes(2))}; });
  return end ? std::move(*end) : ChainEnd{.hash = chain_start_hash()};
}

bool has_waiting(db::Snapshot& snapshot) { return snapshot.has(kHasWaiting, {}); }

Chained append_waiting(db::Transaction& tx, std::span<const std::string> salts, std::int64_t after) {
  auto end = find_chain_end(tx);
  auto waiting = tx.list(kListWaiting, {after},
                         [](const db::Row& row) { return WaitingRow{row.integer(0), !row.is_null(1), {}}; });
  for (auto& row : waiting) {
    tx.queue(kFindRow, {row.audit_id}, [&row](const db::Row& found) { row.canonical = canonical_audit_row(found, 0); });
  }
  tx.drain();
  const auto count = std::min(waiting.size(), salts.size());
  std::vector<Place> places;
  places.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto& row = waiting[i];
    if (row.is_chained) continue;
    auto commitment = commitment_of(salts[i], row.canonical);
    end = {end.position + 1, row.audit_id, chain_hash(end.hash, end.position + 1, row.audit_id, commitment)};
    places.push_back({end.position, row.audit_id, salts[i], std::move(commitment), end.hash});
  }
  for (const auto& place : places) {
    tx.queue(
        kAppend,
        {place.position, place.audit_id, db::Bytes{place.salt}, db::Bytes{place.commitment}, db::Bytes{place.hash}},
        {});
  }
  for (std::size_t i = 0; i < count; ++i) tx.queue(kForgetWaiting, {waiting[i].audit_id}, {});
  tx.drain();
  return {.count = count, .last = count > 0 ? waiting[count - 1].audit_id : after};
}

std::string canonical_audit_row(const db::Row& row, int first) {
  if (row.is_null(first)) return {};
  std::string out;
  add_number(out, row, first);
  add_number(out, row, first + 1);
  add_text(out, row.text(first + 2));
  add_number(out, row, first + 3);
  add_number(out, row, first + 4);
  for (int column = first + 5; column <= first + 7; ++column) add_text(out, row.text(column));
  return out;
}

std::string commitment_of(std::string_view salt, std::string_view canonical) {
  return sha256(fmt::format("waymark audit row 1\n{}{}", salt, canonical));
}

std::string chain_start_hash() { return sha256("waymark audit chain 1"); }

std::string chain_hash(std::string_view previous, std::int64_t position, std::int64_t audit_id,
                       std::string_view commitment) {
  return sha256(fmt::format("waymark audit place 1\n{}{}:{}:{}", previous, position, audit_id, commitment));
}

}  // namespace waymark::journal
