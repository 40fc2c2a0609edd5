#include "features/notifications/pages/genuine_pages.hpp"

#include <boost/json.hpp>

#include "web/site.hpp"

namespace waymark::notifications::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

std::vector<std::string> never_asked(Exchange& exchange) {
  const auto& words = exchange.words();
  return {words.text("notifications.genuine.never_secrets", {{"origin", exchange.site.parts().origin}}),
          std::string(words.text("notifications.genuine.never_link")),
          std::string(words.text("notifications.genuine.never_money")),
          std::string(words.text("notifications.genuine.never_control"))};
}

std::vector<std::string> what_to_do(Exchange& exchange) {
  const auto& words = exchange.words();
  return {std::string(words.text("notifications.genuine.do_not_open")),
          std::string(words.text("notifications.genuine.do_not_call")),
          words.text("notifications.genuine.do_sign_in", {{"origin", exchange.site.parts().origin}})};
}

void add_items(Html& list, const std::vector<std::string>& sentences) {
  for (const auto& sentence : sentences) list("<li>"_html, sentence, "</li>"_html);
}

Html never_section(Exchange& exchange) {
  Html list;
  list("<ul>"_html);
  add_items(list, never_asked(exchange));
  list("</ul>"_html);
  return web::section(exchange.words().text("notifications.genuine.never_title"), list, "never");
}

Html fields_of(Exchange& exchange, const FormState& form, const catalogue::Catalogue& catalogue) {
  const auto& words = exchange.words();
  std::vector<web::Choice> countries;
  for (const auto& country : catalogue.phone_countries()) {
    countries.push_back({country.region, fmt::format("{} (+{})", country.name.in(words.tag()), country.calling_code)});
  }
  return Html{}(web::text_field(exchange, form,
                                {.name = "reference",
                                 .label = words.text("notifications.genuine.reference"),
                                 .hint = words.text("notifications.genuine.reference_hint"),
                                 .autocomplete = "off",
                                 .size_max = 40,
                                 .width = "md",
                                 .is_code = true}),
                web::text_field(exchange, form,
                                {.name = "receiver",
                                 .label = words.text("notifications.genuine.receiver"),
                                 .hint = words.text("notifications.genuine.receiver_hint"),
                                 .autocomplete = "off",
                                 .size_max = 254}),
                web::select_field(exchange, form,
                                  {.name = "country",
                                   .label = words.text("notifications.genuine.country"),
                                   .hint = words.text("notifications.genuine.country_hint"),
                                   .is_required = false},
                                  countries),
                web::primary_button(words.text("notifications.genuine.button")));
}

std::string channel_words(Exchange& exchange, const Sent& sent) {
  return std::string(exchange.words().text(
      catalogue::either(sent.is_mail, "notifications.genuine.by_mail", "notifications.genuine.by_text")));
}

}  // namespace

web::Response genuine_page(Exchange& exchange, const FormState& form, const catalogue::Catalogue& catalogue) {
  const auto& words = exchange.words();
  const auto title = words.text("notifications.genuine.title");
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(title, words.text("notifications.genuine.lead")),
       web::post_form(exchange, "/genuine", fields_of(exchange, form, catalogue)), never_section(exchange),
       web::section(words.text("notifications.genuine.calls_title"),
                    web::paragraph(words.text("notifications.genuine.calls_text"))));
  return web::render_page(exchange, {.title = std::string(title), .may_compress = false, .form = &form}, main);
}

web::Response ours_page(Exchange& exchange, const Sent& sent) {
  const auto& words = exchange.words();
  const auto title = words.text("notifications.genuine.ours_title");
  const auto facts =
      web::fact_list({{std::string(words.text("notifications.genuine.about")),
                       Html{}(std::string_view(description_of(words, exchange.brand(), sent.kind)))},
                      {std::string(words.text("notifications.genuine.channel")), Html{}(channel_words(exchange, sent))},
                      {std::string(words.text("notifications.genuine.sent_at")),
                       Html{}(words.long_date_time(sent.sent_at, exchange.time_zone()))}});
  Html main;
  main(web::page_heading(title, words.text("notifications.genuine.ours_lead")), facts,
       web::note(web::NoteKind::needs_you, words.text("notifications.genuine.compare_title"),
                 web::paragraph(words.text("notifications.genuine.compare_text"))),
       never_section(exchange), "<p>"_html, web::link("/genuine", words.text("notifications.genuine.again")),
       "</p>"_html);
  return web::render_page(exchange, {.title = std::string(title), .may_compress = false}, main);
}

web::Response not_found_page(Exchange& exchange) {
  const auto& words = exchange.words();
  const auto title = words.text("notifications.genuine.not_found_title");
  Html list;
  list("<ul>"_html);
  add_items(list, what_to_do(exchange));
  list("<li>"_html, words.text("notifications.genuine.do_tell_us"), " "_html,
       web::link("/contact", words.text("notifications.genuine.contact")), "</li></ul>"_html);
  Html main;
  main(web::page_heading(title, words.text("notifications.genuine.not_found_lead")),
       web::note(web::NoteKind::stop, words.text("notifications.genuine.do_title"), list),
       web::section(words.text("notifications.genuine.mistyped_title"),
                    Html{}(web::paragraph(words.text("notifications.genuine.mistyped_text")), "<p>"_html,
                           web::link("/genuine", words.text("notifications.genuine.again")), "</p>"_html)),
       never_section(exchange));
  return web::render_page(exchange, {.title = std::string(title), .may_compress = false}, main);
}

web::Response genuine_json(Exchange& exchange, const std::optional<Sent>& sent) {
  const auto list = [](const std::vector<std::string>& sentences) {
    return boost::json::array(sentences.begin(), sentences.end());
  };
  boost::json::object body{{"is_ours", sent.has_value()}, {"never_asked", list(never_asked(exchange))}};
  if (sent) {
    body["subject"] = description_of(exchange.words(), exchange.brand(), sent->kind);
    body["channel"] = sent->is_mail ? "email" : "text";
    body["sent_at"] = to_iso(sent->sent_at);
  } else {
    body["what_to_do"] = list(what_to_do(exchange));
  }
  return web::Response::json(boost::json::serialize(body));
}

}  // namespace waymark::notifications::pages
