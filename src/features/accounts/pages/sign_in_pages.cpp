#include "features/accounts/pages/sign_in_pages.hpp"

#include "features/accounts/pages/passkey_pages.hpp"
#include "features/accounts/pages/second_factor_page.hpp"
#include "web/site.hpp"

namespace waymark::accounts::pages {
using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

std::string wanted_page(const Exchange& exchange, const FormState& form) {
  return form.typed.has("return_to") ? std::string(form.value("return_to")) : exchange.query("return_to");
}

Html return_field(const Exchange& exchange, const FormState& form) {
  const auto wanted = wanted_page(exchange, form);
  if (!web::Url::is_local(wanted)) return {};
  Html field;
  field("<input type=\"hidden\" name=\"return_to\" value=\""_html, wanted, "\">"_html);
  return field;
}

web::Response sign_in_page(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  Html fields;
  fields(return_field(exchange, form));
  fields(web::text_field(exchange, form,
                         {.name = "email",
                          .label = words.text("accounts.field.email"),
                          .type = "email",
                          .autocomplete = "username webauthn",
                          .inputmode = "email",
                          .size_max = 254}));
  fields(web::password_field(exchange, form,
                             {.name = "password",
                              .label = words.text("accounts.field.password"),
                              .autocomplete = "current-password",
                              .size_max = 512}));
  fields(web::check_field(exchange, form,
                          {.name = "shared_computer",
                           .label = words.text("accounts.sign_in.shared"),
                           .hint = words.text("accounts.sign_in.shared_hint"),
                           .is_required = false}));
  fields(web::primary_button(words.text("accounts.sign_in.button")));

  Html main;
  main(web::error_summary(exchange, form));
  main(web::page_heading(words.text("accounts.sign_in.title")));
  main(sign_in_passkey_part(exchange, form, return_field(exchange, form)));
  main(web::post_form(exchange, "/sign-in", fields));
  main("<p>"_html, web::link("/recover", words.text("accounts.sign_in.cannot")), "</p>"_html);
  main("<p>"_html, web::link("/help", words.text("accounts.sign_in.help")), "</p>"_html);
  main("<p>"_html, words.text("accounts.sign_in.no_account"), " "_html,
       web::link("/sign-up", words.text("accounts.sign_in.create")), "</p>"_html);
  main(web::note(
      web::NoteKind::information, words.text("accounts.sign_in.address_title"),
      Html()("<p>"_html, words.text("accounts.sign_in.address_text", {{"origin", exchange.site.parts().origin}}),
             "</p><p>"_html, web::link("/genuine", words.text("accounts.sign_in.genuine")), "</p>"_html)));
  return web::render_page(
      exchange, {.title = std::string(words.text("accounts.sign_in.title")), .may_compress = false, .form = &form},
      main);
}

namespace {

// The password, and the code where one is owed.
Html prove_again_form(Exchange& exchange, const FormState& form, const SecondFactorView& view) {
  const auto& words = exchange.words();
  Html fields;
  fields(return_field(exchange, form), web::password_field(exchange, form,
                                                           {.name = "password",
                                                            .label = words.text("accounts.field.password"),
                                                            .autocomplete = "current-password",
                                                            .size_max = 512}));
  if (exchange.visitor.owes_second_factor) fields(second_factor_field(exchange, form, view.way));
  fields(web::primary_button(words.text("accounts.again.button")));
  return web::post_form(exchange, web::Url::local_or(kProveAgainPage, "/"), fields);
}

}  // namespace

web::Response prove_again_page(Exchange& exchange, const FormState& form, const SecondFactorView& view) {
  const auto& words = exchange.words();
  const bool needs_code = exchange.visitor.owes_second_factor;
  Html main;
  main(web::error_summary(exchange, form));
  if (exchange.query("sent") == "yes") main(web::flash(web::NoteKind::done, words.text("accounts.sign_up.code_sent")));
  main(web::page_heading(words.text("accounts.again.title"),
                         words.text(needs_code ? "accounts.again.lead_with_code" : "accounts.again.lead")));
  if (view.ways.passkeys > 0) main(prove_again_passkey_part(exchange, form, return_field(exchange, form)));
  const auto proof = prove_again_form(exchange, form, view);
  // First the code, which then is typed beside the password.
  main(needs_code && view.way == SecondFactor::phone
           ? texted_code_part(exchange, form, view, kProveAgainPage, proof,
                              web::paragraph(words.text("accounts.again.text_first")))
           : proof);
  if (needs_code) main(other_way_links(exchange, form, view, kProveAgainPage));
  return web::render_page(
      exchange, {.title = std::string(words.text("accounts.again.title")), .may_compress = false, .form = &form}, main);
}

web::Response sign_out_page(Exchange& exchange) {
  const auto& words = exchange.words();
  Html main;
  main(web::page_heading(words.text("accounts.sign_out.title"), words.text("accounts.sign_out.lead")));
  main(web::post_form(exchange, "/sign-out", web::primary_button(words.text("accounts.sign_out.button"))));
  return web::render_page(exchange, {.title = std::string(words.text("accounts.sign_out.title"))}, main);
}

web::Response signed_out_page(Exchange& exchange) {
  const auto& words = exchange.words();
  const bool was_idle = exchange.query("why") == "idle";
  auto again = web::Url("/sign-in");
  if (const auto wanted = exchange.query("return_to"); web::Url::is_local(wanted))
    again = again.with("return_to", wanted);
  Html inside;
  inside(web::paragraph(words.text(was_idle ? "accounts.signed_out.idle_text" : "accounts.signed_out.text")),
         web::button_link(again, words.text("accounts.signed_out.again")));
  Html main;
  main(web::confirm_panel(words.text("accounts.signed_out.title"), {}, {}, inside));
  return web::render_page(exchange, {.title = std::string(words.text("accounts.signed_out.title"))}, main);
}

}  // namespace waymark::accounts::pages
