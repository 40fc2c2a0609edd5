#include "features/messages/pages/office_pages.hpp"

#include <algorithm>

#include "features/messages/limits.hpp"
#include "features/messages/pages/person_pages.hpp"
#include "web/site.hpp"

namespace waymark::messages::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using web::NoteKind;
using namespace web::literals;

web::Url address_of(const Thread& thread) {
  return web::Url("/office/messages/").part(std::to_string(thread.id.value));
}

web::Url below(const Thread& thread, std::string_view act) {
  return web::Url::local_or(address_of(thread).text() + std::string(act), "/office/messages");
}

std::string_view to_text(Whose whose) {
  return whose == Whose::mine ? "mine" : whose == Whose::nobodys ? "nobodys" : "everybodys";
}

web::Url list_url(const ThreadsAsked& asked) {
  auto url = web::Url("/office/messages").with("whose", to_text(asked.whose));
  if (asked.state != ThreadState::waiting_for_office) url = url.with("state", messages::to_text(asked.state));
  if (!asked.topic.empty()) url = url.with("topic", asked.topic);
  return asked.language.empty() ? url : url.with("language", asked.language);
}

Html tabs(Exchange& exchange, const ThreadsAsked& asked) {
  const auto& words = exchange.words();
  Html html;
  html("<nav class=\"tabs\" aria-label=\""_html, words.text("messages.office.tabs"), "\"><ul>"_html);
  for (const auto whose : {Whose::everybodys, Whose::mine, Whose::nobodys}) {
    auto other = asked;
    other.whose = whose;
    html("<li><a href=\""_html, list_url(other), "\""_html);
    if (whose == asked.whose) html(" aria-current=\"page\""_html);
    html(">"_html, words.text(fmt::format("messages.office.{}", to_text(whose))), "</a></li>"_html);
  }
  html("</ul></nav>"_html);
  return html;
}

struct Option {
  std::string_view value, label;
};
Html filter_field(std::string_view name, std::string_view label, std::string_view chosen,
                  const std::vector<Option>& options) {
  Html html;
  html("<label for=\"filter-"_html, name, "\">"_html, label, "</label><select id=\"filter-"_html, name,
       "\" name=\""_html, name, "\">"_html);
  for (const auto& option : options) {
    html("<option value=\""_html, option.value, "\""_html);
    if (option.value == chosen) html(" selected"_html);
    html(">"_html, option.label, "</option>"_html);
  }
  html("</select>"_html);
  return html;
}

// By GET, so that a list has an address to keep.
Html filter(Exchange& exchange, const ThreadsAsked& asked) {
  const auto& words = exchange.words();
  std::vector<Option> states, topics{{"", words.text("messages.office.all_topics")}},
      languages{{"", words.text("messages.office.all_languages")}};
  for (const auto state : kThreadStates)
    states.push_back(
        {messages::to_text(state), words.text(fmt::format("messages.state.{}", messages::to_text(state)))});
  for (const auto topic : kTopics) topics.push_back({topic, words.text(fmt::format("messages.topic.{}", topic))});
  for (const auto* language : exchange.site.parts().words.list())
    languages.push_back({language->tag(), language->own_name()});
  Html html;
  html(
      "<form method=\"get\" action=\"/office/messages\" class=\"filter\"><input type=\"hidden\" name=\"whose\" value=\""_html,
      to_text(asked.whose), "\">"_html,
      filter_field("state", words.text("messages.office.state"), messages::to_text(asked.state), states),
      filter_field("topic", words.text("messages.office.topic"), asked.topic, topics),
      filter_field("language", words.text("messages.office.language"), asked.language, languages),
      web::secondary_button(words.text("messages.office.show")), "</form>"_html);
  return html;
}

Html version_field(const Thread& thread) {
  return Html{}("<input type=\"hidden\" name=\"version\" value=\""_html, thread.version, "\">"_html);
}

// A button of the answer's own form, so that nothing typed is lost: the page is drawn again with the reply below it.
// It stands behind the one that sends, which is the one that Enter presses.
Html reply_choice(Exchange& exchange, const FormState& form, const ThreadShown& shown) {
  if (shown.replies.empty()) return {};
  const auto& words = exchange.words();
  std::vector<web::Choice> replies{{"", ""}};
  for (const auto& reply : shown.replies) replies.push_back({std::to_string(reply.id.value), reply.title});
  return Html{}(
      "<div class=\"filter\">"_html,
      web::select_field(exchange, form,
                        {.name = "reply", .label = words.text("messages.office.saved_reply"), .is_required = false},
                        replies),
      web::secondary_button(words.text("messages.office.put_in"), "act", "insert"), "</div>"_html);
}

