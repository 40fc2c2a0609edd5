#include "app/features.hpp"

#include "features/messages/message_store.hpp"

namespace waymark::app {
namespace {

// A file that the operator named; null when there is none.
template <typename T>
std::unique_ptr<T> open_named(std::string_view setting, const std::string& file) {
  if (file.empty()) return nullptr;
  try {
    return std::make_unique<T>(file);
  } catch (const std::runtime_error& problem) {
    throw StartProblem(fmt::format("{}: {}", setting, problem.what()));
  }
}

}  // namespace

// One answer from the database for the dashboard's cases and these.
overview::Overview::DrawNotes begin_notes(web::Exchange& exchange) {
  struct Known {
    std::int64_t unread = 0;
    accounts::WaysIn ways;
  };
  const auto known = std::make_shared<Known>();
  messages::queue_unread(exchange.snapshot(), exchange.visitor.account, known->unread);
  accounts::queue_ways_in(exchange.snapshot(), exchange.visitor.account, known->ways);
  return [&exchange, known](web::Html& page) {
    messages::add_unread_note(exchange, page, known->unread);
    accounts::pages::add_account_notes(exchange, page, known->ways);
  };
}

Features::Features(Foundation& foundation, std::function<void()> wake_deliverer)
    : hasher({.memory_bytes = static_cast<std::size_t>(foundation.config.password_memory_kib) * 1024,
              .passes = static_cast<unsigned>(foundation.config.password_passes)},
             static_cast<unsigned>(foundation.config.password_threads),
             static_cast<std::size_t>(foundation.config.password_waiting_max),
             std::chrono::milliseconds{foundation.config.password_wait_ms_max}),
      places(open_named<NetworkPlaces>("network.places_file", foundation.config.network_places_file)),
      breached(open_named<BreachedPasswords>("passwords.breached_file", foundation.config.password_breached_file)),
      accounts({.database = *foundation.database,
                .clock = *foundation.clock,
                .random = foundation.random,
                .ids = foundation.ids,
                .keys = foundation.keys,
                .sealer = foundation.sealer,
                .hasher = hasher,
                .outbox = foundation.outbox,
                .catalogue = foundation.catalogue,
                .words = foundation.words,
                .places = places.get(),
                .breached = breached.get(),
                .wake_deliverer = wake_deliverer}),
      cases({.database = *foundation.database,
             .clock = *foundation.clock,
             .random = foundation.random,
             .ids = foundation.ids,
             .sealer = foundation.sealer,
             .keys = foundation.keys,
             .catalogue = foundation.catalogue,
             .outbox = foundation.outbox,
             .throttle = accounts.throttle}),
      notifications({.database = *foundation.database,
                     .clock = *foundation.clock,
                     .keys = foundation.keys,
                     .catalogue = foundation.catalogue,
                     .throttle = accounts.throttle}),
      help({.database = *foundation.database,
            .clock = *foundation.clock,
            .random = foundation.random,
            .ids = foundation.ids,
            .keys = foundation.keys,
            .sealer = foundation.sealer,
            .outbox = foundation.outbox,
            .catalogue = foundation.catalogue,
            .throttle = accounts.throttle,
            .wake_deliverer = std::move(wake_deliverer)}),
      security_contact({.contact = foundation.config.security_contact.empty()
                                       ? "mailto:" + foundation.catalogue.brand().email
                                       : foundation.config.security_contact,
                        .policy = foundation.config.security_policy}),
      office({.accounts = accounts, .cases = cases, .origin = foundation.config.origin}) {
  accounts.personal_data = {&account_data, &case_data, &message_data};
}

void bring_data_up_to_date(Foundation& foundation, Features& features) {
  constexpr int kRowsATurn = 200;
  while (accounts::move_phones(*foundation.database, features.accounts.phones, foundation.sealer, kRowsATurn) > 0) {
  }
}

std::optional<notifications::Contact> find_contact(Features& features, Foundation& foundation, AccountId account) {
  const auto snapshot = foundation.database->snapshot();
  const auto profile = features.accounts.store.find_profile(*snapshot, account);
  if (!profile) return std::nullopt;
  return notifications::Contact{.email = profile->email.address,
                                .language = profile->language,
                                .time_zone = profile->time_zone.value_or(""),
                                .phrase = features.accounts.store.find_phrase(*snapshot, account)};
}

}  // namespace waymark::app
