#include "features/cases/representing/represent.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "features/cases/case_data.hpp"
#include "features/cases/connecting/disconnect_case.hpp"
#include "journal/audit.hpp"
#include "support/representing_bed.hpp"

namespace waymark::cases {
namespace {

using namespace testing;
using Represent = RepresentingBed;

TEST_P(Represent, GivesTheWholeCaseToTheRepresentativeWhoTypesTheClientsPasscode) {
  const auto code = passcode();
  EXPECT_FALSE(seen_by(kLawyer)) << "a passcode alone shows nothing";
  ASSERT_TRUE(accept(kLawyer, code));
  const auto seen = seen_by(kLawyer);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->role, Role::representative);
  EXPECT_NE(seen->representing, 0);
  const auto picture = load_picture(*database().snapshot(), world().sealer, *seen);
  ASSERT_EQ(picture.parties.size(), 2U);
  for (const auto& party : picture.parties) {
    EXPECT_TRUE(party.name);
    EXPECT_FALSE(party.is_asker);
  }
  const auto listed = list_visible_to(*database().snapshot(), kLawyer, now());
  EXPECT_EQ(listed.cases.size(), 1U);
  EXPECT_EQ(listed.coming.size(), 1U);
  EXPECT_FALSE(find_visible_to(*database().snapshot(), kLawyer, kReceipt)) << "as a party";
  EXPECT_FALSE(seen_by(kOther));
  const auto counts = told();
  EXPECT_EQ(counts.at("cases.representation_began 101"), 1);
}

TEST_P(Represent, GivesTheCaseWhenTheClientSaysYesToTheRepresentativesPasscode) {
  const auto code = make_representatives_passcode(representing(), kLawyer, "npt 2690 001234", "");
  ASSERT_TRUE(code);
  const auto shown = look_at_passcode(representing(), kAna, kReceipt, *code);
  ASSERT_TRUE(shown);
  EXPECT_EQ(shown->name, "Person 103");
  EXPECT_EQ(shown->of.organisation, "Quay Law");
  EXPECT_EQ(shown->of.licence, "NY 12");
  EXPECT_FALSE(seen_by(kLawyer)) << "looking shares nothing";
  ASSERT_TRUE(accept_as_client(representing(), kAna, kReceipt, *code, ""));
  EXPECT_TRUE(seen_by(kLawyer));
  EXPECT_FALSE(accept_as_client(representing(), kAna, kReceipt, *code, "")) << "used up";
  const auto counts = told();
  EXPECT_EQ(counts.at("cases.client_accepted 103"), 1);
  EXPECT_EQ(counts.at("cases.representation_began 101"), 1);
}

TEST_P(Represent, LetsEachRelationDoWhatItMayAndNoMore) {
  link();
  const auto acts_of = [&](AccountId account) {
    std::string acts;
    const auto seen = seen_by(account);
    for (const auto act : kActs) acts += seen && may_act(*seen, act) ? '1' : '0';
    return acts;
  };
  // write, share, leave, consent
  EXPECT_EQ(acts_of(kAna), "1111");
  EXPECT_EQ(acts_of(kLawyer), "1000");
  EXPECT_EQ(acts_of(kOther), "0000");
  EXPECT_FALSE(make_clients_passcode(representing(), kLawyer, kReceipt, "")) << "who represents does not share on";
  EXPECT_FALSE(make_clients_passcode(representing(), kBen, kReceipt, "")) << "nor a beneficiary";
}

TEST_P(Represent, TheNextRepresentativeTakesTheLastOnesPlaceAndTheHistoryStays) {
  link(kLawyer);
  world().clock.move(std::chrono::hours{1});
  told();
  link(kOther);
  EXPECT_FALSE(seen_by(kLawyer));
  EXPECT_EQ(count_listed(kLawyer), 0U);
  EXPECT_TRUE(seen_by(kOther));
  const auto rows = of_ana();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_TRUE(rows[0].stands());
  EXPECT_EQ(rows[0].representative, kOther);
  EXPECT_FALSE(rows[1].stands());
  EXPECT_EQ(rows[1].representative, kLawyer);
  EXPECT_EQ(rows[1].ended_at, now());
  const auto counts = told();
  EXPECT_EQ(counts.at("cases.representation_ended 103"), 1);
  EXPECT_FALSE(counts.contains("cases.representative_left 101")) << "it was the client who chose";
}

TEST_P(Represent, EndsAtOnceWhenEitherSays) {
  link();
  told();
  ASSERT_TRUE(end_as_client(representing(), kAna, kReceipt, of_ana().front().id, ""));
  EXPECT_FALSE(seen_by(kLawyer));
  EXPECT_TRUE(told().contains("cases.representation_ended 103"));
  link();
  told();
  ASSERT_TRUE(end_as_representative(representing(), kLawyer, of_ana().front().id, ""));
  EXPECT_FALSE(seen_by(kLawyer));
  EXPECT_EQ(count_listed(kLawyer), 0U);
  EXPECT_TRUE(told().contains("cases.representative_left 101"));
  EXPECT_FALSE(end_as_representative(representing(), kLawyer, of_ana().front().id, ""));
}

TEST_P(Represent, EndsWithTheClientsPart) {
  link();
  told();
  ASSERT_TRUE(disconnect_case(world().cases, kAna, kReceipt, ""));
  EXPECT_FALSE(seen_by(kLawyer));
  EXPECT_TRUE(told().contains("cases.representation_ended 103"));
  connect(kAna, "ana");
  EXPECT_FALSE(seen_by(kLawyer)) << "and does not come back with it";
  link();
  connect(kStranger, "ana");
  EXPECT_FALSE(seen_by(kLawyer)) << "the part is somebody else's";
  connect(kAna, "ana");
  EXPECT_TRUE(seen_by(kLawyer));
  const db::Query kOtherRole{"test.other_role", "UPDATE parties SET role = 'beneficiary' WHERE agency_party = 'ana'"};
  database().write([&](db::Transaction& tx) { tx.run(kOtherRole, {}); });
  EXPECT_FALSE(seen_by(kLawyer));
}

TEST_P(Represent, NeedsTheOfficesWordAndEndsWhenItIsWithdrawn) {
  const auto code = passcode();
  EXPECT_FALSE(accept(kStranger, code)) << "never asked";
  ASSERT_TRUE(ask(kStranger));
  EXPECT_FALSE(accept(kStranger, code)) << "not checked yet";
  EXPECT_FALSE(make_representatives_passcode(representing(), kStranger, kReceipt, ""));
  ASSERT_TRUE(decide(kStranger, RepresentativeState::refused));
  EXPECT_FALSE(accept(kStranger, code));
  EXPECT_TRUE(accept(kLawyer, code)) << "none of them used it up";
  const auto waiting = make_representatives_passcode(representing(), kLawyer, kReceipt, "");
  ASSERT_TRUE(waiting);
  told();
  ASSERT_TRUE(decide(kLawyer, RepresentativeState::withdrawn));
  EXPECT_FALSE(seen_by(kLawyer));
  EXPECT_FALSE(look_at_passcode(representing(), kAna, kReceipt, *waiting));
  const auto counts = told();
  EXPECT_EQ(counts.at("cases.representative_withdrawn 103"), 1);
  EXPECT_EQ(counts.at("cases.representative_left 101"), 1);
  verify(kLawyer);
  EXPECT_FALSE(seen_by(kLawyer)) << "what ended does not come back";
}

TEST_P(Represent, IsDecidedByOneOfficerAndOnlyAsItWasSeen) {
  ASSERT_TRUE(ask(kStranger));
  const auto seen = find_own_representative(world().cases, *database().snapshot(), kStranger)->asked_at;
  world().clock.move(std::chrono::minutes{1});
  ASSERT_TRUE(ask(kStranger));
  const auto decide_as_seen = [&](Instant asked_at) {
    return decide_representative(world().cases, kStranger, RepresentativeState::verified, kOfficer, "officer 7",
                                 asked_at);
  };
  EXPECT_FALSE(decide_as_seen(seen)) << "another number than the officer saw";
  EXPECT_TRUE(decide_as_seen(now()));
  EXPECT_FALSE(decide(kStranger, RepresentativeState::refused)) << "decided before";
  const auto again = ask(kStranger);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, FailureKind::conflict) << "what was checked is not changed by who was checked";
  const auto trail = journal::list_for_account(*database().snapshot(), kStranger, 10);
  ASSERT_FALSE(trail.empty());
  EXPECT_EQ(trail[0].event, "representative.verified");
  EXPECT_EQ(trail[0].actor, "officer 7");
}

