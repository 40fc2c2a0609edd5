// The references of what we sent. Each mail and text carries one, made from its outbox row's id, so that a second try
// carries the same. Written down beside it: to whom it went (as a keyed hash bound to the reference), its kind, and
// when. Never its content. Threads: safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "db/database.hpp"
#include "journal/outbox.hpp"
#include "platform/clock.hpp"
#include "platform/keys.hpp"

namespace waymark::notifications {

inline constexpr std::size_t kReferenceSymbols = 10;

// "K7M2Q-9XD4P".
std::string format_reference(std::string_view symbols);

// One message as it is found again.
struct Sent {
  std::string kind;
  bool is_mail = true;  // else a text
  Instant sent_at{};
};

class SentMessages {
 public:
  // All outlive this.
  SentMessages(db::Database& database, const Clock& clock, const KeyRing& keys);

  // Ten symbols, without the dash.
  std::string reference_of(journal::OutboxId id) const;
  // Writes down that the message goes to this address (or number, E.164) now; a later try replaces an earlier one.
  // Call before it is handed over, so that nobody holds a message of ours that we would deny.
  void record(journal::OutboxId id, std::string_view receiver, std::string_view kind, bool is_mail) const;
  // Both must be right. An address counts by its canonical form.
  std::optional<Sent> find(db::Snapshot& snapshot, std::string_view reference, std::string_view receiver) const;
  void delete_lapsed() const;

 private:
  std::string receiver_hash(std::string_view reference, std::string_view receiver) const;
  db::Database& database_;
  const Clock& clock_;
  KeyedHash id_hash_, reference_hash_, receiver_hash_;
};

}  // namespace waymark::notifications
