// Where the tries of a password at the sign-in page are counted. Strangers share the counts of an address; a browser
// that the account knows has counts of its own, which strangers never use up, and whose failures lock nobody else.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "features/accounts/accounts.hpp"
#include "features/accounts/devices/device.hpp"
#include "features/accounts/sign_in/sign_in_lock.hpp"

namespace waymark::accounts {

// The device of the account with this address that the browser is. The same reads whether there is such an account or
// such a device; none for closed accounts is not promised.
std::optional<Device> find_known_device(Accounts& accounts, std::string_view canonical, const Client& client);

// As many limits for a stranger as for a known browser, so that neither answers sooner.
class SignInPlaces {
 public:
  static Result<SignInPlaces> reserve(Accounts& accounts, std::string_view canonical, std::string_view peer,
                                      const std::optional<Device>& device);

  // What it brought about: for the owner, and the trail. Null: nothing.
  const LockKind* wrong_in(db::Transaction& tx, Instant now);
  // A right password also ends the row of wrong ones that strangers have given.
  void right_in(db::Transaction& tx, Instant now);
  void give_back_in(db::Transaction& tx, Instant now);

 private:
  SignInPlaces(Accounts& accounts, std::string_view canonical, bool is_known, std::vector<TryPlace> places);
  Accounts& accounts_;
  std::string canonical_;
  bool is_known_;
  TryPlace network_, account_from_network_, account_, password_;
};

// Tries of the password are as if they had not been, and it is on again: it was chosen anew, or the operator unlocks.
void forget_password_tries(const Accounts& accounts, db::Transaction& tx, AccountId account,
                           std::string_view canonical);

// The subject of kPasswordTries of somebody who is signed in.
std::string signed_in_subject(AccountId account);

}  // namespace waymark::accounts
