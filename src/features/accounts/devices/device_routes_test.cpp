#include "features/accounts/devices/device_routes.hpp"

#include "features/accounts/devices/device_store.hpp"
#include "features/accounts/limits.hpp"
#include "journal/audit.hpp"
#include "support/account_pages.hpp"
#include "support/network_file.hpp"
#include "support/temporary_folder.hpp"

namespace waymark::accounts {
namespace {

using testing::PageBrowser;

const std::string kDevices = "/account/devices";
const std::string kFirefox = "Mozilla/5.0 (Android 14; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0";
const std::string kSafari = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1";

class DevicePages : public testing::AccountPagesContract {
 protected:
  static std::string id_of(const SessionKey& key) { return std::to_string(key.id.value); }
  DeviceId device_of(const SessionKey& key) {
    return find_device(*database().snapshot(), ana().account, key.device_token_hash).value_or(Device{}).id;
  }
  std::vector<std::string> events() {
    std::vector<std::string> events;
    for (const auto& row : journal::list_for_account(*database().snapshot(), ana().account, 3))
      events.push_back(row.event);
    return events;
  }
};

TEST_P(DevicePages, ShowEachLivingSessionThisOneFirst) {
  auto here = signed_in(SharedComputer::no, "203.0.113.9", kFirefox);
  clock().move(1min);
  signed_in(SharedComputer::yes, "198.51.100.7", kSafari);
  clock().move(3min);
  const auto text = text_of(here.get(kDevices));
  const auto mine = text.find("Firefox on Android This one");
  const auto other = text.find("Safari on iPhone Shared computer");
  ASSERT_NE(mine, std::string::npos) << text;
  ASSERT_NE(other, std::string::npos) << text;
  EXPECT_LT(mine, other);
  EXPECT_NE(text.find("Authenticator app"), std::string::npos);
  EXPECT_NE(text.find("In use just now"), std::string::npos);
  EXPECT_NE(text.find("Last used 3 minutes ago"), std::string::npos) << text;
  EXPECT_NE(text.find("On another network"), std::string::npos);
}

TEST_P(DevicePages, SayWhichSessionIsOnTheSameNetwork) {
  auto here = signed_in();
  signed_in(SharedComputer::no, "203.0.113.9", kSafari);
  const auto text = text_of(here.get(kDevices));
  EXPECT_NE(text.find("On the same network as you are now"), std::string::npos) << text;
  EXPECT_EQ(text.find("On another network"), std::string::npos);
}

TEST_P(DevicePages, LeaveOutSessionsThatLapsed) {
  signed_in(SharedComputer::yes, "203.0.113.9", kSafari);
  clock().move(kSharedSessionIdle);
  auto here = signed_in();
  EXPECT_FALSE(shows(here.get(kDevices), "Safari"));
}

TEST_P(DevicePages, SigningOutOneEndsItAtOnceAndNoOther) {
  auto here = signed_in();
  const auto lost = start();
  auto thief = browser_of(lost);
  auto third = signed_in();
  ASSERT_TRUE(is_signed_in(thief));
  EXPECT_EQ(went_to(here.submit(kDevices, kDevices + "/sign-out", {{"session", id_of(lost)}})),
            kDevices + "?done=signed-out");
  EXPECT_FALSE(is_signed_in(thief));
  EXPECT_TRUE(is_signed_in(here));
  EXPECT_TRUE(is_signed_in(third));
  EXPECT_EQ(events().front(), "session.ended");
  EXPECT_EQ(went_to(here.submit(kDevices, kDevices + "/sign-out", {{"session", id_of(lost)}})),
            kDevices + "?done=over");
}

TEST_P(DevicePages, SigningOutEverywhereElseEndsAllOthersAtOnce) {
  auto here = signed_in();
  auto second = signed_in();
  auto third = signed_in(SharedComputer::yes);
  went_to(here.submit(kDevices, kDevices + "/sign-out-elsewhere", {}));
  EXPECT_TRUE(is_signed_in(here));
  EXPECT_FALSE(is_signed_in(second));
  EXPECT_FALSE(is_signed_in(third));
}

TEST_P(DevicePages, Incident_I40_NobodyEndsOrForgetsWhatIsAnothersAccounts) {
  auto here = signed_in();
  testing::SigningUp stranger{.bed = ana().bed, .email = "mallory@example.org"};
  const auto other = stranger.finish();
  PageBrowser theirs(site(), "account.northport.example");
  theirs.set_cookie(std::string(web::kSessionCookie), stranger.session.token);
  ASSERT_TRUE(is_signed_in(theirs));
  const auto device =
      find_device(*database().snapshot(), other, stranger.session.device_token_hash).value_or(Device{}).id;
  ASSERT_TRUE(device);
  constexpr db::Query kRemember{"test.remember", "UPDATE devices SET remembered_until = $2 WHERE id = $1"};
  const auto until = ana().bed.clock.now() + 24h;
  database().write([&](db::Transaction& tx) { tx.run(kRemember, {device, until}); });
  here.submit(kDevices, kDevices + "/stop-remembering", {{"device", std::to_string(device.value)}});
  here.submit(kDevices, kDevices + "/sign-out", {{"session", std::to_string(stranger.session.id.value)}});
  here.submit(kDevices, kDevices + "/forget", {{"device", std::to_string(device.value)}});
  EXPECT_TRUE(is_signed_in(theirs));
  const auto kept = find_device(*database().snapshot(), other, stranger.session.device_token_hash);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->remembered_until, until);
}

TEST_P(DevicePages, ForgettingADeviceSignsItOutAndMakesItNewAgain) {
  auto here = signed_in();
  const auto sold = start(SharedComputer::no, "203.0.113.9", kSafari);
  auto buyer = browser_of(sold);
  const auto device = device_of(sold);
  ASSERT_TRUE(device);
  EXPECT_TRUE(shows(here.get(kDevices), "Safari on iPhone"));
  went_to(here.submit(kDevices, kDevices + "/forget", {{"device", std::to_string(device.value)}}));
  EXPECT_FALSE(is_signed_in(buyer));
  EXPECT_TRUE(is_signed_in(here));
  EXPECT_FALSE(device_of(sold));
  EXPECT_FALSE(shows(here.get(kDevices), "Safari on iPhone"));
}

TEST_P(DevicePages, ForgettingTheDeviceInHandKeepsThisSession) {
  const auto key = start(SharedComputer::no, "203.0.113.9", kFirefox);
  auto here = browser_of(key);
  here.set_cookie(std::string(web::kDeviceCookie), key.device_token);
  const auto page = here.get(kDevices);
  EXPECT_NE(text_of(page).find("Devices that we know"), std::string::npos);
  went_to(here.submit(kDevices, kDevices + "/forget", {{"device", std::to_string(device_of(key).value)}}));
  EXPECT_TRUE(is_signed_in(here));
}

TEST_P(DevicePages, StopRememberingADevice) {
  auto& sessions = ana().accounts().sessions;
  auto key = sessions.make_key({.peer = "203.0.113.9", .user_agent = kFirefox});
  key.remember_device = true;
  database().write(
      [&](db::Transaction& tx) { sessions.start_full(tx, key, ana().account, SharedComputer::no, "totp"); });
  auto here = browser_of(key);
  EXPECT_TRUE(shows(here.get(kDevices), "We ask for no code on it until"));
  const auto fields =
      std::vector<std::pair<std::string, std::string>>{{"device", std::to_string(device_of(key).value)}};
  EXPECT_EQ(went_to(here.submit(kDevices, kDevices + "/stop-remembering", fields)), kDevices + "?done=not-remembered");
  EXPECT_FALSE(find_device(*database().snapshot(), ana().account, key.device_token_hash)->remembered_until);
  EXPECT_FALSE(shows(here.get(kDevices), "We ask for no code on it until"));
  EXPECT_EQ(events().front(), "device.remembering_stopped");
}

TEST_P(DevicePages, SayRoughlyWhereASessionIsWhereAFileOfPlacesIsNamed) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "city.mmdb";
  testing::NetworkFile::write(file, {{"en", "Mexico City"}, {"es", "Ciudad de México"}},
                              {{"en", "Mexico"}, {"es", "México"}});
  const NetworkPlaces places(file.string());
  auto& bed = ana().bed;
  const Sessions with_places(bed.clock, bed.random, bed.ids, bed.keys, bed.sealer, bed.accounts.notices, &places);
  const auto key = with_places.make_key({.peer = "203.0.113.9", .user_agent = kFirefox});
  database().write(
      [&](db::Transaction& tx) { with_places.start_full(tx, key, ana().account, SharedComputer::no, "totp"); });
  auto here = browser_of(key);
  EXPECT_TRUE(shows(here.get(kDevices), "Near Mexico City, Mexico"));
  speak("es");
  EXPECT_TRUE(shows(here.get(kDevices), "Cerca de Ciudad de México, México"));
  static constexpr db::Query kPlace{"test.place", "SELECT place_sealed FROM sessions WHERE place_sealed IS NOT NULL"};
  const auto stored =
      database().snapshot()->list(kPlace, {}, [](const db::Row& row) { return std::string(row.bytes(0)); });
  ASSERT_EQ(stored.size(), 1U);
  EXPECT_EQ(stored.front().find("Mexico"), std::string::npos);
}

TEST_P(DevicePages, TakeOddNumbersAsNobody) {
  auto here = signed_in();
  for (const std::string odd : {"", "0", "-1", "x", "99999999999999999999999"}) {
    EXPECT_EQ(went_to(here.submit(kDevices, kDevices + "/sign-out", {{"session", odd}})), kDevices + "?done=over");
  }
  EXPECT_TRUE(is_signed_in(here));
}

ON_BOTH_DATABASES(DevicePages);

}  // namespace
}  // namespace waymark::accounts
