#include "features/cases/working/office_guests.hpp"

#include "features/cases/consenting/consent.hpp"
#include "features/cases/firms/firm_members.hpp"
#include "features/cases/sharing/share_case.hpp"
#include "support/representing_bed.hpp"

namespace waymark::cases {
namespace {

using namespace testing;

class OfficeGuests : public RepresentingBed {
 protected:
  Guests guests() {
    const auto snapshot = database().snapshot();
    return list_guests(world().cases, *snapshot, find_visible_to(*snapshot, kAna, kReceipt)->id, now());
  }
  static FindPerson people() {
    return [](db::Snapshot&, AccountId account) {
      return Person{*parse_email(address_of(account)), "en", fmt::format("Person {}", account.value)};
    };
  }
};

TEST_P(OfficeGuests, AreNobodyAtFirst) {
  const auto none = guests();
  EXPECT_TRUE(none.representatives.empty() && none.helpers.empty() && none.consented.empty());
}

TEST_P(OfficeGuests, AreTheRepresentativeAndTheirFirmWhileTheyAre) {
  const Firms firms(world().cases, people());
  link();
  ASSERT_EQ(guests().representatives.size(), 1U);
  EXPECT_EQ(guests().representatives[0].of.account, kLawyer);
  EXPECT_EQ(guests().representatives[0].of.organisation, "Quay Law");
  EXPECT_EQ(guests().representatives[0].firm, "");
  ASSERT_TRUE(open_firm(firms, {kLawyer}, "Quay Street Law"));
  ASSERT_TRUE(invite_to_firm(firms, {kLawyer}, {address_of(kStranger), "member"}));
  const auto index = firms.email_index(*parse_email(address_of(kStranger)));
  ASSERT_TRUE(share_client(firms, {kLawyer}, of_ana().front().id));
  EXPECT_EQ(guests().representatives[0].firm, "Quay Street Law");
  EXPECT_EQ(guests().representatives[0].members, 0U) << "an invitation sees nothing";
  ASSERT_TRUE(join_firm(firms, {kStranger}, list_firm_invitations(*database().snapshot(), index, now()).front().id));
  EXPECT_EQ(guests().representatives[0].members, 1U);
  ASSERT_TRUE(end_as_client(representing(), kAna, kReceipt, of_ana().front().id, ""));
  EXPECT_TRUE(guests().representatives.empty());
}

TEST_P(OfficeGuests, AreHelpersWithoutTheirNamesUntilTheirDay) {
  const Sharing sharing(world().cases, people());
  ASSERT_TRUE(offer_help(sharing, kAna, kReceipt,
                         {.email = address_of(kStranger), .may_act = true, .until = parse_iso_date("2026-12-01")}, ""));
  ASSERT_EQ(guests().helpers.size(), 1U);
  EXPECT_TRUE(guests().helpers[0].may_act);
  EXPECT_FALSE(guests().helpers[0].has_accepted);
  const auto offer =
      list_offers(*database().snapshot(), sharing.email_index(*parse_email(address_of(kStranger))), now()).front().id;
  ASSERT_TRUE(accept_help(sharing, kStranger, offer, ""));
  EXPECT_TRUE(guests().helpers[0].has_accepted);
  world().clock.move(std::chrono::days{9});
  EXPECT_TRUE(guests().helpers.empty());
}

TEST_P(OfficeGuests, NameWhatTheBeneficiaryIsLetSee) {
  ASSERT_TRUE(set_consent(world().cases, kAna, kReceipt, "evidence", true, ""));
  EXPECT_EQ(guests().consented, std::vector{Facet::evidence});
  ASSERT_TRUE(set_consent(world().cases, kAna, kReceipt, "evidence", false, ""));
  EXPECT_TRUE(guests().consented.empty());
}

ON_BOTH_DATABASES(OfficeGuests);

}  // namespace
}  // namespace waymark::cases
