#include "features/cases/firms/pages.hpp"

#include "features/cases/limits.hpp"
#include "features/cases/representing/page_parts.hpp"
#include "features/cases/representing/pages.hpp"
#include "web/row_form.hpp"

namespace waymark::cases::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using web::NoteKind;
using web::Url;
using namespace web::literals;

std::string_view standing_words(Exchange& exchange, FirmStanding standing) {
  return exchange.words().text(fmt::format("cases.firm.standing.{}", to_text(standing)));
}

Html standing_field(Exchange& exchange, const FormState& form, FirmStanding chosen) {
  const auto& words = exchange.words();
  std::vector<web::Choice> choices;
  for (const auto standing : kFirmStandings) {
    choices.push_back({.value = std::string(to_text(standing)),
                       .label = std::string(standing_words(exchange, standing)),
                       .hint = std::string(words.text(fmt::format("cases.firm.standing_hint.{}", to_text(standing))))});
  }
  return web::radio_field(exchange, form,
                          {.name = "standing", .label = words.text("cases.field.standing"), .value = to_text(chosen)},
                          choices);
}

Html back_to_firm(Exchange& exchange) { return back_link(exchange, "/firm", "cases.firm.back"); }

Html members_card(Exchange& exchange, const ShownFirm& firm) {
  const auto& words = exchange.words();
  const bool is_owner = firm.own.standing == FirmStanding::owner;
  std::vector<web::StackedItem> items;
  for (const auto& member : firm.members) {
    web::StackedItem item;
    item.title(web::isolated(member.name));
    if (member.of.id == firm.own.id) item.title(" "_html, words.text("overview.party.you"));
    item.detail(web::quiet(standing_words(exchange, member.of.standing)));
    if (!member.of.is_in()) {
      item.detail("<p>"_html, web::tag(NoteKind::information, words.text("cases.firm.invited")), "</p>"_html,
                  web::quiet(words.text("cases.firm.lapses", {{"date", day_of(exchange, member.of.lapses_at)}})));
    }
    if (is_owner)
      item.aside(web::link(Url("/firm/members/").part(fmt::to_string(member.of.id.value)),
                           words.text("cases.firm.change_member", {{"name", member.name}})));
    items.push_back(std::move(item));
  }
  Html inside = web::stacked_list(items);
  if (is_owner)
    inside(web::button_row(web::button_link("/firm/invite", words.text("cases.firm.invite"), firm.members.size() < 2)));
  return web::card(words.text("cases.firm.members"), inside, "members");
}

Html clients_table(Exchange& exchange, const ShownFirm& firm) {
  const auto& words = exchange.words();
  if (firm.clients.empty()) {
    return web::empty_state(words.text("cases.firm.no_clients"),
                            web::paragraph(words.text("cases.firm.no_clients_text")));
  }
  std::vector<std::vector<Html>> rows;
  for (const auto& one : firm.clients) {
    rows.push_back({web::link(Url("/representing/").part(one.receipt_number), one.receipt_number),
                    web::isolated(one.client), web::isolated(one.representative)});
  }
  auto inside =
      web::table(words.text("cases.firm.clients"),
                 {std::string(words.text("cases.field.receipt_number")), std::string(words.text("cases.firm.client")),
                  std::string(words.text("cases.firm.representative"))},
                 rows);
  return inside(older_link(exchange, "/firm", firm.last));
}

Html invitations_section(Exchange& exchange, const std::vector<ShownInvitation>& invitations) {
  if (invitations.empty()) return {};
  const auto& words = exchange.words();
  std::vector<web::StackedItem> items;
  for (const auto& one : invitations) {
    web::StackedItem item;
    item.title(web::isolated(one.firm));
    item.detail(web::quiet(words.text("cases.firm.invited_by", {{"name", one.inviter}})),
                web::quiet(standing_words(exchange, one.of.standing)),
                web::quiet(words.text("cases.firm.lapses", {{"date", day_of(exchange, one.of.lapses_at)}})));
    item.aside(
        web::row_form(exchange, "/firm/join", "member", one.of.id.value, words.text("cases.firm.join"), one.firm),
        web::row_form(exchange, "/firm/decline", "member", one.of.id.value, words.text("cases.helping.decline"),
                      one.firm));
    items.push_back(std::move(item));
  }
  return web::section(words.text("cases.firm.invitations"), web::stacked_list(items), "invitations");
}

}  // namespace

web::Response firm_page(Exchange& exchange, const ShownFirm& firm) {
  const auto& words = exchange.words();
  Html main;
  for (const std::string_view done : {"opened", "invited", "joined", "changed", "removed"})
    main(flash_of(exchange, done, fmt::format("cases.firm.done.{}", done)));
  main(web::page_heading(firm.name, words.text(fmt::format("cases.firm.lead.{}", to_text(firm.own.standing)))));
  if (exchange.query("before").empty()) main(members_card(exchange, firm));
  main(clients_table(exchange, firm),
       web::explanation(words.text("cases.firm.rules_title"), web::paragraph(words.text("cases.firm.rules_text"))));
  Html ways;
  ways("<p>"_html, web::link("/firm/leave", words.text("cases.firm.leave")), "</p>"_html);
  if (firm.own.standing == FirmStanding::owner)
    ways("<p>"_html, web::link("/firm/close", words.text("cases.firm.close")), "</p>"_html);
  main(ways, back_link(exchange, "/account", "cases.helping.back"));
  return web::render_page(exchange, {.title = firm.name, .active_nav = "account"}, main);
}

