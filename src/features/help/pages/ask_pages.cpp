#include "features/help/pages/ask_pages.hpp"

#include "features/accounts/pages/factor_parts.hpp"
#include "features/help/limits.hpp"
#include "features/help/pages/help_parts.hpp"

namespace waymark::help::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

constexpr int kSteps = 3;

web::Response ask_page(Exchange& exchange, const FormState& form, std::string_view title, const Html& main) {
  Html page;
  page(web::error_summary(exchange, form), main);
  return web::render_page(exchange, {.title = std::string(title), .may_compress = false, .form = &form}, page);
}

}  // namespace

web::Response ask_email_page(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  const auto title = words.text("help.ask.email_title");
  Html fields;
  fields(web::text_field(exchange, form,
                         {.name = "email",
                          .label = words.text("accounts.field.email"),
                          .hint = words.text("help.ask.email_hint"),
                          .type = "email",
                          .autocomplete = "email",
                          .inputmode = "email",
                          .size_max = 254}),
         web::primary_button(words.text("help.ask.email_button")));
  Html main;
  if (exchange.query("ended") == "yes") {
    main(web::note(web::NoteKind::information, words.text("help.ask.ended_title"),
                   web::paragraph(words.text("help.ask.ended_text"))));
  }
  main(web::step_heading(exchange, 1, kSteps, title, words.text("help.ask.email_lead")),
       web::post_form(exchange, "/help/ask", fields),
       web::section(words.text("help.ask.first_title"), problem_links(exchange)));
  return ask_page(exchange, form, title, main);
}

web::Response ask_code_page(Exchange& exchange, const FormState& form, const Asking& asking) {
  const auto& words = exchange.words();
  const auto title = words.text("help.ask.code_title");
  Html fields;
  fields(accounts::pages::six_digits_field(exchange, form, "code", words.text("help.ask.code_label"),
                                           words.text("help.ask.code_hint")),
         web::primary_button(words.text("help.ask.code_button")));
  Html main;
  if (exchange.query("sent") == "yes") main(web::flash(web::NoteKind::done, words.text("accounts.sign_up.code_sent")));
  main(web::step_heading(exchange, 2, kSteps, title,
                         words.text("help.ask.code_lead", {{"email", asking.email.address}})),
       web::post_form(exchange, "/help/ask/code", fields),
       web::explanation(words.text("help.ask.nothing_came"),
                        Html{}(web::paragraph(words.text("help.ask.nothing_came_text")),
                               web::post_form(exchange, "/help/ask/code/again",
                                              web::secondary_button(words.text("help.ask.again"))))),
       "<p>"_html, web::link("/help/ask", words.text("help.ask.other_address")), "</p>"_html);
  return ask_page(exchange, form, title, main);
}

web::Response ask_question_page(Exchange& exchange, const FormState& form, const Asking& asking) {
  const auto& words = exchange.words();
  const auto title = words.text("help.ask.question_title");
  Html fields;
  fields(topic_field(exchange, form),
         web::text_area_field(exchange, form,
                              {.name = "text",
                               .label = words.text("help.ask.text"),
                               .hint = words.text("help.ask.text_hint"),
                               .size_max = static_cast<int>(kQuestionLengthMax)},
                              10),
         web::text_field(
             exchange, form,
             {.name = "receipt_number",
              .label = words.text("cases.field.receipt_number"),
              .hint = words.text("cases.field.receipt_number_hint", {{"prefix", exchange.brand().receipt_prefix}}),
              .autocomplete = "off",
              .size_max = 40,
              .width = "md",
              .is_required = false,
              .is_code = true}),
         web::primary_button(words.text("help.ask.button")));
  const auto until = words.time(asking.expires_at, exchange.time_zone());
  Html main;
  main(web::step_heading(
           exchange, 3, kSteps, title,
           words.text("help.ask.question_lead", {{"email", asking.email.address}, {"time", std::string_view(until)}})),
       web::post_form(exchange, "/help/ask/question", fields));
  return ask_page(exchange, form, title, main);
}

web::Response ask_ended_page(Exchange& exchange, std::string_view typed) {
  const auto& words = exchange.words();
  const auto title = words.text("help.ask.ended_title");
  Html main;
  main(web::page_heading(title, words.text("help.ask.ended_text")));
  if (!typed.empty()) {
    main(web::section(words.text("help.ask.ended_copy"), Html{}("<pre class=\"message\">"_html, typed, "</pre>"_html)));
  }
  main(web::button_row(web::button_link("/help/ask", words.text("help.ask.ended_button"))));
  return web::render_page(exchange, {.title = std::string(title), .status = 409, .may_compress = false}, main);
}

web::Response ask_sent_page(Exchange& exchange, std::string_view reference) {
  const auto& words = exchange.words();
  return sent_page(
      exchange, "help.ask.sent_title", reference,
      Html{}(web::paragraph(words.text("help.ask.sent_next")), web::paragraph(words.text("help.ask.sent_safe"))));
}

}  // namespace waymark::help::pages
