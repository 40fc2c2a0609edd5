#include "features/notifications/sent_messages.hpp"

#include "base/assert.hpp"
#include "base/code_symbols.hpp"
#include "base/email.hpp"
#include "features/notifications/limits.hpp"

namespace waymark::notifications {
namespace {

constexpr db::Query kRecord{
    "sent_messages.record",
    "INSERT INTO sent_messages (id, reference_hash, receiver_hash, kind, is_mail, sent_at) "
    "VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT (id) DO UPDATE SET receiver_hash = excluded.receiver_hash, sent_at = excluded.sent_at"};
constexpr db::Query kFind{"sent_messages.find",
                          "SELECT kind, is_mail, sent_at FROM sent_messages "
                          "WHERE reference_hash = $1 AND receiver_hash = $2 AND sent_at > $3 "
                          "ORDER BY sent_at DESC LIMIT 1"};
constexpr db::Query kDeleteLapsed{"sent_messages.delete_lapsed", "DELETE FROM sent_messages WHERE sent_at <= $1"};

constexpr unsigned kBitsASymbol = 5;

std::string canonical(std::string_view receiver) {
  const auto email = parse_email(receiver);
  return email ? email->canonical : std::string(receiver);
}

}  // namespace

std::string format_reference(std::string_view symbols) {
  WAYMARK_ASSERT(symbols.size() == kReferenceSymbols);
  return fmt::format("{}-{}", symbols.substr(0, 5), symbols.substr(5));
}

SentMessages::SentMessages(db::Database& database, const Clock& clock, const KeyRing& keys)
    : database_(database),
      clock_(clock),
      id_hash_(keys, "notifications.reference"),
      reference_hash_(keys, "sent_messages.reference"),
      receiver_hash_(keys, "sent_messages.receiver") {}

std::string SentMessages::reference_of(journal::OutboxId id) const {
  const auto hash = id_hash_.of(std::to_string(id.value));
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < sizeof bits; ++i) bits = bits << 8 | static_cast<unsigned char>(hash[i]);
  std::string symbols;
  for (std::size_t i = 0; i < kReferenceSymbols; ++i) {
    symbols += kCodeSymbols[bits % kCodeSymbols.size()];
    bits >>= kBitsASymbol;
  }
  return symbols;
}

std::string SentMessages::receiver_hash(std::string_view reference, std::string_view receiver) const {
  return receiver_hash_.of(fmt::format("{}:{}", reference, canonical(receiver)));
}

void SentMessages::record(journal::OutboxId id, std::string_view receiver, std::string_view kind, bool is_mail) const {
  const auto reference = reference_of(id);
  const auto by_reference = reference_hash_.of(reference);
  const auto by_receiver = receiver_hash(reference, receiver);
  const auto now = clock_.now();
  database_.write([&](db::Transaction& tx) {
    tx.run(kRecord, {id, db::Bytes{by_reference}, db::Bytes{by_receiver}, kind, is_mail, now});
  });
}

std::optional<Sent> SentMessages::find(db::Snapshot& snapshot, std::string_view reference,
                                       std::string_view receiver) const {
  const auto by_reference = reference_hash_.of(reference);
  const auto by_receiver = receiver_hash(reference, receiver);
  return snapshot.find(kFind, {db::Bytes{by_reference}, db::Bytes{by_receiver}, clock_.now() - kSentMessageKept},
                       [](const db::Row& row) {
                         return Sent{
                             .kind = std::string(row.text(0)), .is_mail = row.boolean(1), .sent_at = row.instant(2)};
                       });
}

void SentMessages::delete_lapsed() const {
  const auto before = clock_.now() - kSentMessageKept;
  database_.write([&](db::Transaction& tx) { tx.run(kDeleteLapsed, {before}); }, db::Urgency::bulk);
}

}  // namespace waymark::notifications
