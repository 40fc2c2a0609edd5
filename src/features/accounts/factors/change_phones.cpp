#include "base/phone.hpp"
#include "features/accounts/devices/device_store.hpp"
#include "features/accounts/factors/factor_change.hpp"
#include "features/accounts/factors/manage_phones.hpp"
#include "features/accounts/factors/ways_in.hpp"

namespace waymark::accounts {
namespace {

enum class Outcome { done, none_such, last };

Result<void> to_result(Outcome outcome) {
  if (outcome == Outcome::none_such) return refuse(FailureKind::not_found, "web.error.not_found");
  if (outcome == Outcome::last) return refuse(FailureKind::conflict, "accounts.error.last_factor");
  return {};
}

void record_use(const Accounts& accounts, db::Transaction& tx, const FactorChange& change, const Phone& phone,
                bool is_second_factor) {
  record_factor_change(accounts, tx, change, phone.account,
                       {.event = is_second_factor ? "factor.added" : "factor.removed",
                        .detail = "phone",
                        .notice = is_second_factor ? "accounts.phone_signs_in" : "accounts.phone_signs_in_no_more",
                        .arguments = {{"ending", phone_ending(phone.number)}}});
}

}  // namespace

Result<void> set_phone_use(Accounts& accounts, const FactorAsker& asker, PhoneId phone, const PhoneUse& use) {
  const auto change = make_factor_change(accounts);
  const auto outcome = accounts.parts.database.write([&](db::Transaction& tx) {
    const bool may_go = may_remove_second_factor(tx, asker.account);
    const auto before = accounts.phones.find(tx, asker.account, phone);
    if (!before) return Outcome::none_such;
    if (before->is_second_factor && !use.is_second_factor && !may_go) return Outcome::last;
    accounts.phones.set_spoken_to(tx, asker.account, phone, use.is_spoken_to);
    if (before->is_second_factor == use.is_second_factor) return Outcome::done;
    accounts.phones.set_second_factor(tx, asker.account, phone, use.is_second_factor);
    record_use(accounts, tx, change, *before, use.is_second_factor);
    if (!use.is_second_factor) stop_remembering(tx, asker.account);
    return Outcome::done;
  });
  accounts.wake_deliverer();
  return to_result(outcome);
}

Result<void> remove_phone(Accounts& accounts, const FactorAsker& asker, PhoneId phone) {
  const auto change = make_factor_change(accounts);
  const auto outcome = accounts.parts.database.write([&](db::Transaction& tx) {
    const bool may_go = may_remove_second_factor(tx, asker.account);
    const auto gone = accounts.phones.find(tx, asker.account, phone);
    if (!gone) return Outcome::none_such;
    if (gone->is_second_factor && !may_go) return Outcome::last;
    // Told before it goes, so that the number itself hears of it.
    record_factor_change(accounts, tx, change, asker.account,
                         {.event = gone->is_second_factor ? "factor.removed" : "phone.removed",
                          .detail = "phone",
                          .notice = "accounts.phone_removed",
                          .arguments = {{"ending", phone_ending(gone->number)}}});
    accounts.phones.remove(tx, asker.account, phone);
    if (gone->is_second_factor) stop_remembering(tx, asker.account);
    return Outcome::done;
  });
  accounts.wake_deliverer();
  return to_result(outcome);
}

}  // namespace waymark::accounts
