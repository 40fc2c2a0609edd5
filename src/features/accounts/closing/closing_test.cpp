// Closing an account, coming back, and what is left of it afterwards; and the copy of one's data.
#include <gmock/gmock.h>
#include <zip.h>

#include "base/text.hpp"
#include "features/accounts/closing/close_account.hpp"
#include "features/accounts/data/account_data.hpp"
#include "features/accounts/data/download_data.hpp"
#include "features/accounts/devices/device_store.hpp"
#include "journal/audit.hpp"
#include "support/signing_in.hpp"
#include "support/stored_values.hpp"

namespace waymark::accounts {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::in_threads;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::refusal_of;

class Closing : public testing::WithAna {
 protected:
  void SetUp() override {
    WithAna::SetUp();
    if (IsSkipped()) return;
    data_ = std::make_unique<AccountData>(accounts());
    accounts().personal_data = {data_.get()};
    database().write([&](db::Transaction& tx) {
      accounts().phones.add(
          tx,
          {.id = PhoneId{77}, .account = ana().account, .number = "+15555550123", .proved_at = ana().bed.clock.now()});
    });
  }
  void close() { ASSERT_TRUE(close_account(accounts(), ana().account, {.peer = "203.0.113.9"})); }
  Result<SessionKey> come_back_by(const SessionKey& half) {
    return come_back(accounts(), ana().account, half.id, {.peer = "203.0.113.9"});
  }
  std::vector<std::string> events() {
    std::vector<std::string> found;
    for (const auto& row : journal::list_for_account(*database().snapshot(), ana().account, 3))
      found.push_back(row.event);
    return found;
  }

  std::unique_ptr<AccountData> data_;
};
ON_BOTH_DATABASES(Closing);

TEST_P(Closing, EndsEverySessionForgetsTheDevicesAndTellsEveryChannel) {
  const auto half = ana().half();
  const auto whole = ana().prove(half, ana().app_code());
  ASSERT_TRUE(whole);
  ana().bed.take_told();
  ASSERT_FALSE(list_devices(*database().snapshot(), ana().account).empty());
  close();
  EXPECT_TRUE(list_devices(*database().snapshot(), ana().account).empty());
  EXPECT_EQ(ana().standing(*whole), web::Standing::stranger);
  EXPECT_THAT(ana().told_kinds(), ElementsAre("accounts.closed", "accounts.closed"));
  const auto again = close_account(accounts(), ana().account, {});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, FailureKind::unauthorized);
  EXPECT_THAT(events(), Contains("account.closed"));
}

TEST_P(Closing, ShowsStrangersNothing_Incident_I71) {
  const auto before = ana().give(testing::kWrongPassword);
  close();
  const auto wrong = ana().give(testing::kWrongPassword);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(refusal_of(wrong), refusal_of(before));
  // After the right password it looks like any account, until the second factor is right.
  const auto half = ana().half();
  EXPECT_EQ(ana().standing(half), web::Standing::half_signed_in);
  EXPECT_EQ(refusal_of(ana().prove(half, ana().wrong_app_code())), "accounts.error.totp_wrong");
  EXPECT_EQ(refusal_of(come_back_by(half)), "accounts.error.sign_in_anew") << "without the second factor";
  EXPECT_TRUE(accounts().store.find_closed_at(*database().snapshot(), ana().account));
}

TEST_P(Closing, IsUndoneByWhoProvesBothWithinThirtyDays) {
  close();
  ana().bed.clock.move(std::chrono::days{29});
  const auto half = ana().half();
  const auto proved = ana().prove(half, ana().app_code());
  ASSERT_TRUE(proved);
  EXPECT_EQ(ana().standing(*proved), web::Standing::half_signed_in);
  EXPECT_EQ(ana().standing(half), web::Standing::stranger) << "a new token at every step up";
  ana().bed.take_told();
  const auto back = come_back_by(half);
  ASSERT_TRUE(back);
  EXPECT_EQ(ana().standing(*back), web::Standing::signed_in);
  EXPECT_THAT(ana().told_kinds(), Contains("accounts.reopened"));
  EXPECT_EQ(refusal_of(come_back_by(half)), "accounts.error.sign_in_anew");
  ana().bed.clock.move(std::chrono::days{31});
  EXPECT_EQ(erase_closed_accounts(accounts()), 0);
}

TEST_P(Closing, IsOverAfterThirtyDays) {
  close();
  const auto half = ana().half();
  ASSERT_TRUE(ana().prove(half, ana().app_code()));
  ana().bed.clock.move(std::chrono::days{30});
  EXPECT_EQ(refusal_of(ana().give(testing::kGoodPassword)), "accounts.error.sign_in_wrong_email");
  EXPECT_EQ(refusal_of(come_back_by(half)), "accounts.error.sign_in_anew");
  EXPECT_EQ(erase_closed_accounts(accounts()), 1);
  EXPECT_EQ(erase_closed_accounts(accounts()), 0);
}

