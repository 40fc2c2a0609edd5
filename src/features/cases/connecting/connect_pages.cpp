#include "features/cases/connecting/connect_pages.hpp"

namespace waymark::cases::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using web::Url;
using namespace web::literals;

constexpr std::string_view kOrganisation = "organisation";

Html receipt_number_field(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  return web::text_field(
      exchange, form,
      {.name = "receipt_number",
       .label = words.text("cases.field.receipt_number"),
       .hint = words.text("cases.field.receipt_number_hint", {{"prefix", exchange.brand().receipt_prefix}}),
       .autocomplete = "off",
       .size_max = 40,
       .width = "md",
       .is_code = true});
}

Html proof_field(Exchange& exchange, const FormState& form, ProofKind kind) {
  const auto& words = exchange.words();
  Html field;
  if (kind == ProofKind::birth_date) {
    field(web::date_field(exchange, form, "date_of_birth", words.text("cases.field.date_of_birth"),
                          words.text("cases.field.date_of_birth_hint"), "bday"));
    return field;
  }
  field("<input type=\"hidden\" name=\"as\" value=\"organisation\">"_html,
        web::text_field(exchange, form,
                        {.name = "registration_number",
                         .label = words.text("cases.field.registration_number"),
                         .hint = words.text("cases.field.registration_number_hint"),
                         .autocomplete = "off",
                         .size_max = 100,
                         .width = "md",
                         .is_code = true}));
  return field;
}

// Two links, so that the choice works without scripts: the one that is on is said in words, and is no link.
Html who_connects(Exchange& exchange, ProofKind kind, const Url& page) {
  const auto& words = exchange.words();
  const bool is_person = kind == ProofKind::birth_date;
  Html choice;
  choice("<p>"_html, words.text(is_person ? "cases.connect.as_person" : "cases.connect.as_organisation"), " "_html,
         web::link(is_person ? page.with("as", kOrganisation) : page,
                   words.text(is_person ? "cases.connect.to_organisation" : "cases.connect.to_person")),
         "</p>"_html);
  return choice;
}

Url with_kind(const Url& page, ProofKind kind) {
  return kind == ProofKind::registration_number ? page.with("as", kOrganisation) : page;
}

// Every refusal offers the same way on.
Html refusal_note(Exchange& exchange, const FormState& form, ProofKind kind) {
  if (!form.failed() || !form.failure->fields.empty()) return {};
  const auto& words = exchange.words();
  Html inside;
  inside(web::paragraph(words.text("cases.connect.refused_text")),
         web::button_link(with_kind("/cases/connect/new-code", kind), words.text("cases.connect.new_code"), false));
  return web::note(web::NoteKind::needs_you, words.text("cases.connect.refused_title"), inside);
}

}  // namespace

ProofKind proof_kind_of(const Exchange& exchange, const web::Form& typed) {
  const bool is_organisation = typed.get("as") == kOrganisation || !typed.get("registration_number").empty() ||
                               exchange.query("as") == kOrganisation;
  return is_organisation ? ProofKind::registration_number : ProofKind::birth_date;
}

web::Response connect_page(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  const auto kind = proof_kind_of(exchange, form.typed);
  Html fields;
  fields(receipt_number_field(exchange, form),
         web::text_field(exchange, form,
                         {.name = "access_code",
                          .label = words.text("cases.field.access_code"),
                          .hint = words.text("cases.field.access_code_hint"),
                          .autocomplete = "off",
                          .size_max = 100,
                          .width = "md",
                          .is_code = true}),
         proof_field(exchange, form, kind), web::primary_button(words.text("cases.connect.button")));
  Html main;
  main(web::error_summary(exchange, form),
       web::page_heading(words.text("cases.connect.title"), words.text("cases.connect.lead")),
       refusal_note(exchange, form, kind), who_connects(exchange, kind, "/cases/connect"),
       web::post_form(exchange, "/cases/connect", fields));
  main(web::explanation(words.text("cases.connect.where_title"),
                        Html()(web::paragraph(words.text("cases.connect.where_text")))));
  main("<p>"_html, words.text("cases.connect.no_code"), " "_html,
       web::link(with_kind("/cases/connect/new-code", kind), words.text("cases.connect.new_code")), "</p><p>"_html,
       web::link("/help/fix/case-wont-connect", words.text("cases.connect.guide")), "</p>"_html);
  return web::render_page(exchange,
                          {.title = std::string(words.text("cases.connect.title")),
                           .active_nav = "connect",
                           .may_compress = false,
                           .form = &form},
                          main);
}

web::Response new_code_page(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  const auto kind = proof_kind_of(exchange, form.typed);
  Html fields;
  fields(receipt_number_field(exchange, form), proof_field(exchange, form, kind),
         web::primary_button(words.text("cases.new_code.button")));
  Html main;
  main(web::error_summary(exchange, form),
       web::page_heading(words.text("cases.new_code.title"), words.text("cases.new_code.lead")),
       who_connects(exchange, kind, "/cases/connect/new-code"),
       web::post_form(exchange, "/cases/connect/new-code", fields),
       web::note(web::NoteKind::information, words.text("cases.new_code.moved_title"),
                 web::paragraph(words.text("cases.new_code.moved_text", {{"phone", exchange.brand().phone}}))));
  return web::render_page(exchange,
                          {.title = std::string(words.text("cases.new_code.title")),
                           .active_nav = "connect",
                           .may_compress = false,
                           .form = &form},
                          main);
}

web::Response new_code_sent_page(Exchange& exchange) {
  const auto& words = exchange.words();
  Html main;
  main(web::page_heading(words.text("cases.new_code.sent_title"), words.text("cases.new_code.sent_lead")),
       web::paragraph(words.text("cases.new_code.sent_text")), web::paragraph(words.text("cases.new_code.sent_again")),
       web::button_row(Html()(web::button_link("/cases", words.text("cases.to_my_cases")))));
  return web::render_page(
      exchange, {.title = std::string(words.text("cases.new_code.sent_title")), .active_nav = "connect"}, main);
}

}  // namespace waymark::cases::pages