TEST_P(Represent, Incident_I40_RefusesEveryPasscodeAlikeThatIsNotGood) {
  const auto code = passcode();
  const auto kind_of = [&](AccountId account, std::string_view receipt, const std::string& typed) {
    const auto refused = accept_as_representative(representing(), account, receipt, typed, "");
    EXPECT_FALSE(refused);
    return refused ? std::string() : refused.error().fields.front().message.key;
  };
  const std::string wrong = "K7QF-9ZTM-4WXCP";
  EXPECT_EQ(kind_of(kLawyer, kReceipt, wrong), "cases.error.passcode_not_good");
  EXPECT_EQ(kind_of(kLawyer, "NPT2690009999", code), "cases.error.passcode_not_good") << "another case";
  EXPECT_EQ(kind_of(kLawyer, "NPT0000000000", wrong), "cases.error.passcode_not_good") << "no case";
  world().clock.move(std::chrono::days{7});
  EXPECT_EQ(kind_of(kLawyer, kReceipt, code), "cases.error.passcode_not_good") << "too old";
  const auto replaced = passcode();
  passcode();
  EXPECT_EQ(kind_of(kOther, kReceipt, replaced), "cases.error.passcode_not_good") << "a newer one stands";
}

TEST_P(Represent, Incident_I40_NobodyEndsOrSeesWhatIsAnothers) {
  link();
  const auto id = of_ana().front().id;
  for (const auto account : {kBen, kOther, kStranger}) {
    const auto ended = end_as_client(representing(), account, kReceipt, id, "");
    ASSERT_FALSE(ended);
    EXPECT_EQ(ended.error().kind, FailureKind::not_found);
    EXPECT_FALSE(end_as_representative(representing(), account, id, ""));
  }
  EXPECT_FALSE(look_at_passcode(representing(), kStranger, kReceipt, "K7QF-9ZTM-4WXCP"));
  EXPECT_TRUE(seen_by(kLawyer));
}

