#include "features/cases/firms/firm.hpp"

#include <atomic>
#include <thread>

#include "features/cases/case_data.hpp"
#include "features/cases/connecting/disconnect_case.hpp"
#include "features/cases/firms/firm_members.hpp"
#include "features/cases/firms/shared_store.hpp"
#include "features/cases/limits.hpp"
#include "journal/audit.hpp"
#include "support/representing_bed.hpp"

namespace waymark::cases {
namespace {

using namespace testing;

constexpr AccountId kClerk{106}, kReader{107};
// FirmActor's default: no network.
FirmActor as(AccountId account) { return {account}; }

class FirmSharing : public RepresentingBed {
 protected:
  void SetUp() override {
    RepresentingBed::SetUp();
    if (IsSkipped()) return;
    firms_ = std::make_unique<Firms>(world().cases, [](db::Snapshot&, AccountId account) {
      return Person{*parse_email(address_of(account)), "en", fmt::format("Person {}", account.value)};
    });
  }
  void TearDown() override {
    firms_.reset();
    RepresentingBed::TearDown();
  }
  const Firms& firms() { return *firms_; }
  std::optional<FirmMember> place_of(AccountId account) { return find_membership(*database().snapshot(), account); }

  bool invite(AccountId account, std::string standing, AccountId by = kLawyer) {
    return invite_to_firm(firms(), as(by), {.email = address_of(account), .standing = std::move(standing)}).has_value();
  }
  std::vector<FirmMember> invitations_of(AccountId account) {
    const auto index = firms().email_index(*parse_email(address_of(account)));
    return list_firm_invitations(*database().snapshot(), index, now());
  }
  void add(AccountId account, std::string standing) {
    ASSERT_TRUE(invite(account, std::move(standing)));
    ASSERT_TRUE(join_firm(firms(), as(account), invitations_of(account).front().id));
  }
  // Of the lawyer: with a clerk who is a member, and a reader.
  void open() {
    ASSERT_TRUE(open_firm(firms(), as(kLawyer), " Quay   Law "));
    add(kClerk, "member");
    add(kReader, "read_only");
  }
  RepresentationId client() { return of_ana().front().id; }
  // And with Ana for a client whom the firm sees.
  void open_and_share() {
    open();
    link();
    ASSERT_TRUE(share_client(firms(), as(kLawyer), client()));
  }
  std::string refusal(const Result<void>& result) { return result ? "done" : result.error().message.key; }
  std::vector<Representation> shared() {
    const auto own = place_of(kLawyer);
    return own ? list_shared(*database().snapshot(), own->firm, kAfterTheNewest, 10) : std::vector<Representation>{};
  }

