#include "features/cases/intake/invite_party.hpp"

#include "features/cases/limits.hpp"

namespace waymark::cases {
namespace {

constexpr db::Query kNote{"invitations.note", R"sql(
  INSERT INTO party_invitations (party_id, email_index, noted_at, was_mailed) VALUES ($1, $2, $3, FALSE)
  ON CONFLICT (party_id, email_index) DO NOTHING)sql"};
constexpr db::Query kWaiting{"invitations.waiting", R"sql(
  SELECT i.party_id, i.email_index, p.email_sealed, p.language,
         p.is_present AND p.account IS NULL AND NOT c.is_closed
  FROM party_invitations i JOIN parties p ON p.id = i.party_id JOIN cases c ON c.id = p.case_id
  WHERE i.settled_at IS NULL AND i.noted_at <= $1 ORDER BY i.noted_at, i.party_id LIMIT $2)sql"};
constexpr db::Query kSettle{"invitations.settle", R"sql(
  UPDATE party_invitations SET settled_at = $3, was_mailed = $4
  WHERE party_id = $1 AND email_index = $2 AND settled_at IS NULL)sql"};
constexpr db::Query kMailedSince{
    "invitations.mailed_since",
    "SELECT 1 FROM party_invitations WHERE email_index = $1 AND was_mailed AND settled_at > $2"};

// A turn ends soon, as a server that stops has to wait for it.
constexpr int kAtOnce = 100, kBatchesATurn = 20;

struct Waiting {
  PartyId party{};
  std::string email_index;
  std::optional<Email> email;
  std::string language;
  bool may_be_asked = false;
};

KeyedHash email_hash(const Cases& cases) { return {cases.parts().keys, "cases.invitation_email"}; }

std::vector<Waiting> list_waiting(db::Snapshot& snapshot, const Cases& cases, Instant noted_until) {
  return snapshot.list(kWaiting, {noted_until, kAtOnce}, [&](const db::Row& row) {
    Waiting one{.party = row.id<PartyId>(0),
                .email_index = std::string(row.bytes(1)),
                .email = std::nullopt,
                .language = std::string(row.text(3)),
                .may_be_asked = row.boolean(4)};
    if (!row.is_null(2))
      one.email = parse_email(cases.parts().sealer.open({"parties", "email_sealed", one.party.value}, row.bytes(2)));
    return one;
  });
}

}  // namespace

void queue_invitation(db::Transaction& tx, const Cases& cases, PartyId party, const Email& email, Instant now) {
  const auto index = email_hash(cases).of(email.canonical);
  tx.queue(kNote, {party, db::Bytes{index}, now}, {});
}

int send_invitations(const Cases& cases) {
  const auto& parts = cases.parts();
  const auto hash = email_hash(cases);
  int mailed = 0;
  for (int batch = 0; batch < kBatchesATurn; ++batch) {
    const auto now = parts.clock.now();
    const auto waiting = list_waiting(*parts.database.snapshot(), cases, now - kInvitedAfter);
    if (waiting.empty()) break;
    mailed += parts.database.write(
        [&](db::Transaction& tx) {
          int told = 0;
          for (const auto& one : waiting) {
            const db::Bytes index{one.email_index};
            const bool is_the_address = one.email && hash.of(one.email->canonical) == one.email_index;
            const bool is_mailed =
                one.may_be_asked && is_the_address && !tx.has(kMailedSince, {index, now - kInvitedAgainAfter});
            // Another node may have settled it meanwhile.
            if (tx.run(kSettle, {one.party, index, now, is_mailed}) == 0 || !is_mailed) continue;
            parts.outbox.tell(tx, {.id = parts.ids.next<journal::OutboxId>(),
                                   .kind = "cases.invited",
                                   .email = one.email->address,
                                   .language = one.language});
            ++told;
          }
          return told;
        },
        db::Urgency::bulk);
  }
  return mailed;
}

}  // namespace waymark::cases
