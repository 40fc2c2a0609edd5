#include "features/accounts/devices/device_store.hpp"

#include "base/assert.hpp"

namespace waymark::accounts {
namespace {

constexpr db::Query kFind{"devices.find",
                          "SELECT id, browser, system, first_seen_at, signed_in_at, remembered_until FROM devices "
                          "WHERE account = $1 AND token_hash = $2 AND forgotten_at IS NULL"};
constexpr db::Query kList{"devices.list",
                          "SELECT id, browser, system, first_seen_at, signed_in_at, remembered_until FROM devices "
                          "WHERE account = $1 AND forgotten_at IS NULL ORDER BY signed_in_at DESC, id DESC"};
constexpr db::Query kNote{
    "devices.note",
    "INSERT INTO devices (id, account, token_hash, browser, system, first_seen_at, signed_in_at, remembered_until) "
    "VALUES ($1, $2, $3, $4, $5, $6, $6, $7) "
    "ON CONFLICT (account, token_hash) DO UPDATE SET browser = $4, system = $5, signed_in_at = $6, "
    "first_seen_at = CASE WHEN devices.forgotten_at IS NULL THEN devices.first_seen_at ELSE $6 END, "
    "remembered_until = COALESCE(CAST($7 AS BIGINT), devices.remembered_until), forgotten_at = NULL "
    "RETURNING id, first_seen_at"};
constexpr db::Query kStopRememberingAll{
    "devices.stop_remembering_all",
    "UPDATE devices SET remembered_until = NULL WHERE account = $1 AND remembered_until IS NOT NULL"};
constexpr db::Query kStopRemembering{"devices.stop_remembering",
                                     "UPDATE devices SET remembered_until = NULL WHERE account = $1 AND id = $2 "
                                     "AND remembered_until IS NOT NULL"};
constexpr db::Query kForget{"devices.forget",
                            "UPDATE devices SET forgotten_at = $3, remembered_until = NULL "
                            "WHERE account = $1 AND id = $2 AND forgotten_at IS NULL"};
constexpr db::Query kForgetAll{"devices.forget_all",
                               "UPDATE devices SET forgotten_at = $2, remembered_until = NULL "
                               "WHERE account = $1 AND forgotten_at IS NULL"};

Device read_device(const db::Row& row, AccountId account) {
  return {.id = row.id<DeviceId>(0),
          .account = account,
          .browser = std::string(row.text(1)),
          .system = std::string(row.text(2)),
          .first_seen_at = row.instant(3),
          .signed_in_at = row.instant(4),
          .remembered_until = row.maybe_instant(5)};
}

}  // namespace

std::optional<Device> find_device(db::Snapshot& snapshot, AccountId account, std::string_view token_hash) {
  return snapshot.find(kFind, {account, db::Bytes{token_hash}},
                       [&](const db::Row& row) { return read_device(row, account); });
}

std::vector<Device> list_devices(db::Snapshot& snapshot, AccountId account) {
  return snapshot.list(kList, {account}, [&](const db::Row& row) { return read_device(row, account); });
}

DeviceSeen note_device(db::Transaction& tx, const Device& device, std::string_view token_hash) {
  const auto seen =
      tx.find(kNote,
              {device.id, device.account, db::Bytes{token_hash}, device.browser, device.system, device.signed_in_at,
               device.remembered_until},
              [&](const db::Row& row) {
                return DeviceSeen{.id = row.id<DeviceId>(0), .is_new = row.instant(1) == device.signed_in_at};
              });
  WAYMARK_ASSERT(seen);
  return *seen;
}

void stop_remembering(db::Transaction& tx, AccountId account) { tx.run(kStopRememberingAll, {account}); }

bool stop_remembering(db::Transaction& tx, AccountId account, DeviceId device) {
  return tx.run(kStopRemembering, {account, device}) == 1;
}

bool forget_device(db::Transaction& tx, AccountId account, DeviceId device, Instant now) {
  return tx.run(kForget, {account, device, now}) == 1;
}

void forget_devices(db::Transaction& tx, AccountId account, Instant now) { tx.run(kForgetAll, {account, now}); }

}  // namespace waymark::accounts