TEST_P(Represent, LetsFiveWrongPasscodesBeTypedInSixHours) {
  const auto code = passcode();
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(accept(kLawyer, "K7QF-9ZTM-4WXCP"));
  const auto locked = accept_as_representative(representing(), kLawyer, kReceipt, code, "");
  ASSERT_FALSE(locked);
  EXPECT_EQ(locked.error().kind, FailureKind::too_many);
  world().clock.move(std::chrono::hours{6} + std::chrono::seconds{1});
  EXPECT_TRUE(accept(kLawyer, code));
}

TEST_P(Represent, NobodyRepresentsThemselves) {
  verify(kAna);
  EXPECT_FALSE(accept(kAna, passcode()));
  const auto own = make_representatives_passcode(representing(), kAna, kReceipt, "");
  ASSERT_TRUE(own);
  EXPECT_FALSE(accept_as_client(representing(), kAna, kReceipt, *own, ""));
}

TEST_P(Represent, IsTakenByOneOfManyAtOnceAndOneStands) {
  const auto code = passcode();
  const auto theirs = make_representatives_passcode(representing(), kOther, kReceipt, "");
  ASSERT_TRUE(theirs);
  std::atomic<int> taken{0};
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) threads.emplace_back([&] { taken += accept(kLawyer, code) ? 1 : 0; });
    threads.emplace_back([&] { (void)accept_as_client(representing(), kAna, kReceipt, *theirs, ""); });
  }
  EXPECT_LE(taken, 1);
  EXPECT_EQ(std::ranges::count_if(of_ana(), &Representation::stands), 1);
}

TEST_P(Represent, WritesDownARepresentativesLookOnceAnHour) {
  link();
  const auto looks = [&] { return list_representation_looks(*database().snapshot(), seen_by(kAna)->id, 10); };
  keep_representative_look(world().cases, *seen_by(kAna), kAna, now());
  EXPECT_TRUE(looks().empty());
  for (int i = 0; i < 2; ++i) keep_representative_look(world().cases, *seen_by(kLawyer), kLawyer, now());
  ASSERT_EQ(looks().size(), 1U);
  EXPECT_EQ(looks().front().client, kAna);
  EXPECT_EQ(looks().front().by, kLawyer);
  world().clock.move(std::chrono::hours{1});
  keep_representative_look(world().cases, *seen_by(kLawyer), kLawyer, now());
  EXPECT_EQ(looks().size(), 2U);
}