TEST_P(Closing, LeavesNothingPersonalAndTheAuditTrailWhole) {
  const auto whole = ana().prove(ana().half(), ana().app_code());
  ASSERT_TRUE(whole);
  close();
  ana().bed.clock.move(std::chrono::days{31});
  accounts().delete_lapsed();
  auto snapshot = database().snapshot();
  EXPECT_FALSE(accounts().store.find_profile(*snapshot, ana().account));
  EXPECT_FALSE(accounts().store.find_by_email(*snapshot, "ana@example.org"));
  EXPECT_THAT(events(), Contains("account.erased"));
  EXPECT_THAT(testing::list_tables_naming(database(), is_sqlite(), ana().account.value),
              ::testing::UnorderedElementsAre("audit", "outbox"));
  // A table that is new here belongs into the list of data/account_data.cpp, or into its own feature's PersonalData.
  EXPECT_THAT(testing::list_tables_of_accounts(database(), is_sqlite()),
              ::testing::UnorderedElementsAre("account_waits", "audit", "backup_codes", "beneficiary_consents",
                                              "devices", "email_changes", "factor_reset_requests", "firm_members",
                                              "form_drafts", "mail_links", "outbox", "parties", "passkey_handles",
                                              "passkeys", "pending_factors", "phones", "recoveries", "representatives",
                                              "sessions", "sign_in_codes", "threads", "totp_factors", "ways_in"));
  for (const auto& sealed : testing::list_sealed_of(database(), is_sqlite(), "accounts", ana().account.value)) {
    EXPECT_EQ(ana().bed.sealer.open({"accounts", sealed.column, ana().account.value}, sealed.value), "")
        << sealed.column;
  }
  // The address is free for somebody new.
  testing::SigningUp anew{.bed = ana().bed};
  EXPECT_NE(anew.finish(), ana().account);
}

TEST_P(Closing, IsErasedOrReopenedButNeverHalfOfEachInARace) {
  auto account = ana().account;
  for (int round = 0; round < testing::race_rounds(10); ++round) {
    const auto now = ana().bed.clock.now();
    auto& store = accounts().store;
    database().write([&](db::Transaction& tx) { ASSERT_TRUE(store.close(tx, account, now)); });
    std::atomic<int> reopened{0}, erased{0};
    in_threads(64, [&](int i) {
      // Two nodes whose clocks differ.
      const bool did = database().write([&](db::Transaction& tx) {
        if (i % 2 == 0) return store.reopen(tx, account, now - std::chrono::seconds{1});
        if (!store.erase(tx, account, now, now)) return false;
        data_->erase(tx, account);
        return true;
      });
      if (did) ++(i % 2 == 0 ? reopened : erased);
    });
    ASSERT_EQ(reopened + erased, 1);
    EXPECT_EQ(store.find_profile(*database().snapshot(), account).has_value(), reopened == 1);
    EXPECT_EQ(accounts().factors.list_totp(*database().snapshot(), account).size(), reopened == 1 ? 1U : 0U);
    ana().bed.clock.move(std::chrono::hours{1});  // or the mailed codes of so many sign-ups would be too many
    if (erased == 1) account = testing::SigningUp{.bed = ana().bed}.finish();
  }
}

// The files of an archive, by name.
std::map<std::string, std::string> unzip(const std::string& bytes) {
  auto* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, nullptr);
  auto* archive = zip_open_from_source(source, ZIP_RDONLY, nullptr);
  if (archive == nullptr) throw std::runtime_error("no archive");
  std::map<std::string, std::string> files;
  for (zip_int64_t i = 0; i < zip_get_num_entries(archive, 0); ++i) {
    const auto index = static_cast<zip_uint64_t>(i);
    zip_stat_t facts;
    zip_stat_index(archive, index, 0, &facts);
    std::string content(facts.size, '\0');
    auto* file = zip_fopen_index(archive, index, 0);
    zip_fread(file, content.data(), content.size());
    zip_fclose(file);
    files.emplace(facts.name, std::move(content));
  }
  zip_discard(archive);
  return files;
}

TEST_P(Closing, IsPrecededByACopyOfOnesDataWithoutAnySecret) {
  ASSERT_TRUE(ana().prove(ana().half(), ana().app_code()));
  database().write([&](db::Transaction& tx) { accounts().store.set_phrase(tx, ana().account, "violet otter"); });
  const auto& spanish = *accounts().parts.words.find("es");
  const auto zip = download_data(accounts(), ana().account, {.peer = "203.0.113.9"}, spanish);
  ASSERT_TRUE(zip);
  const auto files = unzip(*zip);
  std::vector<std::string> names;
  std::string all;
  for (const auto& [name, content] : files) {
    names.push_back(name);
    all += content;
    if (name.ends_with(".json")) EXPECT_NO_THROW(boost::json::parse(content)) << name;
  }
  EXPECT_THAT(names, ElementsAre("README.txt", "account.json", "activity.json", "devices.json", "phones.json",
                                 "sessions.json", "sign-in.json"));
  EXPECT_THAT(files.at("README.txt"), HasSubstr("Esta es una copia"));
  EXPECT_THAT(files.at("account.json"), HasSubstr("\"email\": \"ana@example.org\""));
  EXPECT_THAT(files.at("account.json"), HasSubstr("\"version\": \"2026-11\""));
  EXPECT_THAT(files.at("account.json"), HasSubstr("\"phrase_in_our_emails\": \"violet otter\""));
  EXPECT_THAT(files.at("phones.json"), HasSubstr("+15555550123"));
  EXPECT_THAT(files.at("activity.json"), HasSubstr("data.downloaded"));
  EXPECT_THAT(all, Not(HasSubstr(std::string(testing::kGoodPassword))));
  EXPECT_THAT(all, Not(HasSubstr(to_base32(ana().totp_secret))));
  EXPECT_THAT(all, Not(HasSubstr("argon2")));
  for (const auto& code : ana().backup_codes) EXPECT_THAT(all, Not(HasSubstr(code)));
}

TEST_P(Closing, GivesFiveCopiesADay) {
  const auto& english = accounts().parts.words.english();
  const auto download = [&] { return download_data(accounts(), ana().account, {}, english); };
  for (int copy = 0; copy < 5; ++copy) EXPECT_TRUE(download());
  const auto refused = download();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, FailureKind::too_many);
  EXPECT_TRUE(refused.error().retry_after);
  ana().bed.clock.move(std::chrono::hours{25});
  EXPECT_TRUE(download());
}

}  // namespace
}  // namespace waymark::accounts