web::Response no_firm_page(Exchange& exchange, const std::vector<ShownInvitation>& invitations, bool may_open) {
  const auto& words = exchange.words();
  const std::string title(words.text("cases.firm.title"));
  Html main;
  for (const std::string_view done : {"declined", "left", "closed"})
    main(flash_of(exchange, done, fmt::format("cases.firm.done.{}", done)));
  main(web::page_heading(title, words.text("cases.firm.lead.none")), invitations_section(exchange, invitations));
  if (may_open) {
    main(web::paragraph(words.text("cases.firm.open_text")),
         web::button_row(web::button_link("/firm/open", words.text("cases.firm.open"), invitations.empty())));
  } else if (invitations.empty()) {
    main(web::empty_state(words.text("cases.firm.none"), web::paragraph(words.text("cases.firm.none_text"))));
  }
  main(back_link(exchange, "/account", "cases.helping.back"));
  return web::render_page(exchange, {.title = title, .active_nav = "account"}, main);
}

web::Response open_firm_page(Exchange& exchange, const FormState& form, std::string_view organisation) {
  const auto& words = exchange.words();
  return form_page(exchange, form, "cases.firm.open", "cases.firm.open_text", "/firm/open",
                   Html{}(web::text_field(exchange, form,
                                          {.name = "firm_name",
                                           .label = words.text("cases.field.firm_name"),
                                           .hint = words.text("cases.field.firm_name_hint"),
                                           .autocomplete = "organization",
                                           .size_max = static_cast<int>(kOrganisationMax),
                                           .value = organisation}),
                          web::primary_button(words.text("cases.firm.open_button"))),
                   back_to_firm(exchange), "account");
}

web::Response invite_page(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  return form_page(exchange, form, "cases.firm.invite", "cases.firm.invite_lead", "/firm/invite",
                   Html{}(web::text_field(exchange, form,
                                          {.name = "email",
                                           .label = words.text("cases.field.member_email"),
                                           .hint = words.text("cases.field.member_email_hint"),
                                           .type = "email",
                                           .autocomplete = "off",
                                           .size_max = 254}),
                          standing_field(exchange, form, FirmStanding::member),
                          web::primary_button(words.text("cases.firm.invite_button"))),
                   back_to_firm(exchange), "account");
}

web::Response member_page(Exchange& exchange, const FormState& form, const ShownMember& member) {
  const auto& words = exchange.words();
  const auto page = Url("/firm/members/").part(fmt::to_string(member.of.id.value));
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(member.name, words.text("cases.firm.member_lead")),
       web::post_form(exchange, page,
                      Html{}(standing_field(exchange, form, member.of.standing),
                             web::primary_button(words.text("cases.firm.save")))),
       web::section(words.text("cases.firm.remove_title"),
                    Html{}(web::paragraph(words.text("cases.firm.remove_text")),
                           web::row_form(exchange, "/firm/members/remove", "member", member.of.id.value,
                                         words.text("cases.firm.remove"), member.name)),
                    "remove"),
       back_to_firm(exchange));
  return web::render_page(exchange,
                          {.title = member.name, .active_nav = "account", .may_compress = false, .form = &form}, main);
}

web::Response leave_page(Exchange& exchange, const FormState& form) {
  return form_page(exchange, form, "cases.firm.leave", "cases.firm.leave_text", "/firm/leave",
                   web::primary_button(exchange.words().text("cases.firm.leave_button")), back_to_firm(exchange),
                   "account");
}

web::Response close_page(Exchange& exchange, const FormState& form) {
  return form_page(exchange, form, "cases.firm.close", "cases.firm.close_text", "/firm/close",
                   web::primary_button(exchange.words().text("cases.firm.close_button")), back_to_firm(exchange),
                   "account");
}

web::Response share_page(Exchange& exchange, const FormState& form, const Representation& client,
                         std::string_view client_name, std::string_view firm) {
  const auto& words = exchange.words();
  Html fields;
  fields(web::fact_list({{std::string(words.text("cases.field.receipt_number")), web::code_text(client.receipt_number)},
                         {std::string(words.text("cases.firm.client")), web::isolated(client_name)},
                         {std::string(words.text("cases.field.firm_name")), web::isolated(firm)}}),
         web::paragraph(words.text("cases.firm.share_told")),
         "<input type=\"hidden\" name=\"representation\" value=\""_html, fmt::to_string(client.id.value), "\">"_html,
         web::primary_button(words.text("cases.firm.share_button")));
  return form_page(exchange, form, "cases.firm.share", "cases.firm.share_text", "/representing/share", fields,
                   back_link(exchange, "/representing", "cases.representing.back"), "account");
}

}  // namespace waymark::cases::pages
