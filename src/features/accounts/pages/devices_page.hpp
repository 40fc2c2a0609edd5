// Where the account is open, and the devices that it knows.
#pragma once

#include <vector>

#include "features/accounts/devices/device.hpp"
#include "features/accounts/sessions/session_store.hpp"
#include "web/page.hpp"

namespace waymark::accounts::pages {

struct DevicesView {
  std::vector<SessionRow> sessions;  // as Sessions::list_living gives them
  std::vector<Device> devices;
  DeviceId this_device{};   // none when the browser is not known
  std::string network_now;  // keyed hash
};
web::Response devices_page(web::Exchange& exchange, const DevicesView& view);

// "Firefox on Android", as far as it is known.
std::string device_name(const catalogue::Locale& words, std::string_view browser, std::string_view system);
// "Authenticator app": what a session was begun with, or what an event came by; in general words when it is none of
// those that we have words for.
std::string_view way_words(const catalogue::Locale& words, std::string_view way);

}  // namespace waymark::accounts::pages
