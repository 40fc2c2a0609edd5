#include "features/accounts/pages/phone_pages.hpp"

#include "base/phone.hpp"
#include "features/accounts/limits.hpp"
#include "features/accounts/pages/factor_pages.hpp"
#include "features/accounts/pages/factor_parts.hpp"

namespace waymark::accounts::pages {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

namespace {

web::Url of_phone(web::Url base, const Phone& phone) { return base.part(std::to_string(phone.id.value)); }

Html named_link(const web::Url& to, std::string_view label, std::string_view number) {
  return Html{}("<a href=\""_html, to, "\">"_html, label, "<span class=\"sr\"> "_html, number, "</span></a>"_html);
}

Html phone_detail(const Exchange& exchange, const Phone& phone) {
  const auto& words = exchange.words();
  auto text = words.text("accounts.phones.proved_on",
                         {{"date", words.long_date(catalogue::day_in_zone(phone.proved_at, exchange.time_zone()))}});
  text += " ";
  text += words.text(phone.is_second_factor ? "accounts.phones.signs_in" : "accounts.phones.messages_only");
  if (phone.is_spoken_to) {
    text += " ";
    text += words.text("accounts.phones.called");
  }
  return Html{}(
      text, "<br>"_html,
      named_link(of_phone("/account/phones/use/", phone), words.text("accounts.phones.change"), phone.number),
      " · "_html,
      named_link(of_phone("/account/phones/removal/", phone), words.text("accounts.phones.remove"), phone.number));
}

}  // namespace

web::Response phones_page(Exchange& exchange, const std::vector<Phone>& phones) {
  const auto& words = exchange.words();
  std::vector<web::StackedItem> items;
  for (const auto& phone : phones) {
    items.push_back({.title = web::isolated(phone.number), .detail = phone_detail(exchange, phone)});
  }
  Html main;
  main(items.empty() ? web::paragraph(words.text("accounts.phones.none")) : web::stacked_list(items));
  if (phones.size() < kPhonesMax) {
    main("<p>"_html, web::button_link("/account/phones/add", words.text("accounts.phones.add_button")), "</p>"_html);
  }
  return account_frame(exchange, {}, words.text("accounts.phones.title"), words.text("accounts.phones.lead"), main);
}

web::Response add_phone_page(Exchange& exchange, const FormState& form, const catalogue::Catalogue& catalogue) {
  const auto& words = exchange.words();
  return account_frame(exchange, form, words.text("accounts.phones.add_title"), words.text("accounts.phones.add_lead"),
                       web::post_form(exchange, "/account/phones/add",
                                      Html{}(phone_fields(exchange, form, catalogue, {}),
                                             web::primary_button(words.text("accounts.sign_up.phone.button")))));
}

web::Response phone_code_page(Exchange& exchange, const FormState& form, std::string_view number, bool spoken) {
  const auto& words = exchange.words();
  Html main;
  if (exchange.query("sent") == "yes") {
    main(web::flash(web::NoteKind::done, words.text("accounts.sign_up.code_sent")));
  }
  main(web::post_form(exchange, "/account/phones/code",
                      Html{}(six_digits_field(exchange, form, "code", words.text("accounts.sign_up.phone_code.label"),
                                              words.text("accounts.sign_up.phone_code.hint")),
                             web::primary_button(words.text("accounts.phones.confirm_button")))),
       web::explanation(words.text("accounts.sign_up.phone_code.nothing_came"),
                        Html{}(web::paragraph(words.text("accounts.sign_up.phone_code.nothing_came_text")),
                               web::post_form(exchange, "/account/phones/code/again", send_again_buttons(exchange)))),
       "<p>"_html, web::link("/account/phones/add", words.text("accounts.sign_up.phone_code.other_number")),
       "</p>"_html);
  const auto lead = words.text(spoken ? "accounts.sign_up.phone_code.lead_voice" : "accounts.sign_up.phone_code.lead",
                               {{"ending", phone_ending(std::string(number))}});
  return account_frame(exchange, form, words.text("accounts.sign_up.phone_code.title"), lead, main);
}

web::Response phone_use_page(Exchange& exchange, const FormState& form, const Phone& phone, bool has_strong_one) {
  const auto& words = exchange.words();
  const auto ticked = [&](std::string_view name, bool now) {
    return form.failed() ? form.value(name) : std::string_view(now ? "yes" : "");
  };
  Html fields;
  fields(web::check_field(exchange, form,
                          {.name = "signs_in",
                           .label = words.text("accounts.phones.use_signs_in"),
                           .hint = words.text("accounts.phones.use_signs_in_hint"),
                           .is_required = false,
                           .value = ticked("signs_in", phone.is_second_factor)}),
         web::check_field(exchange, form,
                          {.name = "spoken",
                           .label = words.text("accounts.phones.use_spoken"),
                           .hint = words.text("accounts.phones.use_spoken_hint"),
                           .is_required = false,
                           .value = ticked("spoken", phone.is_spoken_to)}),
         web::primary_button(words.text("accounts.account.save")));
  Html warning;
  warning(web::paragraph(words.text("accounts.phones.weaker_text")));
  if (!has_strong_one) {
    warning("<p>"_html, web::link("/account/authenticators", words.text("accounts.phones.add_app")), "</p>"_html);
  }
  Html main;
  main(web::note(web::NoteKind::information, words.text("accounts.phones.weaker_title"), warning),
       web::post_form(exchange, of_phone("/account/phones/use/", phone), fields));
  return account_frame(exchange, form, words.text("accounts.phones.use_title"),
                       words.text("accounts.phones.use_lead", {{"ending", phone_ending(phone.number)}}), main);
}

web::Response remove_phone_page(Exchange& exchange, const FormState& form, const Phone& phone) {
  const auto& words = exchange.words();
  Html main;
  main(web::fact_list(
           {{.label = std::string(words.text("accounts.account.phone")), .value = web::isolated(phone.number)}}),
       web::paragraph(words.text("accounts.phones.remove_text")),
       web::post_form(exchange, of_phone("/account/phones/removal/", phone),
                      web::primary_button(words.text("accounts.phones.remove_button"))));
  return account_frame(exchange, form, words.text("accounts.phones.remove_title"), {}, main);
}

}  // namespace waymark::accounts::pages
