// The features, built on the foundation in the order of the layers. Commands use them as well as the server.
#pragma once

#include <functional>

#include "app/foundation.hpp"
#include "features/accounts/accounts.hpp"
#include "features/accounts/data/account_data.hpp"
#include "features/accounts/pages/account_notes.hpp"
#include "features/cases/case_data.hpp"
#include "features/cases/cases.hpp"
#include "features/cases/firms/firm.hpp"
#include "features/cases/representing/represent.hpp"
#include "features/cases/sharing/share_case.hpp"
#include "features/feed/receive_batch.hpp"
#include "features/help/help.hpp"
#include "features/help/security_contact.hpp"
#include "features/messages/message_data.hpp"
#include "features/messages/routes.hpp"
#include "features/notifications/deliver.hpp"
#include "features/notifications/notifications.hpp"
#include "features/office/office.hpp"
#include "features/overview/overview.hpp"
#include "platform/password_hasher.hpp"

namespace waymark::app {

overview::Overview::DrawNotes begin_notes(web::Exchange& exchange);

struct Features {
  // `wake_deliverer` is called after a unit that told something.
  Features(Foundation& foundation, std::function<void()> wake_deliverer);

  PasswordHasher hasher;
  std::unique_ptr<NetworkPlaces> places;        // null: not configured
  std::unique_ptr<BreachedPasswords> breached;  // null: not configured
  accounts::Accounts accounts;
  cases::Cases cases;
  cases::FindPerson find_person = [this](db::Snapshot& snapshot, AccountId account) {
    const auto profile = accounts.store.find_profile(snapshot, account);
    if (!profile) return cases::Person{};
    return cases::Person{.email = profile->email, .language = profile->language, .name = accounts::full_name(*profile)};
  };
  cases::Sharing sharing{cases, find_person};
  cases::Representing representing{cases, find_person};
  cases::Firms firms{cases, find_person};
  notifications::Notifications notifications;
  help::Help help;
  help::SecurityContact security_contact;
  messages::Messages messages{.accounts = accounts, .cases = cases, .list_officers = [this](db::Snapshot& snapshot) {
                                return office.officers.list_seats(snapshot, messages::kMayAnswer);
                              }};
  overview::Overview overview{.cases = cases, .begin_notes = begin_notes};
  feed::FeedDoor feed_door{cases};
  office::Office office;
  // What each keeps about a person: for their copy, and for erasing it.
  accounts::AccountData account_data{accounts};
  cases::CaseData case_data{cases};
  messages::MessageData message_data{messages};
};

// What tables of an older version still hold in another form moves to where it belongs now. After db::migrate.
void bring_data_up_to_date(Foundation& foundation, Features& features);

// Where an account's person is reached, for the notifications; nowhere once it is erased.
std::optional<notifications::Contact> find_contact(Features& features, Foundation& foundation, AccountId account);

}  // namespace waymark::app
