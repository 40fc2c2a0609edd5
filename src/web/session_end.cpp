#include "web/session_end.hpp"

#include "web/page.hpp"
#include "web/url_encoding.hpp"

namespace waymark::web {
namespace {

using std::chrono::ceil;
using std::chrono::milliseconds;
using std::chrono::seconds;

// Said when so many seconds are left; in between nothing changes, so that nobody is interrupted each second.
constexpr seconds kSteps[] = {kEndingWarned, seconds{60}, seconds{30}, seconds{10}};

// Never more than is left.
seconds said_as(seconds step) {
  return step < std::chrono::minutes{1} ? step : std::chrono::floor<std::chrono::minutes>(step);
}

}  // namespace

Response session_left(const Exchange& exchange) {
  const auto& visitor = exchange.visitor;
  if (visitor.standing != Standing::signed_in) return Response::json("{\"idle_ms\":0,\"left_ms\":0}");
  return Response::json(fmt::format("{{\"idle_ms\":{},\"left_ms\":{}}}", (visitor.idle_ends_at - exchange.now).count(),
                                    (visitor.ends_at - exchange.now).count()));
}

Url sign_out_url(const Exchange& exchange) {
  return exchange.visitor.seat ? Url("/office/sign-out") : Url("/sign-out");
}

Instant session_end_of(const Visitor& visitor) { return std::min(visitor.idle_ends_at, visitor.ends_at); }

void add_ending_refresh(Html& page, Exchange& exchange) {
  const auto& request = exchange.request;
  const auto left = ceil<seconds>(session_end_of(exchange.visitor) - exchange.now - kEndingWarned);
  page("<noscript><meta http-equiv=\"refresh\" content=\""_html, std::max<std::int64_t>(1, left.count()), ";url="_html,
       exchange.visitor.seat ? Url("/office/session/ending") : Url("/session/ending"), "?return_to="_html,
       percent_encode(percent_encode_path(request.path)));
  if (!request.query.empty()) page("%3F"_html, percent_encode(request.query));
  page("\"></noscript>"_html);
}

void add_ending_dialog(FrameWriter& frame, const FrameKind& kind) {
  const auto& words = kind.words;
  frame("<dialog class=\"ending\" id=\"session-ending\" aria-labelledby=\"ending-title\""_html);
  if (kind.role) frame(" data-base=\"/office\""_html);
  frame(" data-idle-ms=\""_html).hole(Hole::idle_ms)("\" data-left-ms=\""_html).hole(Hole::left_ms);
  frame("\" data-warned-ms=\""_html, milliseconds{kEndingWarned}.count(), "\"><h2 id=\"ending-title\">"_html,
        words.text("web.ending.title"), "</h2><p data-said role=\"status\"></p><template>"_html);
  for (const auto step : kSteps) {
    frame("<p data-at=\""_html, milliseconds{step}.count(), "\">"_html,
          words.text("web.ending.left", {{"time", words.duration(said_as(step))}}), "</p>"_html);
  }
  frame("</template><p data-final hidden>"_html, words.text("web.ending.final"), "</p><div class=\"button-row\">"_html);
  frame.post_form(kind.role ? Url("/office/session/stay") : Url("/session/stay"), "form",
                  primary_button(words.text("web.ending.stay")));
  frame("<button type=\"button\" class=\"button\" data-close hidden>"_html, words.text("web.ending.close"),
        "</button>"_html);
  frame.post_form(kind.role ? Url("/office/sign-out") : Url("/sign-out"), "form",
                  secondary_button(words.text("web.nav.sign_out")));
  frame("</div></dialog>"_html);
}

void add_shared_bar(FrameWriter& frame, const FrameKind& kind) {
  const auto& words = kind.words;
  frame("<div class=\"shared-bar\" role=\"region\" aria-label=\""_html, words.text("web.shared.title"),
        "\"><div><p>"_html, words.text("web.shared.title"), "</p>"_html);
  frame.post_form(
      "/sign-out", "shared-bar__form",
      Html{}("<button class=\"shared-bar__button\">"_html, words.text("web.nav.sign_out"), "</button>"_html));
  frame("</div></div>"_html);
}

}  // namespace waymark::web
