#include "features/accounts/factors/phone_store.hpp"

#include "support/signing_in.hpp"

namespace waymark::accounts {
namespace {

class PhoneStoreContract : public testing::WithAna {
 protected:
  const PhoneStore& phones() { return accounts().phones; }
  std::vector<Phone> list() { return phones().list(*database().snapshot(), ana().account); }
  bool add(std::string number, std::int64_t id) {
    return database().write([&](db::Transaction& tx) {
      return phones().add(tx, {.id = PhoneId{id}, .account = ana().account, .number = number, .proved_at = {}});
    });
  }
};

TEST_P(PhoneStoreContract, KeepsANumberOnce) {
  EXPECT_TRUE(add("+15555550123", 1));
  EXPECT_FALSE(add("+15555550123", 2));
  EXPECT_TRUE(add("+525555550123", 3));
  const auto kept = list();
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(kept[0].number, "+15555550123");
  EXPECT_EQ(kept[1].number, "+525555550123");
}

TEST_P(PhoneStoreContract, ChangesAndRemovesOnlyTheAccountsOwn) {
  ASSERT_TRUE(add("+15555550123", 1));
  const AccountId stranger{ana().account.value + 1};
  database().write([&](db::Transaction& tx) {
    EXPECT_FALSE(phones().set_second_factor(tx, stranger, PhoneId{1}, true));
    EXPECT_FALSE(phones().set_spoken_to(tx, stranger, PhoneId{1}, true));
    EXPECT_FALSE(phones().remove(tx, stranger, PhoneId{1}));
    EXPECT_TRUE(phones().set_second_factor(tx, ana().account, PhoneId{1}, true));
    EXPECT_TRUE(phones().set_spoken_to(tx, ana().account, PhoneId{1}, true));
  });
  EXPECT_FALSE(phones().find(*database().snapshot(), stranger, PhoneId{1}));
  const auto phone = phones().find(*database().snapshot(), ana().account, PhoneId{1});
  ASSERT_TRUE(phone);
  EXPECT_TRUE(phone->is_second_factor);
  EXPECT_TRUE(phone->is_spoken_to);
  database().write([&](db::Transaction& tx) { EXPECT_TRUE(phones().remove(tx, ana().account, PhoneId{1})); });
  EXPECT_TRUE(list().empty());
}

TEST_P(PhoneStoreContract, MovesTheNumbersThatAccountsUsedToHold) {
  static constexpr db::Query kOldForm{
      "test.old_phone", "UPDATE accounts SET phone_sealed = $2, phone_proved_at = 1700000000000 WHERE id = $1"};
  const auto sealed =
      ana().bed.sealer.seal({"accounts", "phone_sealed", ana().account.value}, std::string_view("+15555550123"));
  database().write([&](db::Transaction& tx) { tx.run(kOldForm, {ana().account, db::Bytes{sealed}}); });
  EXPECT_EQ(move_phones(database(), phones(), ana().bed.sealer, 10), 1);
  EXPECT_EQ(move_phones(database(), phones(), ana().bed.sealer, 10), 0);
  const auto moved = list();
  ASSERT_EQ(moved.size(), 1U);
  EXPECT_EQ(moved[0].number, "+15555550123");
  EXPECT_EQ(to_millis(moved[0].proved_at), 1'700'000'000'000);
}

ON_BOTH_DATABASES(PhoneStoreContract);

}  // namespace
}  // namespace waymark::accounts
