#include "features/accounts/devices/device_store.hpp"

#include "base/text.hpp"
#include "support/signing_in.hpp"
#include "support/stored_values.hpp"

namespace waymark::accounts {
namespace {

class DeviceContract : public testing::WithAna {
 protected:
  // A whole sign-in with the app's code, in a browser that has (or has not) been here before.
  SessionKey sign_in(const std::string& device_token, SharedComputer shared = SharedComputer::no) {
    ana().bed.clock.move(std::chrono::minutes{1});
    const auto half = ana().half(shared);
    const auto key = prove_second_factor(
        accounts(),
        {.account = ana().account,
         .half = half.id,
         .code = ana().app_code(),
         .client = {.peer = "203.0.113.9", .user_agent = "Firefox/140.0 Android", .device_token = device_token}});
    EXPECT_EQ(testing::refusal_of(key), "");
    return key.value();
  }
  std::vector<Device> devices() { return list_devices(*database().snapshot(), ana().account); }
};

TEST_P(DeviceContract, IsKnownAgainByItsCookieAndToldOnlyOnce) {
  const auto before = devices().size();
  ASSERT_EQ(before, 1U);  // the browser in which she signed up
  const auto first = sign_in("");
  EXPECT_EQ(ana().told_kinds(), std::vector<std::string>{"accounts.new_device"});
  const auto again = sign_in(first.device_token);
  EXPECT_EQ(again.device_token, first.device_token);
  EXPECT_TRUE(ana().told_kinds().empty());
  ASSERT_EQ(devices().size(), before + 1);
  EXPECT_EQ(devices()[0].browser, "Firefox");
  EXPECT_EQ(devices()[0].system, "Android");
}

TEST_P(DeviceContract, IsNewAgainOnceItWasForgotten) {
  const auto first = sign_in("");
  ana().told_kinds();
  const auto device = find_device(*database().snapshot(), ana().account, first.device_token_hash);
  ASSERT_TRUE(device);
  const AccountId stranger{ana().account.value + 1};
  database().write([&](db::Transaction& tx) {
    EXPECT_FALSE(forget_device(tx, stranger, device->id, ana().bed.clock.now()));
    EXPECT_TRUE(forget_device(tx, ana().account, device->id, ana().bed.clock.now()));
  });
  EXPECT_FALSE(find_device(*database().snapshot(), ana().account, first.device_token_hash));
  sign_in(first.device_token);
  EXPECT_EQ(ana().told_kinds(), std::vector<std::string>{"accounts.new_device"});
}

TEST_P(DeviceContract, IsNotKnownByWhatStandsInTheDatabase) {
  const auto first = sign_in("");
  ana().told_kinds();
  for (const auto& copied : {first.device_token_hash, to_hex(first.device_token_hash),
                             to_base64url(first.device_token_hash), first.device_token + "x"}) {
    EXPECT_NE(sign_in(copied).device_token, first.device_token);
    EXPECT_EQ(ana().told_kinds(), std::vector<std::string>{"accounts.new_device"});
  }
  for (const auto& value : testing::list_stored(database(), is_sqlite())) {
    EXPECT_EQ(value.find(first.device_token), std::string::npos);
  }
}

TEST_P(DeviceContract, IsNeverASharedComputer) {
  const auto before = devices().size();
  const auto key = sign_in("", SharedComputer::yes);
  EXPECT_EQ(devices().size(), before);
  EXPECT_EQ(ana().told_kinds(), std::vector<std::string>{"accounts.shared_sign_in"});
  web::Response response;
  Sessions::add_cookies(response, key, SharedComputer::yes);
  ASSERT_EQ(response.cookies.size(), 1U);
  EXPECT_EQ(response.cookies[0].find("__Host-device"), std::string::npos);
}

TEST_P(DeviceContract, OfOneAccountSaysNothingOfAnother) {
  const auto key = sign_in("");
  EXPECT_FALSE(find_device(*database().snapshot(), AccountId{ana().account.value + 1}, key.device_token_hash));
}

ON_BOTH_DATABASES(DeviceContract);

}  // namespace
}  // namespace waymark::accounts
