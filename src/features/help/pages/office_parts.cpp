#include "features/help/pages/office_parts.hpp"

#include "features/help/limits.hpp"
#include "features/help/pages/office_pages.hpp"
#include "web/site.hpp"

namespace waymark::help::pages {

using web::Exchange;
using web::Html;
using namespace web::literals;

namespace {

web::Url url_below(std::string_view folder, std::int64_t id, std::string_view act) {
  return web::Url::local_or(fmt::format("{}/{}{}{}", folder, id, act.empty() ? "" : "/", act), web::Url("/office"));
}

}  // namespace

web::Url work_url(CallbackId id, std::string_view act) { return url_below("/office/callbacks", id.value, act); }
web::Url work_url(HelpRequestId id, std::string_view act) { return url_below("/office/help-requests", id.value, act); }

Html reference_link(const web::Url& to, std::string_view reference) {
  return Html{}("<a href=\""_html, to, "\">"_html, web::code_text(reference), "</a>"_html);
}

Html state_tag(Exchange& exchange, RequestState state) {
  const auto kind = state == RequestState::open    ? web::NoteKind::needs_you
                    : state == RequestState::taken ? web::NoteKind::information
                                                   : web::NoteKind::done;
  return web::tag(kind, exchange.words().text(fmt::format("help.state.{}", to_text(state))));
}

std::string waiting_words(const Exchange& exchange, Instant since) {
  const auto minutes = std::chrono::floor<std::chrono::minutes>(std::max(exchange.now - since, Instant::duration{0}));
  return exchange.words().duration(std::max<std::chrono::seconds>(minutes, std::chrono::minutes{1}));
}

std::string language_words(const Exchange& exchange, std::string_view language) {
  const auto* locale = exchange.site.parts().words.find(language);
  return std::string(locale == nullptr ? exchange.words().text("help.callback.other_language") : locale->own_name());
}

bool is_mine(const Exchange& exchange, OfficerId officer) {
  return exchange.visitor.seat && exchange.visitor.seat->officer == officer;
}

bool may_take(const Exchange& exchange, RequestState state, OfficerId officer, std::optional<Instant> taken_at) {
  if (state == RequestState::open) return true;
  return state == RequestState::taken && !is_mine(exchange, officer) && taken_at &&
         *taken_at <= exchange.now - kTakenHolds;
}

Html taken_note(Exchange& exchange, std::optional<Instant> taken_at) {
  const auto time = exchange.words().short_date_time(taken_at.value_or(exchange.now), exchange.time_zone());
  return web::note(web::NoteKind::information, exchange.words().text("help.office.taken_title"),
                   web::paragraph(exchange.words().text("help.office.taken_text", {{"time", std::string_view(time)}})));
}

}  // namespace waymark::help::pages
