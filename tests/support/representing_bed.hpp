// A petition whose petitioner (Ana) and beneficiary (Ben) have connected it, and two verified lawyers.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "features/cases/representing/represent.hpp"
#include "features/cases/representing/verify.hpp"
#include "support/case_world.hpp"
#include "support/databases.hpp"

namespace waymark::testing {

inline constexpr AccountId kAna{101}, kBen{102}, kLawyer{103}, kOther{104}, kStranger{105};
inline constexpr OfficerId kOfficer{7};
inline const std::string kReceipt = "NPT2690001234";
inline std::string address_of(AccountId account) { return fmt::format("person{}@example.org", account.value); }

class RepresentingBed : public CaseBed {
 protected:
  void SetUp() override {
    CaseBed::SetUp();
    if (IsSkipped()) return;
    representing_ = std::make_unique<cases::Representing>(world().cases, [](db::Snapshot&, AccountId account) {
      return cases::Person{*parse_email(address_of(account)), "en", fmt::format("Person {}", account.value)};
    });
    for (const auto& answer : world().take_in(RecordsOf(kReceipt, "I-130")
                                                  .party("ana", cases::Role::petitioner)
                                                  .party("ben", cases::Role::beneficiary)
                                                  .stage("received", "2026-08-12")
                                                  .appointment("a-1", at_noon(2026, 12, 8)))) {
      ASSERT_EQ(answer.verdict, cases::Verdict::went_in) << answer.field << " " << answer.reason;
    }
    connect(kAna, "ana");
    connect(kBen, "ben");
    verify(kLawyer);
    verify(kOther);
  }
  void TearDown() override {
    representing_.reset();
    CaseBed::TearDown();
  }
  const cases::Representing& representing() { return *representing_; }
  Instant now() { return world().clock.now(); }
  Result<void> ask(AccountId account) {
    return cases::ask_to_represent(world().cases, account,
                                   {.kind = "lawyer", .organisation = "Quay Law", .licence = "NY 12"}, "");
  }
  Result<void> decide(AccountId account, cases::RepresentativeState to) {
    const auto own = cases::find_own_representative(world().cases, *database().snapshot(), account);
    return cases::decide_representative(world().cases, account, to, kOfficer, "officer 7",
                                        own ? own->asked_at : Instant{});
  }
  void verify(AccountId account) {
    ASSERT_TRUE(ask(account));
    ASSERT_TRUE(decide(account, cases::RepresentativeState::verified));
  }
  std::string passcode(AccountId client = kAna) {
    const auto made = cases::make_clients_passcode(*representing_, client, kReceipt, "");
    EXPECT_TRUE(made);
    return made.value_or("");
  }
  bool accept(AccountId representative, const std::string& code, std::string_view receipt = kReceipt) {
    return cases::accept_as_representative(*representing_, representative, receipt, code, "").has_value();
  }
  void link(AccountId representative = kLawyer) { ASSERT_TRUE(accept(representative, passcode())); }
  std::optional<cases::VisibleCase> seen_by(AccountId account) {
    return cases::find_visible_to(*database().snapshot(), account, kReceipt, now());
  }
  std::size_t count_listed(AccountId account) {
    return cases::list_visible_to(*database().snapshot(), account, now()).cases.size();
  }
  std::vector<cases::Representation> of_ana() {
    const auto snapshot = database().snapshot();
    return cases::list_of_client(*snapshot, cases::find_visible_to(*snapshot, kAna, kReceipt)->id, kAna);
  }
  std::map<std::string, int> told() {
    std::map<std::string, int> counts;
    for (const auto& item : world().outbox.take_due(database(), 100, std::chrono::seconds{30}))
      ++counts[fmt::format("{} {}", item.telling.kind, item.telling.account ? item.telling.account->value : 0)];
    return counts;
  }

 private:
  std::unique_ptr<cases::Representing> representing_;
};

}  // namespace waymark::testing
