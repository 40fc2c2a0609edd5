#include "features/help/pages/contact_pages.hpp"

#include "features/help/call_times.hpp"
#include "features/help/limits.hpp"
#include "features/help/pages/help_parts.hpp"
#include "features/help/pages/opening_parts.hpp"
#include "features/help/request_callback.hpp"
#include "web/site.hpp"

namespace waymark::help::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

Html ways_to_reach(Exchange& exchange) {
  const auto& words = exchange.words();
  const auto& brand = exchange.brand();
  std::vector<web::Fact> facts{
      {std::string(words.text("help.contact.phone")),
       Html()("<p>"_html, web::link(web::Url::from_configuration("tel:" + brand.phone), brand.phone), "</p><p>"_html,
              brand.phone_hours.in(words.tag()), "</p>"_html)}};
  if (const auto spoken = brand.spoken_languages.in(words.tag()); !spoken.empty()) {
    facts.push_back({std::string(words.text("help.contact.languages")), Html{}(spoken)});
  }
  facts.push_back({std::string(words.text("help.contact.email")),
                   web::link(web::Url::from_configuration("mailto:" + brand.email), brand.email)});
  facts.push_back({std::string(words.text("help.contact.post")),
                   Html()("<address dir=\"auto\">"_html, brand.agency_name, "<br>"_html, brand.street, "<br>"_html,
                          brand.city, ", "_html, brand.state, " "_html, brand.postal_code, "</address>"_html)});
  return web::fact_list(facts);
}

Html time_field(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  const auto& brand = exchange.brand();
  std::vector<web::Choice> choices{{std::string(kAnyTime), std::string(words.text("help.callback.any_time"))}};
  for (const auto& time : list_call_times(brand.opening_hours, exchange.now, brand.phone_hours_zone)) {
    choices.push_back({time.name, time_span(words, time.from, time.until, brand.phone_hours_zone)});
  }
  const auto place = words.zone_place(brand.phone_hours_zone);
  return web::select_field(exchange, form,
                           {.name = "time",
                            .label = words.text("help.callback.time"),
                            .hint = words.text("help.contact.zone", {{"place", std::string_view(place)}})},
                           choices);
}

Html language_fields(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  std::vector<web::Choice> choices;
  for (const auto& tag : exchange.brand().languages) {
    const auto* locale = exchange.site.parts().words.find(tag);
    if (locale != nullptr) choices.push_back({tag, std::string(locale->own_name())});
  }
  choices.push_back({std::string(kOtherLanguage), std::string(words.text("help.callback.other_language"))});
  return Html{}(web::select_field(
                    exchange, form,
                    {.name = "language", .label = words.text("help.callback.language"), .value = words.tag()}, choices),
                web::text_field(exchange, form,
                                {.name = "other_language",
                                 .label = words.text("help.callback.which_language"),
                                 .hint = words.text("help.callback.which_language_hint"),
                                 .autocomplete = "off",
                                 .size_max = static_cast<int>(kOtherLanguageLengthMax),
                                 .width = "md",
                                 .is_required = false}));
}

Html phone_fields(Exchange& exchange, const FormState& form, const Help& help) {
  const auto& words = exchange.words();
  std::vector<web::Choice> countries;
  for (const auto& country : help.parts.catalogue.phone_countries()) {
    countries.push_back({country.region, fmt::format("{} (+{})", country.name.in(words.tag()), country.calling_code)});
  }
  return Html{}(web::select_field(exchange, form,
                                  {.name = "phone_country",
                                   .label = words.text("accounts.field.phone_country"),
                                   .autocomplete = "tel-country-code"},
                                  countries),
                web::text_field(exchange, form,
                                {.name = "phone",
                                 .label = words.text("accounts.field.phone"),
                                 .type = "tel",
                                 .autocomplete = "tel-national",
                                 .inputmode = "tel",
                                 .size_max = 32,
                                 .width = "md"}));
}

}  // namespace

web::Response contact_page(Exchange& exchange) {
  const auto& words = exchange.words();
  Html main;
  main(web::page_heading(words.text("help.contact.title")), opening_note(exchange), ways_to_reach(exchange),
       web::button_row(Html{}(web::button_link("/contact/call-back", words.text("help.contact.call_back")),
                              web::button_link("/help/ask", words.text("help.contact.ask"), false),
                              web::link("/help", words.text("help.contact.help")))),
       opening_hours(exchange), web::prose(exchange.brand().contact.in(words.tag())));
  return web::render_page(exchange, {.title = std::string(words.text("help.contact.title"))}, main);
}

web::Response callback_page(Exchange& exchange, const FormState& form, const Help& help) {
  const auto& words = exchange.words();
  const auto title = words.text("help.callback.title");
  Html fields;
  fields(web::text_field(exchange, form,
                         {.name = "name",
                          .label = words.text("help.callback.name"),
                          .autocomplete = "name",
                          .size_max = static_cast<int>(kCallerNameLengthMax)}),
         phone_fields(exchange, form, help), time_field(exchange, form), language_fields(exchange, form),
         topic_field(exchange, form), web::primary_button(words.text("help.callback.button")));
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(title, words.text("help.callback.lead")),
       web::post_form(exchange, "/contact/call-back", fields),
       web::note(web::NoteKind::information, words.text("help.callback.limit_title"),
                 web::paragraph(
                     words.text("help.callback.limit_text", {{"count", std::int64_t{kCallbacksToNumber.tries_max}}}))));
  return web::render_page(exchange, {.title = std::string(title), .may_compress = false, .form = &form}, main);
}

web::Response callback_sent_page(Exchange& exchange, std::string_view reference) {
  const auto& words = exchange.words();
  return sent_page(exchange, "help.callback.sent_title", reference,
                   Html{}(web::paragraph(words.text("help.callback.sent_next")),
                          web::paragraph(words.text("help.callback.sent_safe")),
                          web::paragraph(words.text("help.callback.sent_missed"))));
}

}  // namespace waymark::help::pages
