#include "features/accounts/pages/second_factor_page.hpp"

#include <algorithm>

#include "base/phone.hpp"
#include "features/accounts/limits.hpp"
#include "features/accounts/pages/factor_parts.hpp"
#include "features/accounts/pages/passkey_pages.hpp"
#include "features/accounts/pages/sign_in_pages.hpp"
#include "web/site.hpp"

namespace waymark::accounts::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

struct WayWords {
  std::string_view title, lead, use;  // `use`: on the other ways' pages
};
WayWords words_of(SecondFactor way) {
  switch (way) {
    case SecondFactor::totp:
      return {"accounts.second_factor.title", "accounts.second_factor.lead", "accounts.second_factor.use_totp"};
    case SecondFactor::phone:
      return {"accounts.second_factor.text_title", "accounts.second_factor.text_lead",
              "accounts.second_factor.use_text"};
    case SecondFactor::backup_code:
      break;
  }
  return {"accounts.second_factor.backup_title", "accounts.second_factor.backup_lead",
          "accounts.second_factor.use_backup"};
}

Html code_form(Exchange& exchange, const FormState& form, SecondFactor way) {
  const auto& words = exchange.words();
  Html fields;
  fields(return_field(exchange, form), second_factor_field(exchange, form, way));
  if (!exchange.visitor.is_shared_computer) {
    fields(web::check_field(
        exchange, form,
        {.name = "remember_device",
         .label = words.text("accounts.second_factor.remember", {{"days", std::int64_t{kDeviceRemembered.count()}}}),
         .hint = words.text("accounts.second_factor.remember_hint"),
         .is_required = false}));
  }
  fields(web::primary_button(words.text("accounts.second_factor.button")));
  return web::post_form(exchange, "/sign-in/second-factor", fields);
}

// Text or call, the way that its owner chose first.
Html send_form(Exchange& exchange, const FormState& form, const Phone& phone, std::string_view page) {
  const auto& words = exchange.words();
  const std::string id = std::to_string(phone.id.value);
  const auto ending = phone_ending(phone.number);
  const auto button = [&](bool spoken) {
    const auto label =
        words.text(catalogue::either(spoken, "accounts.second_factor.call_to", "accounts.second_factor.text_to"),
                   {{"ending", ending}});
    return web::secondary_button(label, "phone_way", spoken ? "voice" : "text");
  };
  Html inside;
  inside(return_field(exchange, form), "<input type=\"hidden\" name=\"phone\" value=\""_html, id, "\">"_html,
         web::button_row(Html{}(button(phone.is_spoken_to), button(!phone.is_spoken_to))));
  return web::post_form(exchange, web::Url::local_or(std::string(page) + "/text", "/"), inside, "form form--inline");
}

bool has(const WaysIn& ways, SecondFactor way) {
  if (way == SecondFactor::totp) return ways.apps > 0;
  return way == SecondFactor::phone ? ways.phones > 0 : ways.backup_codes_left > 0;
}

Html help_for_none(Exchange& exchange) {
  const auto& words = exchange.words();
  return web::explanation(
      words.text("accounts.second_factor.none_at_hand"),
      Html{}(web::paragraph(words.text("accounts.second_factor.none_at_hand_text")), "<p>"_html,
             web::link("/recover/second-factor", words.text("accounts.second_factor.lost")), "</p>"_html));
}

}  // namespace

Html second_factor_field(Exchange& exchange, const FormState& form, SecondFactor way) {
  const auto& words = exchange.words();
  if (way == SecondFactor::totp) {
    return six_digits_field(exchange, form, "totp", words.text("accounts.field.totp"),
                            words.text("accounts.second_factor.totp_hint"));
  }
  if (way == SecondFactor::phone) {
    return six_digits_field(exchange, form, "text_code", words.text("accounts.sign_up.phone_code.label"),
                            words.text("accounts.sign_up.phone_code.hint"));
  }
  return web::text_field(exchange, form,
                         {.name = "backup_code",
                          .label = words.text("accounts.field.backup_code"),
                          .hint = words.text("accounts.second_factor.backup_hint"),
                          .autocomplete = "off",
                          .size_max = 40,
                          .width = "md",
                          .is_code = true,
                          .group_size = 5});
}

Html texted_code_part(Exchange& exchange, const FormState& form, const SecondFactorView& view, std::string_view page,
                      const Html& code_form, const Html& before) {
  const auto& words = exchange.words();
  Html sends;
  for (const auto& phone : view.phones) sends(send_form(exchange, form, phone, page));
  const auto phone = std::ranges::find_if(view.phones, [&](const Phone& one) { return view.texted == one.id; });
  if (phone == view.phones.end()) return Html{}(before, sends);
  return Html{}(
      web::paragraph(words.text("accounts.second_factor.text_sent", {{"ending", phone_ending(phone->number)}})),
      code_form,
      web::explanation(words.text("accounts.sign_up.phone_code.nothing_came"),
                       Html{}(web::paragraph(words.text("accounts.second_factor.text_nothing_came")), sends)));
}

Html other_way_links(Exchange& exchange, const FormState& form, const SecondFactorView& view, std::string_view page) {
  const auto& words = exchange.words();
  Html html;
  for (const auto way : {SecondFactor::totp, SecondFactor::phone, SecondFactor::backup_code}) {
    if (way == view.way || !has(view.ways, way)) continue;
    html("<p>"_html,
         web::link(second_factor_url(page, way, wanted_page(exchange, form)), words.text(words_of(way).use)),
         "</p>"_html);
  }
  return html;
}

web::Url second_factor_url(std::string_view page, SecondFactor way, std::string_view wanted) {
  auto url = web::Url::local_or(page, "/sign-in");
  if (way == SecondFactor::totp) url = url.with("with", "app");
  if (way == SecondFactor::phone) url = url.with("with", "text");
  if (way == SecondFactor::backup_code) url = url.with("with", "backup-code");
  return web::Url::is_local(wanted) ? url.with("return_to", wanted) : url;
}

web::Response second_factor_page(Exchange& exchange, const FormState& form, const SecondFactorView& view) {
  const auto& words = exchange.words();
  const auto of_way = words_of(view.way);
  const auto title = words.text(of_way.title);
  Html main;
  main(web::error_summary(exchange, form));
  if (exchange.query("sent") == "yes") {
    main(web::flash(web::NoteKind::done, words.text("accounts.sign_up.code_sent")));
  }
  main(web::page_heading(title, words.text(of_way.lead)));
  if (view.ways.passkeys > 0) main(second_factor_passkey_part(exchange, form, return_field(exchange, form)));
  const auto code = code_form(exchange, form, view.way);
  main(view.way == SecondFactor::phone ? texted_code_part(exchange, form, view, kSecondFactorPage, code) : code);
  if (view.way == SecondFactor::phone) {
    main(web::quiet(words.text(view.ways.has_strong_one() ? "accounts.second_factor.text_weaker"
                                                          : "accounts.second_factor.text_add_stronger")));
  }
  main(other_way_links(exchange, form, view, kSecondFactorPage), help_for_none(exchange));
  main(web::post_form(exchange, "/sign-out", web::secondary_button(words.text("accounts.second_factor.start_over"))));
  return web::render_page(exchange, {.title = std::string(title), .may_compress = false, .form = &form}, main);
}

}  // namespace waymark::accounts::pages
