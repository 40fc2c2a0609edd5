#include "features/accounts/pages/session_pages.hpp"

#include "web/session_end.hpp"

namespace waymark::accounts::pages {
namespace {

using web::Html;
using namespace web::literals;
using std::chrono::ceil;
using std::chrono::floor;
using std::chrono::minutes;
using std::chrono::seconds;

// The page that came by itself comes a little later than the moment it was asked for.
constexpr seconds kLate{30};

}  // namespace

web::Response session_ending_page(web::Exchange& exchange) {
  const auto& words = exchange.words();
  const auto& visitor = exchange.visitor;
  const auto end = web::session_end_of(visitor);
  const auto left = ceil<seconds>(end - exchange.now);
  const bool is_near = left <= web::kEndingWarned + kLate;
  const bool is_final = visitor.ends_at <= visitor.idle_ends_at;
  const auto wanted = exchange.query("return_to");

  const bool is_office = visitor.seat.has_value();
  web::Url again = is_office ? web::Url("/office/session/ending") : web::Url("/session/ending");
  Html stay;
  if (web::Url::is_local(wanted)) {
    again = again.with("return_to", wanted);
    stay("<input type=\"hidden\" name=\"return_to\" value=\""_html, wanted, "\">"_html);
  }
  stay(web::primary_button(words.text(is_near ? "web.ending.stay" : "accounts.ending.back")));

  const std::string title =
      is_near ? words.text("accounts.ending.title",
                           {{"time", words.duration(std::max<seconds>(floor<minutes>(left), minutes{1}))}})
              : std::string(words.text("accounts.ending.still_title"));
  Html main;
  main(web::page_heading(
      title, is_near ? std::string(words.text(is_final ? "web.ending.final" : "accounts.ending.lead"))
                     : words.text("accounts.ending.still_lead", {{"time", words.time(end, exchange.time_zone())}})));
  Html buttons;
  if (!is_near || !is_final)
    buttons(web::post_form(exchange, is_office ? web::Url("/office/session/stay") : web::Url("/session/stay"), stay));
  buttons(web::post_form(exchange, web::sign_out_url(exchange), web::secondary_button(words.text("web.nav.sign_out"))));
  main(web::button_row(buttons));
  const auto after = is_near ? left + seconds{1} : left - web::kEndingWarned;
  return web::render_page(exchange, {.title = title, .refresh = web::PageOptions::Refresh{after, again}}, main);
}

}  // namespace waymark::accounts::pages
