// Messages on their way out, with an account that they may go to.
#pragma once

#include <string>

#include "features/notifications/deliver.hpp"
#include "features/notifications/notifications.hpp"
#include "platform/scripted_outbox.hpp"
#include "support/signing_in.hpp"

namespace waymark::testing {

struct NotificationsBed {
  explicit NotificationsBed(db::Database& database)
      : ana(database),
        accounts_bed(ana.bed),
        account(ana.account),
        outbox(accounts_bed.clock),
        notifications({.database = database,
                       .clock = accounts_bed.clock,
                       .keys = accounts_bed.keys,
                       .catalogue = accounts_bed.catalogue,
                       .throttle = accounts_bed.accounts.throttle}),
        parts{.words = accounts_bed.words,
              .brand = accounts_bed.catalogue.brand(),
              .origin = "https://account.northport.example",
              .mailer = outbox,
              .texts = &outbox,
              .sent = notifications.sent,
              .find_contact = [this](AccountId wanted) -> std::optional<notifications::Contact> {
                if (wanted != account) return std::nullopt;
                return notifications::Contact{.email = "ana@example.org", .language = "en", .phrase = phrase};
              }} {}

  journal::OutboxId next_id() { return accounts_bed.ids.next<journal::OutboxId>(); }
  journal::Telling mail_to_owner() { return {.id = next_id(), .kind = "accounts.account_opened", .account = account}; }
  journal::Telling sign_up_code_to(std::string address) {
    return {.id = next_id(),
            .kind = "accounts.email_code",
            .email = std::move(address),
            .language = "en",
            .arguments = {{"code", "482913"}, {"minutes", "10"}}};
  }
  journal::Telling text_to(std::string number) {
    return {.id = next_id(),
            .kind = "accounts.phone_code",
            .phone = std::move(number),
            .language = "en",
            .arguments = {{"code", "482913"}, {"minutes", "10"}}};
  }
  // Throws DeliveryFailed; else what was sent.
  SentMessage deliver(const journal::Telling& telling) {
    notifications::deliver(parts, {.telling = telling});
    return outbox.list().back();
  }
  // "K7M2Q-9XD4P"
  std::string reference_of(journal::OutboxId id) const {
    return notifications::format_reference(notifications.sent.reference_of(id));
  }
  void set_phrase(std::string chosen) { phrase = std::move(chosen); }
  std::int64_t count_sent() {
    constexpr db::Query kCount{"test.sent_messages", "SELECT count(*) FROM sent_messages"};
    return *accounts_bed.accounts.parts.database.snapshot()->find(kCount, {},
                                                                  [](const db::Row& row) { return row.integer(0); });
  }

  SigningIn ana;
  AccountsBed& accounts_bed;
  AccountId account;
  std::string phrase;
  ScriptedOutbox outbox;
  notifications::Notifications notifications;
  notifications::Parts parts;
};

class WithNotifications : public ContractWith<NotificationsBed> {
 protected:
  NotificationsBed& bed() { return world(); }
};

}  // namespace waymark::testing
