// The table of devices. Only sessions/session.cpp notes a sign-in on one. Threads: immutable.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "features/accounts/devices/device.hpp"

namespace waymark::accounts {

// The account's device of this token, when it was not forgotten since.
std::optional<Device> find_device(db::Snapshot& snapshot, AccountId account, std::string_view token_hash);
std::vector<Device> list_devices(db::Snapshot& snapshot, AccountId account);  // the last used first

struct DeviceSeen {
  DeviceId id{};
  bool is_new = false;  // the account had not signed in on it before, or had it forgotten
};
// A whole sign-in on this device at device.signed_in_at; device.id is used when it is new. A remembered_until stays
// when none is given.
DeviceSeen note_device(db::Transaction& tx, const Device& device, std::string_view token_hash);

// The second factor is asked for again from now on.
void stop_remembering(db::Transaction& tx, AccountId account);
bool stop_remembering(db::Transaction& tx, AccountId account, DeviceId device);
// Unknown from now on: its tries count as a stranger's, and a sign-in on it is told as new. False when there is none.
bool forget_device(db::Transaction& tx, AccountId account, DeviceId device, Instant now);
void forget_devices(db::Transaction& tx, AccountId account, Instant now);

}  // namespace waymark::accounts
