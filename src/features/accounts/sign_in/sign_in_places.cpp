#include "features/accounts/sign_in/sign_in_places.hpp"

#include "features/accounts/devices/device_store.hpp"
#include "platform/keys.hpp"
#include "web/request.hpp"

namespace waymark::accounts {
namespace {

std::string device_subject(AccountId account, DeviceId device) {
  return fmt::format("{} device {}", account.value, device.value);
}

}  // namespace

std::optional<Device> find_known_device(Accounts& accounts, std::string_view canonical, const Client& client) {
  const auto token_hash = sha256(client.device_token);
  const auto snapshot = accounts.parts.database.snapshot();
  const auto account = accounts.store.find_by_email(*snapshot, canonical);
  return find_device(*snapshot, account.value_or(AccountId{}), token_hash);
}

SignInPlaces::SignInPlaces(Accounts& accounts, std::string_view canonical, bool is_known, std::vector<TryPlace> places)
    : accounts_(accounts),
      canonical_(canonical),
      is_known_(is_known),
      network_(std::move(places[0])),
      account_from_network_(std::move(places[1])),
      account_(std::move(places[2])),
      password_(std::move(places[3])) {}

Result<SignInPlaces> SignInPlaces::reserve(Accounts& accounts, std::string_view canonical, std::string_view peer,
                                           const std::optional<Device>& device) {
  const std::string network = web::network_of(peer);
  const std::string from_network = fmt::format("{} {}", canonical, network);
  if (!device) {
    auto places = accounts.throttle.reserve_all(
        {{kNetworkTries, network},
         {.limit = kSignInTriesFromNetwork, .subject = from_network, .belongs_to = canonical},
         {kSignInTries, canonical, "accounts.error.sign_in_locked"},
         {kPasswordTries, canonical, "accounts.error.password_off"}});
    if (!places) return refuse(places.error());
    return SignInPlaces(accounts, canonical, false, std::move(*places));
  }
  // Not even those who share its network can use up what a known browser has.
  const std::string own = device_subject(device->account, device->id);
  auto places = accounts.throttle.reserve_all({{kNetworkTries, own},
                                               {kSignInTriesFromNetwork, own},
                                               {kSignInTriesOnDevice, own, "accounts.error.device_locked"},
                                               {kPasswordTries, own, "accounts.error.password_off"}});
  if (!places) return refuse(places.error());
  return SignInPlaces(accounts, canonical, true, std::move(*places));
}

const LockKind* SignInPlaces::wrong_in(db::Transaction& tx, Instant now) {
  network_.wrong_in(tx, now);
  account_from_network_.wrong_in(tx, now);
  const bool is_locked = account_.wrong_in(tx, now);
  if (password_.wrong_in(tx, now)) return &kPasswordOff;
  if (!is_locked) return nullptr;
  return is_known_ ? &kDeviceLock : &kSignInLock;
}

void SignInPlaces::right_in(db::Transaction& tx, Instant now) {
  network_.right_in(tx, now);  // frees the place; this limit is never cleared
  account_from_network_.right_in(tx, now);
  account_.right_in(tx, now);
  password_.right_in(tx, now);
  if (is_known_) accounts_.throttle.clear_if_open(tx, kPasswordTries, canonical_);
}

void SignInPlaces::give_back_in(db::Transaction& tx, Instant now) {
  network_.give_back_in(tx, now);
  account_from_network_.give_back_in(tx, now);
  account_.give_back_in(tx, now);
  password_.give_back_in(tx, now);
}

void forget_password_tries(const Accounts& accounts, db::Transaction& tx, AccountId account,
                           std::string_view canonical) {
  accounts.throttle.clear(tx, kSignInTries, canonical);
  accounts.throttle.clear(tx, kPasswordTries, canonical);
  accounts.throttle.clear_all_of(tx, kSignInTriesFromNetwork, canonical);
  accounts.throttle.clear(tx, kProveAgainTries, std::to_string(account.value));
  accounts.throttle.clear(tx, kPasswordTries, signed_in_subject(account));
  for (const auto& device : list_devices(tx, account)) {
    const auto own = device_subject(account, device.id);
    for (const auto* limit : {&kSignInTriesFromNetwork, &kSignInTriesOnDevice, &kPasswordTries}) {
      accounts.throttle.clear(tx, *limit, own);
    }
  }
}

std::string signed_in_subject(AccountId account) { return fmt::format("{} signed in", account.value); }

}  // namespace waymark::accounts