TEST_P(Represent, KeepsAClientsCaseOutOfTheRepresentativesCopyAndForgetsWhoIsErased) {
  link();
  keep_representative_look(world().cases, *seen_by(kLawyer), kLawyer, now());
  const CaseData data(world().cases);
  const auto files = data.collect(*database().snapshot(), kLawyer, now());
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(boost::json::serialize(files[0].content), "[]");
  EXPECT_NE(boost::json::serialize(files[1].content).find("Quay Law"), std::string::npos);
  const auto of_client = boost::json::serialize(data.collect(*database().snapshot(), kAna, now()).front().content);
  EXPECT_NE(of_client.find("began_at"), std::string::npos);
  EXPECT_EQ(of_client.find("Person 103"), std::string::npos);
  const auto on_case = seen_by(kAna)->id;
  database().write([&](db::Transaction& tx) { data.erase(tx, kLawyer); });
  EXPECT_FALSE(seen_by(kLawyer));
  EXPECT_FALSE(find_own_representative(world().cases, *database().snapshot(), kLawyer));
  ASSERT_EQ(of_ana().size(), 1U);
  EXPECT_FALSE(of_ana().front().stands());
  link(kOther);
  database().write([&](db::Transaction& tx) { data.erase(tx, kAna); });
  EXPECT_TRUE(list_of_client(*database().snapshot(), on_case, kAna).empty());
  EXPECT_TRUE(list_representation_looks(*database().snapshot(), on_case, 10).empty());
  EXPECT_FALSE(seen_by(kOther));
}

TEST_P(Represent, SaysWhatIsMissingInARequest) {
  const auto refused = ask_to_represent(world().cases, kStranger,
                                        {.kind = "judge", .organisation = " ", .licence = std::string(41, 'x')}, "");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.size(), 3U);
}

TEST_P(Represent, WritesEachChangeIntoBothTrails) {
  link();
  ASSERT_TRUE(end_as_client(representing(), kAna, kReceipt, of_ana().front().id, ""));
  const auto of_client = journal::list_for_account(*database().snapshot(), kAna, 10);
  ASSERT_EQ(of_client.size(), 3U);
  EXPECT_EQ(of_client[0].event, "case.representation_ended");
  EXPECT_EQ(of_client[1].event, "case.representation_began");
  EXPECT_EQ(of_client[2].event, "case.passcode_made");
  const auto of_lawyer = journal::list_for_account(*database().snapshot(), kLawyer, 10);
  ASSERT_GE(of_lawyer.size(), 2U);
  EXPECT_EQ(of_lawyer[0].event, "case.representation_ended");
  EXPECT_EQ(of_lawyer[0].detail, "client");
}

TEST_P(Represent, ListsAPageOfClientsFromTheNewestOn) {
  for (const auto* receipt : {"NPT2690000001", "NPT2690000002", "NPT2690000003"})
    ASSERT_TRUE(make_representatives_passcode(representing(), kLawyer, receipt, ""));
  const auto page = [&](RepresentationId before) {
    std::string all;
    for (const auto& one : list_of_representative(*database().snapshot(), kLawyer, now(), before, 2))
      all += one.receipt_number.back();
    return all;
  };
  EXPECT_EQ(page(kAfterTheNewest), "32");
  const auto first = list_of_representative(*database().snapshot(), kLawyer, now(), kAfterTheNewest, 2);
  EXPECT_EQ(page(first.back().id), "1");
  EXPECT_FALSE(find_of_representative(*database().snapshot(), kLawyer, first.front().id)) << "it has not begun";
  link();
  const auto standing = list_of_representative(*database().snapshot(), kLawyer, now(), kAfterTheNewest, 1).front().id;
  EXPECT_TRUE(find_of_representative(*database().snapshot(), kLawyer, standing));
  EXPECT_FALSE(find_of_representative(*database().snapshot(), kOther, standing));
}

ON_BOTH_DATABASES(Represent);

}  // namespace
}  // namespace waymark::cases
