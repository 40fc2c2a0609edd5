// What only the demo has: its people's cases, a page that shows every mail and text instead of sending it, and a clock
// that can be moved to see things expire.
#pragma once

#include <ostream>

#include "app/features.hpp"
#include "app/foundation.hpp"
#include "platform/scripted_outbox.hpp"
#include "web/router.hpp"

namespace waymark::app {

// GET /demo/outbox (a page; as JSON a list of {id, channel, to, subject, text, sent_at}), GET and POST /demo/clock
// (field `minutes`: forward only).
void add_demo_routes(web::Router& router, const ScriptedOutbox& outbox, MovableClock& clock);

// Takes in the demo's feed, once: dates are written relative to the day it is first served.
void seed_demo(Foundation& foundation, Features& features);

// Where to go and who to be: address, demo people with what they need to connect their cases, the outbox.
void print_demo(const Foundation& foundation, Features& features, std::ostream& out);

}  // namespace waymark::app