std::string_view language_of(Exchange& exchange, const Thread& thread) {
  const auto* language = exchange.site.parts().words.find(thread.language);
  return language == nullptr ? thread.language : language->own_name();
}

Html answer_section(Exchange& exchange, const FormState& form, const ThreadShown& shown) {
  const auto& words = exchange.words();
  const auto& thread = shown.opened.thread;
  Html fields;
  fields(version_field(thread),
         web::text_area_field(
             exchange, form,
             {.name = "text",
              .label = words.text("messages.field.answer"),
              .hint = words.text("messages.office.person_language", {{"language", language_of(exchange, thread)}}),
              .size_max = static_cast<int>(kTextMax),
              .is_required = false},
             8),
         web::check_field(exchange, form,
                          {.name = "close", .label = words.text("messages.office.close"), .is_required = false}),
         web::primary_button(words.text("messages.office.answer")), reply_choice(exchange, form, shown));
  return web::section(words.text("messages.office.answer_title"), web::post_form(exchange, address_of(thread), fields),
                      "answer");
}

std::string name_of(Exchange& exchange, const web::OfficeSeat& officer) {
  const bool is_asker = officer.officer == exchange.visitor.seat->officer;
  return is_asker ? exchange.words().text("messages.office.you", {{"name", officer.name}}) : officer.name;
}

// Nobody's, or of somebody who works here no longer.
std::string name_of(Exchange& exchange, const std::vector<web::OfficeSeat>& officers, std::optional<OfficerId> id) {
  if (!id) return std::string(exchange.words().text("messages.office.nobody"));
  const auto found = std::ranges::find(officers, *id, &web::OfficeSeat::officer);
  return found == officers.end() ? std::string(exchange.words().text("messages.office.gone"))
                                 : name_of(exchange, *found);
}

Html assign_section(Exchange& exchange, const FormState& form, const ThreadShown& shown) {
  const auto& words = exchange.words();
  const auto& thread = shown.opened.thread;
  std::vector<web::Choice> officers{{"", std::string(words.text("messages.office.nobody"))}};
  for (const auto& officer : shown.officers)
    officers.push_back({std::to_string(officer.officer.value), name_of(exchange, officer)});
  const auto assigned = thread.assigned ? std::to_string(thread.assigned->value) : std::string();
  Html fields;
  fields(version_field(thread),
         web::select_field(exchange, form,
                           {.name = "assigned",
                            .label = words.text("messages.office.assigned"),
                            .is_required = false,
                            .value = assigned},
                           officers),
         web::secondary_button(words.text("messages.office.assign")));
  return web::card(words.text("messages.office.assign_title"),
                   web::post_form(exchange, below(thread, "/assignment"), fields), "assign");
}

}  // namespace

web::Response threads_page(Exchange& exchange, const ThreadsShown& shown) {
  const auto& words = exchange.words();
  const bool wait = shown.asked.state == ThreadState::waiting_for_office;
  const std::string title(words.text("messages.office.title"));
  std::vector<std::vector<Html>> rows;
  for (const auto& thread : shown.threads) {
    rows.push_back(
        {Html{}("<a data-row-link href=\""_html, address_of(thread), "\">"_html, thread.subject, "</a>"_html),
         Html{}(words.text(fmt::format("messages.topic.{}", thread.topic))),
         thread.receipt_number.empty() ? Html{} : web::code_text(thread.receipt_number),
         Html{}(name_of(exchange, shown.officers, thread.assigned)),
         Html{}(words.relative_day(wait ? *thread.waits_since : thread.last_at, exchange.now, exchange.time_zone()))});
  }
  Html main;
  main(web::page_heading(title, words.text(wait ? "messages.office.lead" : "messages.office.lead_others")),
       tabs(exchange, shown.asked), filter(exchange, shown.asked));
  if (rows.empty()) {
    main(web::empty_state(words.text(wait ? "messages.office.none" : "messages.office.none_others"), Html{}));
  } else {
    main(web::table(
        title,
        {std::string(words.text("messages.field.subject")), std::string(words.text("messages.office.topic")),
         std::string(words.text("cases.field.receipt_number")), std::string(words.text("messages.office.assigned")),
         std::string(words.text(wait ? "messages.office.since" : "messages.office.changed_on"))},
        rows));
  }
  if (shown.has_more) {
    const auto& last = shown.threads.back();
    main(web::button_link(list_url(shown.asked)
                              .with("after", std::to_string(to_millis(wait ? *last.waits_since : last.last_at)))
                              .with("after_id", std::to_string(last.id.value)),
                          words.text("messages.office.more"), false));
  }
  return web::render_page(exchange, {.title = title, .active_nav = "office_messages", .is_wide = true}, main);
}

