// What every page of somebody signed in says about its end: with scripts a dialog that asks in time, without them a
// page that comes by itself. The server's own limit stays the truth; neither is activity.
#pragma once

#include <chrono>

#include "web/exchange.hpp"
#include "web/html.hpp"
#include "web/page_frame.hpp"

namespace waymark::web {

// How long before the end it is said.
inline constexpr std::chrono::seconds kEndingWarned{150};

// When the session ends if nothing more is done.
Instant session_end_of(const Visitor& visitor);

// For <head>: without scripts the page leads to /session/ending in time. Not where a form may be half filled in.
void add_ending_refresh(Html& page, Exchange& exchange);
// For the end of <body>: the dialog, closed, that the script opens.
void add_ending_dialog(FrameWriter& frame, const FrameKind& kind);
// {"idle_ms":…,"left_ms":…} until the end; zeros where nobody is signed in.
Response session_left(const Exchange& exchange);
// Where the visitor signs out: "/sign-out", or the office's.
Url sign_out_url(const Exchange& exchange);
// Above everything, on a shared computer: says so, with the way out.
void add_shared_bar(FrameWriter& frame, const FrameKind& kind);

}  // namespace waymark::web
