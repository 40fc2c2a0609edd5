#include "features/accounts/factors/phone_store.hpp"

namespace waymark::accounts {
namespace {

constexpr db::Query kAdd{"phones.add",
                         "INSERT INTO phones (id, account, number_sealed, number_index, proved_at, is_second_factor, "
                         "is_spoken_to) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (account, number_index) "
                         "DO NOTHING"};
constexpr db::Query kList{"phones.list",
                          "SELECT id, number_sealed, proved_at, is_second_factor, is_spoken_to FROM phones "
                          "WHERE account = $1 ORDER BY id"};
constexpr db::Query kFind{"phones.find",
                          "SELECT id, number_sealed, proved_at, is_second_factor, is_spoken_to FROM phones "
                          "WHERE account = $1 AND id = $2"};
constexpr db::Query kSetSecondFactor{"phones.set_second_factor",
                                     "UPDATE phones SET is_second_factor = $3 WHERE account = $1 AND id = $2"};
constexpr db::Query kSetSpokenTo{"phones.set_spoken_to",
                                 "UPDATE phones SET is_spoken_to = $3 WHERE account = $1 AND id = $2"};
constexpr db::Query kRemove{"phones.remove", "DELETE FROM phones WHERE account = $1 AND id = $2"};
constexpr db::Query kListUnmoved{"phones.list_unmoved",
                                 "SELECT id, phone_sealed, phone_proved_at FROM accounts "
                                 "WHERE phone_sealed IS NOT NULL ORDER BY id LIMIT $1"};
constexpr db::Query kMoved{"phones.moved",
                           "UPDATE accounts SET phone_sealed = NULL, phone_proved_at = NULL WHERE id = $1"};

SealPlace place(PhoneId phone) { return {"phones", "number_sealed", phone.value}; }

}  // namespace

PhoneStore::PhoneStore(const Sealer& sealer, const KeyRing& keys)
    : sealer_(sealer), number_hash_(keys, "accounts.phone") {}

bool PhoneStore::add(db::Transaction& tx, const Phone& phone) const {
  const auto sealed = sealer_.seal(place(phone.id), phone.number);
  const auto index = number_hash_.of(phone.number);
  return tx.run(kAdd, {phone.id, phone.account, db::Bytes{sealed}, db::Bytes{index}, phone.proved_at,
                       phone.is_second_factor, phone.is_spoken_to}) == 1;
}

Phone PhoneStore::read(const db::Row& row, AccountId account) const {
  const auto id = row.id<PhoneId>(0);
  return {.id = id,
          .account = account,
          .number = sealer_.open(place(id), row.bytes(1)),
          .proved_at = row.instant(2),
          .is_second_factor = row.boolean(3),
          .is_spoken_to = row.boolean(4)};
}

std::vector<Phone> PhoneStore::list(db::Snapshot& snapshot, AccountId account) const {
  return snapshot.list(kList, {account}, [&](const db::Row& row) { return read(row, account); });
}

std::optional<Phone> PhoneStore::find(db::Snapshot& snapshot, AccountId account, PhoneId phone) const {
  return snapshot.find(kFind, {account, phone}, [&](const db::Row& row) { return read(row, account); });
}

bool PhoneStore::set_second_factor(db::Transaction& tx, AccountId account, PhoneId phone, bool is_second_factor) const {
  return tx.run(kSetSecondFactor, {account, phone, is_second_factor}) == 1;
}

bool PhoneStore::set_spoken_to(db::Transaction& tx, AccountId account, PhoneId phone, bool is_spoken_to) const {
  return tx.run(kSetSpokenTo, {account, phone, is_spoken_to}) == 1;
}

bool PhoneStore::remove(db::Transaction& tx, AccountId account, PhoneId phone) const {
  return tx.run(kRemove, {account, phone}) == 1;
}

// The account's own id serves as the phone's: ids are unique within a table, and none has to be made.
int move_phones(db::Database& database, const PhoneStore& phones, const Sealer& sealer, int most) {
  return database.write([&](db::Transaction& tx) {
    struct Unmoved {
      AccountId account{};
      std::string sealed{};
      std::optional<Instant> proved_at{};
    };
    const auto unmoved = tx.list(kListUnmoved, {most}, [](const db::Row& row) {
      return Unmoved{row.id<AccountId>(0), std::string(row.bytes(1)), row.maybe_instant(2)};
    });
    for (const auto& old : unmoved) {
      phones.add(tx, {.id = PhoneId{old.account.value},
                      .account = old.account,
                      .number = sealer.open({"accounts", "phone_sealed", old.account.value}, old.sealed),
                      .proved_at = old.proved_at.value_or(Instant{})});
      tx.run(kMoved, {old.account});
    }
    return static_cast<int>(unmoved.size());
  });
}

}  // namespace waymark::accounts