web::Response office_thread_page(Exchange& exchange, const FormState& form, const ThreadShown& shown) {
  const auto& words = exchange.words();
  const auto& thread = shown.opened.thread;
  Html main;
  for (const std::string_view done : {"answered", "closed", "assigned"}) {
    if (exchange.query("done") == done)
      main(web::flash(NoteKind::done, words.text(fmt::format("messages.office.done.{}", done))));
  }
  main(web::error_summary(exchange, form));
  if (form.error_at("version") != nullptr) {
    main("<div id=\"version\">"_html,
         web::note(NoteKind::needs_you, words.text("messages.office.changed"),
                   web::paragraph(words.text("messages.office.changed_text"))),
         "</div>"_html);
  }
  if (!shown.opened.may_write) {
    main(web::note(NoteKind::stop, words.text("messages.office.left_case"),
                   web::paragraph(words.text("messages.office.left_case_text"))));
  }
  main(web::page_heading(thread.subject), "<p>"_html, words.text(fmt::format("messages.topic.{}", thread.topic)),
       " "_html, state_tag(exchange, thread, true), "</p>"_html);
  Html aside;
  aside(assign_section(exchange, form, shown));
  if (!thread.receipt_number.empty()) {
    aside(web::card(
        words.text("messages.office.case"),
        Html{}("<p>"_html, web::link(web::Url("/office/cases/").part(thread.receipt_number), thread.receipt_number),
               "</p>"_html),
        "case"));
  }
  main(web::columns(
           Html{}(message_list(exchange, shown.opened, true, shown.person), answer_section(exchange, form, shown)),
           aside),
       "<p>"_html, web::link("/office/messages", words.text("messages.office.back")), "</p>"_html);
  return web::render_page(
      exchange,
      {.title = thread.subject, .active_nav = "office_messages", .is_wide = true, .may_compress = false, .form = &form},
      main);
}

web::Response replies_page(Exchange& exchange, const std::vector<SavedReply>& replies) {
  const auto& words = exchange.words();
  const std::string title(words.text("messages.replies.title"));
  Html main;
  main(web::page_heading(title, words.text("messages.replies.lead")),
       web::button_link("/office/replies/new", words.text("messages.replies.new")));
  std::vector<web::StackedItem> items;
  for (const auto& reply : replies) {
    items.push_back({.title = web::link(web::Url("/office/replies/").part(std::to_string(reply.id.value)), reply.title),
                     .detail = web::quiet(reply.text_en)});
  }
  main(items.empty() ? web::empty_state(words.text("messages.replies.none"), Html{}) : web::stacked_list(items));
  return web::render_page(exchange, {.title = title, .active_nav = "office_replies"}, main);
}

web::Response reply_page(Exchange& exchange, const FormState& form, const SavedReply& reply) {
  const auto& words = exchange.words();
  const bool is_new = !reply.id;
  const std::string title(words.text(is_new ? "messages.replies.new" : "messages.replies.change"));
  const auto address =
      is_new ? web::Url("/office/replies/new") : web::Url("/office/replies/").part(std::to_string(reply.id.value));
  const auto area = [&](std::string_view name, std::string_view label, std::string_view value) {
    return web::text_area_field(
        exchange, form,
        {.name = name, .label = words.text(label), .size_max = static_cast<int>(kTextMax), .value = value});
  };
  Html fields;
  fields(web::text_field(exchange, form,
                         {.name = "title",
                          .label = words.text("messages.field.reply_title"),
                          .autocomplete = "off",
                          .size_max = static_cast<int>(kReplyTitleMax),
                          .value = reply.title}),
         area("text_en", "messages.field.text_en", reply.text_en),
         area("text_es", "messages.field.text_es", reply.text_es),
         web::primary_button(words.text("messages.replies.save")));
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(title), web::post_form(exchange, address, fields));
  if (!is_new) {
    main(web::post_form(exchange, web::Url::local_or(address.text() + "/retirement", "/office/replies"),
                        web::secondary_button(words.text("messages.replies.retire"))));
  }
  main("<p>"_html, web::link("/office/replies", words.text("messages.replies.back")), "</p>"_html);
  return web::render_page(exchange,
                          {.title = title, .active_nav = "office_replies", .may_compress = false, .form = &form}, main);
}

}  // namespace waymark::messages::pages
