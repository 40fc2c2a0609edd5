#include "features/accounts/recovery/vouching.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "features/accounts/recovery/waits.hpp"
#include "journal/audit.hpp"

namespace waymark::accounts {
namespace {

constexpr std::size_t kNameMin = 2;
constexpr std::size_t kNameMax = 32;

constexpr db::Query kCloseLapsed{"factor_reset_requests.close_lapsed",
                                 "UPDATE factor_reset_requests SET closed_at = expires_at WHERE account = $1 "
                                 "AND closed_at IS NULL AND expires_at <= $2"};
constexpr db::Query kInsert{"factor_reset_requests.insert",
                            "INSERT INTO factor_reset_requests (id, account, requested_at, expires_at) "
                            "VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"};
constexpr db::Query kIsOpen{"factor_reset_requests.is_open",
                            "SELECT 1 FROM factor_reset_requests WHERE account = $1 AND closed_at IS NULL "
                            "AND expires_at > $2"};
constexpr db::Query kListOpen{"factor_reset_requests.list_open",
                              "SELECT account, requested_at, first_operator FROM factor_reset_requests "
                              "WHERE closed_at IS NULL AND expires_at > $1 ORDER BY requested_at, id LIMIT $2"};
constexpr db::Query kVouchFirst{"factor_reset_requests.vouch_first",
                                "UPDATE factor_reset_requests SET first_operator = $2 WHERE account = $1 "
                                "AND first_operator IS NULL AND closed_at IS NULL AND expires_at > $3 RETURNING id"};
constexpr db::Query kIsSecond{"factor_reset_requests.is_second",
                              "SELECT 1 FROM factor_reset_requests WHERE account = $1 AND first_operator <> $2 "
                              "AND closed_at IS NULL AND expires_at > $3"};
constexpr db::Query kClose{"factor_reset_requests.close",
                           "UPDATE factor_reset_requests SET closed_at = $2 WHERE account = $1 AND closed_at IS NULL "
                           "AND expires_at > $2 RETURNING id"};

}  // namespace

bool request_vouching(db::Transaction& tx, FactorResetRequestId request, AccountId account, Instant now) {
  tx.run(kCloseLapsed, {account, now});
  return tx.run(kInsert, {request, account, now, now + kFactorResetRequested}) == 1;
}

bool is_vouching_requested(db::Snapshot& snapshot, AccountId account, Instant now) {
  return snapshot.has(kIsOpen, {account, now});
}

void drop_vouching(db::Transaction& tx, AccountId account, Instant now) { tx.run(kClose, {account, now}); }

bool is_operator_name(std::string_view name) {
  const auto may_stand = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '.' || letter == '-';
  };
  return name.size() >= kNameMin && name.size() <= kNameMax && std::ranges::all_of(name, may_stand);
}

std::vector<VouchingRequest> list_vouching_requests(db::Snapshot& snapshot, Instant now, int most) {
  return snapshot.list(kListOpen, {now, most}, [](const db::Row& row) {
    return VouchingRequest{row.id<AccountId>(0), row.instant(1), row.maybe_text(2).value_or("")};
  });
}

Vouching vouch_as_operator(Accounts& accounts, AccountId account, std::string_view name, std::string_view checked) {
  WAYMARK_ASSERT(is_operator_name(name));
  const auto key = make_wait_key(accounts);
  const auto audit_id = accounts.parts.ids.next_value();
  const auto detail = checked.empty() ? std::string(name) : fmt::format("{} {}", name, checked);
  const auto vouched = accounts.parts.database.write([&](db::Transaction& tx) {
    if (!accounts.store.is_open(tx, account) || !is_vouching_requested(tx, account, key.now)) {
      return Vouching::nothing_requested;
    }
    auto outcome = Vouching::first_of_two;
    if (!tx.has(kVouchFirst, {account, name, key.now})) {
      if (!tx.has(kIsSecond, {account, name, key.now})) return Vouching::same_operator;
      if (!start_vouched_reset(accounts, tx, key, account)) return Vouching::nothing_requested;
      outcome = Vouching::wait_started;
    }
    journal::record(tx, {.id = audit_id,
                         .at = key.now,
                         .event = "second_factor.reset_vouched",
                         .account = account,
                         .actor = "operator",
                         .detail = detail});
    return outcome;
  });
  accounts.wake_deliverer();
  return vouched;
}

bool start_vouched_reset(const Accounts& accounts, db::Transaction& tx, const WaitKey& key, AccountId account) {
  if (!tx.has(kClose, {account, key.now})) return false;
  start_wait(accounts, tx, key, account, WaitKind::second_factor_reset, {});
  return true;
}

}  // namespace waymark::accounts