 private:
  std::unique_ptr<Firms> firms_;
};

TEST_P(FirmSharing, GivesTheSharedCaseToEveryMemberByTheirStanding) {
  open();
  link();
  EXPECT_FALSE(seen_by(kClerk)) << "nothing is shared by being in a firm";
  told();
  ASSERT_TRUE(share_client(firms(), as(kLawyer), client()));

  const auto clerk = seen_by(kClerk), reader = seen_by(kReader);
  ASSERT_TRUE(clerk && reader);
  EXPECT_EQ(clerk->role, Role::representative);
  EXPECT_TRUE(clerk->by_firm);
  EXPECT_EQ(clerk->party, PartyId{});
  EXPECT_TRUE(may_act(*clerk, Act::write));
  EXPECT_FALSE(may_act(*reader, Act::write));
  for (const auto act : {Act::share, Act::leave, Act::consent}) EXPECT_FALSE(may_act(*clerk, act));
  EXPECT_TRUE(load_picture(*database().snapshot(), world().sealer, *reader).parties[0].name);
  EXPECT_FALSE(seen_by(kStranger));
  EXPECT_FALSE(seen_by(kOther)) << "another lawyer";
  EXPECT_FALSE(find_visible_to(*database().snapshot(), kClerk, kReceipt)) << "as a party";
  EXPECT_FALSE(seen_by(kLawyer)->by_firm) << "the nearest relation stands";
  EXPECT_EQ(shared().size(), 1U);
  EXPECT_EQ(count_listed(kClerk), 0U) << "the firm's page lists it, the dashboard does not";
  const auto counts = told();
  EXPECT_EQ(counts.size(), 1U);
  EXPECT_EQ(counts.at("cases.shared_with_firm 101"), 1);
  EXPECT_FALSE(share_client(firms(), as(kLawyer), client())) << "twice";
}

TEST_P(FirmSharing, IsTheBusinessOfTheClientsOwnRepresentative) {
  open();
  link();
  EXPECT_FALSE(share_client(firms(), as(kClerk), client()));
  EXPECT_FALSE(share_client(firms(), as(kOther), client()));
  EXPECT_FALSE(share_client(firms(), as(kAna), client()));
  EXPECT_FALSE(seen_by(kClerk));
  ASSERT_TRUE(share_client(firms(), as(kLawyer), client()));
  EXPECT_FALSE(keep_client(firms(), as(kClerk), client()));
  EXPECT_TRUE(seen_by(kClerk));
  ASSERT_TRUE(keep_client(firms(), as(kLawyer), client()));
  EXPECT_FALSE(seen_by(kClerk));
  EXPECT_FALSE(keep_client(firms(), as(kLawyer), client()));
  EXPECT_TRUE(shared().empty());
}

TEST_P(FirmSharing, EndsForEverybodyWithTheRepresentation) {
  open_and_share();
  ASSERT_TRUE(end_as_client(representing(), kAna, kReceipt, client(), ""));
  EXPECT_FALSE(seen_by(kClerk));
  EXPECT_FALSE(seen_by(kReader));
  EXPECT_TRUE(shared().empty());
  EXPECT_FALSE(share_client(firms(), as(kLawyer), of_ana().front().id)) << "what has ended";
}

TEST_P(FirmSharing, EndsWithTheChangeOfTheRepresentative) {
  open_and_share();
  link(kOther);
  EXPECT_FALSE(seen_by(kClerk));
  EXPECT_FALSE(seen_by(kLawyer));
  EXPECT_TRUE(seen_by(kOther));
}

TEST_P(FirmSharing, EndsWithTheClientsPartAndWithTheOfficesWord) {
  open_and_share();
  ASSERT_TRUE(decide(kLawyer, RepresentativeState::withdrawn));
  EXPECT_FALSE(seen_by(kClerk));
  verify(kLawyer);
  EXPECT_FALSE(seen_by(kClerk)) << "what has ended does not come back";
  link();
  ASSERT_TRUE(share_client(firms(), as(kLawyer), client()));
  ASSERT_TRUE(seen_by(kClerk));
  ASSERT_TRUE(disconnect_case(world().cases, kAna, kReceipt, ""));
  EXPECT_FALSE(seen_by(kClerk));
}

// Even were what had begun not ended with the word.
TEST_P(FirmSharing, IsSeenWhileTheOfficesWordHolds) {
  open_and_share();
  const db::Query kWithdraw{"test.withdraw", "UPDATE representatives SET state = 'withdrawn' WHERE account = $1"};
  database().write([&](db::Transaction& tx) { tx.run(kWithdraw, {kLawyer}); });
  EXPECT_FALSE(seen_by(kClerk));
  EXPECT_FALSE(seen_by(kLawyer));
  EXPECT_TRUE(shared().empty());
}

TEST_P(FirmSharing, EndsForWhoLeavesAndWithWhoShared) {
  open_and_share();
  ASSERT_TRUE(leave_firm(firms(), as(kReader)));
  EXPECT_FALSE(seen_by(kReader));
  EXPECT_TRUE(seen_by(kClerk));
  told();
  ASSERT_TRUE(remove_from_firm(firms(), as(kLawyer), place_of(kClerk)->id));
  EXPECT_FALSE(seen_by(kClerk));
  EXPECT_EQ(told().at("cases.firm_removed 106"), 1);

  add(kClerk, "owner");
  EXPECT_TRUE(seen_by(kClerk));
  ASSERT_TRUE(leave_firm(firms(), as(kLawyer)));
  EXPECT_FALSE(seen_by(kClerk)) << "the lawyer's clients leave with the lawyer";
  EXPECT_TRUE(seen_by(kLawyer));
}

TEST_P(FirmSharing, EndsWithTheFirm) {
  open_and_share();
  told();
  EXPECT_FALSE(close_firm(firms(), as(kClerk)));
  ASSERT_TRUE(close_firm(firms(), as(kLawyer)));
  for (const auto account : {kClerk, kReader}) {
    EXPECT_FALSE(seen_by(account));
    EXPECT_FALSE(place_of(account));
  }
  EXPECT_TRUE(seen_by(kLawyer));
  const auto counts = told();
  EXPECT_EQ(counts.at("cases.firm_closed 106"), 1);
  EXPECT_FALSE(counts.contains("cases.firm_closed 103"));
  EXPECT_TRUE(open_firm(firms(), as(kLawyer), "Another"));
}

TEST_P(FirmSharing, OpensForVerifiedRepresentativesWhoAreInNone) {
  EXPECT_EQ(refusal(open_firm(firms(), as(kStranger), "Quay Law")), "cases.error.not_verified");
  for (const auto& name : {std::string(), std::string("  "), std::string(121, 'x'), std::string("\xff")}) {
    const auto refused = open_firm(firms(), as(kLawyer), name);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fields[0].field, "firm_name");
  }
  ASSERT_TRUE(open_firm(firms(), as(kLawyer), " Quay   Law "));
  EXPECT_EQ(find_opened_name(world().cases, *database().snapshot(), place_of(kLawyer)->firm), "Quay Law");
  EXPECT_EQ(refusal(open_firm(firms(), as(kLawyer), "Two")), "cases.error.in_a_firm");
  ASSERT_TRUE(open_firm(firms(), as(kOther), "Harbor Law"));
  ASSERT_TRUE(invite(kOther, "member"));
  EXPECT_EQ(refusal(join_firm(firms(), as(kOther), invitations_of(kOther).front().id)), "cases.error.in_a_firm");
}

TEST_P(FirmSharing, InvitesByAddressAndOnlyItsOwnerTakesIt) {
  ASSERT_TRUE(open_firm(firms(), as(kLawyer), "Quay Law"));
  told();
  ASSERT_TRUE(invite(kClerk, "member"));
  EXPECT_EQ(told().at("cases.firm_invited 0"), 1);
  const auto invitation = invitations_of(kClerk).front();
  EXPECT_EQ(invited_address(world().cases, invitation), address_of(kClerk));
  EXPECT_FALSE(join_firm(firms(), as(kStranger), invitation.id));
  EXPECT_FALSE(decline_invitation(firms(), as(kStranger), invitation.id));
  ASSERT_TRUE(join_firm(firms(), as(kClerk), invitation.id));
  EXPECT_FALSE(join_firm(firms(), as(kReader), invitation.id)) << "taken";
  EXPECT_EQ(told().at("cases.firm_joined 103"), 1);

  // A second invitation of one address stands in the first one's place.
  ASSERT_TRUE(invite(kReader, "owner"));
  const auto first = invitations_of(kReader).front().id;
  ASSERT_TRUE(invite(kReader, "read_only"));
  ASSERT_EQ(invitations_of(kReader).size(), 1U);
  EXPECT_FALSE(join_firm(firms(), as(kReader), first));
  ASSERT_TRUE(decline_invitation(firms(), as(kReader), invitations_of(kReader).front().id));
  EXPECT_TRUE(invitations_of(kReader).empty());

  ASSERT_TRUE(invite(kReader, "member"));
  const auto late = invitations_of(kReader).front().id;
  world().clock.move(kFirmInvitationLifetime);
  EXPECT_FALSE(join_firm(firms(), as(kReader), late));
  EXPECT_FALSE(place_of(kReader));
}

TEST_P(FirmSharing, RefusesWhatIsNoInvitation) {
  ASSERT_TRUE(open_firm(firms(), as(kLawyer), "Quay Law"));
  const auto fields = [&](std::string email, std::string standing) {
    const auto refused = invite_to_firm(firms(), as(kLawyer), {std::move(email), std::move(standing)});
    std::string names;
    if (!refused)
      for (const auto& field : refused.error().fields) names += field.field + " ";
    return names;
  };
  EXPECT_EQ(fields("nobody", "boss"), "email standing ");
  EXPECT_EQ(fields(address_of(kLawyer), "member"), "email ");
  for (int count = 0; count < 20; ++count) EXPECT_EQ(fields(fmt::format("p{}@example.org", count), "member"), "");
  const auto refused = invite_to_firm(firms(), as(kLawyer), {address_of(kClerk), "member"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, FailureKind::too_many);
}

TEST_P(FirmSharing, HasAHundredPeopleAtMostWithThoseWhoAreInvited) {
  ASSERT_TRUE(open_firm(firms(), as(kLawyer), "Quay Law"));
  for (std::size_t count = 1; count < kFirmMembersMax; ++count) {
    if (count % 20 == 0) world().clock.move(std::chrono::hours{25});
    ASSERT_TRUE(invite(AccountId{1000 + static_cast<std::int64_t>(count)}, "member"));
  }
  world().clock.move(std::chrono::hours{25});
  const auto refused = invite_to_firm(firms(), as(kLawyer), {address_of(kClerk), "member"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields[0].message.key, "cases.error.members_at_once");
}

TEST_P(FirmSharing, IsManagedByItsOwnersAlone) {
  open();
  ASSERT_TRUE(open_firm(firms(), as(kOther), "Harbor Law"));
  const auto reader = place_of(kReader)->id;
  for (const auto account : {kClerk, kReader, kStranger, kOther}) {
    EXPECT_FALSE(account != kOther && invite(AccountId{200}, "owner", account));
    EXPECT_FALSE(change_standing(firms(), as(account), reader, "owner"));
    EXPECT_FALSE(remove_from_firm(firms(), as(account), reader));
    EXPECT_FALSE(account != kOther && close_firm(firms(), as(account)));
  }
  told();
  ASSERT_TRUE(change_standing(firms(), as(kLawyer), reader, "member"));
  EXPECT_EQ(place_of(kReader)->standing, FirmStanding::member);
  EXPECT_EQ(told().at("cases.firm_standing 107"), 1);
  const auto audit = journal::list_for_account(*database().snapshot(), kReader, 10);
  EXPECT_EQ(audit.front().event, "firm.standing_changed");
}

TEST_P(FirmSharing, KeepsAnOwner) {
  open();
  const auto own = place_of(kLawyer)->id;
  EXPECT_EQ(refusal(leave_firm(firms(), as(kLawyer))), "cases.error.last_owner");
  EXPECT_EQ(refusal(remove_from_firm(firms(), as(kLawyer), own)), "cases.error.last_owner");
  EXPECT_EQ(refusal(change_standing(firms(), as(kLawyer), own, "member")), "cases.error.last_owner");
  // An invitation is no owner yet.
  ASSERT_TRUE(invite(kStranger, "owner"));
  EXPECT_EQ(refusal(leave_firm(firms(), as(kLawyer))), "cases.error.last_owner");
  ASSERT_TRUE(change_standing(firms(), as(kLawyer), place_of(kClerk)->id, "owner"));
  EXPECT_TRUE(leave_firm(firms(), as(kLawyer)));
  EXPECT_EQ(refusal(leave_firm(firms(), as(kClerk))), "cases.error.last_owner");
}

TEST_P(FirmSharing, KeepsAnOwnerWhenTwoLeaveAtOnce) {
  for (int round = 0; round < 10; ++round) {
    ASSERT_TRUE(open_firm(firms(), as(kLawyer), "Quay Law"));
    add(kClerk, "owner");
    std::atomic<int> left{0};
    {
      std::jthread one([&] { left += leave_firm(firms(), as(kLawyer)).has_value(); });
      std::jthread two([&] { left += leave_firm(firms(), as(kClerk)).has_value(); });
    }
    EXPECT_EQ(left, 1);
    ASSERT_TRUE(close_firm(firms(), as(place_of(kLawyer) ? kLawyer : kClerk)));
    world().clock.move(std::chrono::hours{24});
  }
}

TEST_P(FirmSharing, ClosesWhenItsLastOwnersAccountIsErasedAndKeepsNothingOfAnErasedOne) {
  open_and_share();
  const CaseData data(world().cases);
  database().write([&](db::Transaction& tx) { data.erase(tx, kReader); });
  EXPECT_FALSE(place_of(kReader));
  EXPECT_TRUE(seen_by(kClerk));
  database().write([&](db::Transaction& tx) { data.erase(tx, kLawyer); });
  EXPECT_FALSE(place_of(kClerk));
  EXPECT_FALSE(seen_by(kClerk));
  const auto left = database().snapshot()->find(
      db::Query{"test.left", "SELECT count(*) FROM firm_members WHERE account IN ($1, $2) OR invited_by IN ($1, $2)"},
      {kReader, kLawyer}, [](const db::Row& row) { return row.integer(0); });
  EXPECT_EQ(left, 0);
}

ON_BOTH_DATABASES(FirmSharing);

}  // namespace
}  // namespace waymark::cases
