#include "features/messages/pages/office_pages.hpp"

#include "features/messages/limits.hpp"
#include "features/messages/pages/person_pages.hpp"

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
  const auto url = web::Url("/office/messages").with("whose", to_text(asked.whose));
  return asked.topic.empty() ? url : url.with("topic", asked.topic);
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

Html topic_filter(Exchange& exchange, const ThreadsAsked& asked) {
  const auto& words = exchange.words();
  Html html;
  html(
      "<form method=\"get\" action=\"/office/messages\" class=\"filter\"><input type=\"hidden\" name=\"whose\" value=\""_html,
      to_text(asked.whose), "\"><label for=\"topic-filter\">"_html, words.text("messages.field.topic"),
      "</label><select id=\"topic-filter\" name=\"topic\"><option value=\"\">"_html,
      words.text("messages.office.all_topics"), "</option>"_html);
  for (const auto topic : kTopics) {
    html("<option value=\""_html, topic, "\""_html);
    if (topic == asked.topic) html(" selected"_html);
    html(">"_html, words.text(fmt::format("messages.topic.{}", topic)), "</option>"_html);
  }
  html("</select>"_html, web::secondary_button(words.text("messages.office.show")), "</form>"_html);
  return html;
}

Html version_field(const Thread& thread) {
  return Html{}("<input type=\"hidden\" name=\"version\" value=\""_html, thread.version, "\">"_html);
}

// By GET: the page is drawn again with the reply in its field, ready to be changed.
Html reply_choice(Exchange& exchange, const ThreadShown& shown) {
  if (shown.replies.empty()) return {};
  const auto& words = exchange.words();
  Html html;
  html("<form method=\"get\" action=\""_html, address_of(shown.opened.thread),
       "\" class=\"filter\"><label for=\"saved-reply\">"_html, words.text("messages.office.saved_reply"),
       "</label><select id=\"saved-reply\" name=\"reply\">"_html);
  for (const auto& reply : shown.replies)
    html("<option value=\""_html, reply.id.value, "\">"_html, reply.title, "</option>"_html);
  html("</select>"_html, web::secondary_button(words.text("messages.office.put_in")), "</form>"_html);
  return html;
}

Html answer_section(Exchange& exchange, const FormState& form, const ThreadShown& shown) {
  const auto& words = exchange.words();
  Html fields;
  fields(version_field(shown.opened.thread),
         web::text_area_field(exchange, form,
                              {.name = "text",
                               .label = words.text("messages.field.answer"),
                               .hint = words.text("messages.office.language", {{"language", shown.person_language}}),
                               .size_max = static_cast<int>(kTextMax),
                               .is_required = false,
                               .value = shown.draft},
                              8),
         web::check_field(exchange, form,
                          {.name = "close", .label = words.text("messages.office.close"), .is_required = false}),
         web::primary_button(words.text("messages.office.answer")));
  return web::section(
      words.text("messages.office.answer_title"),
      Html{}(reply_choice(exchange, shown), web::post_form(exchange, address_of(shown.opened.thread), fields)),
      "answer");
}

Html assign_section(Exchange& exchange, const FormState& form, const ThreadShown& shown) {
  const auto& words = exchange.words();
  const auto& thread = shown.opened.thread;
  std::vector<web::Choice> officers{{"", std::string(words.text("messages.office.nobody"))}};
  for (const auto& officer : shown.officers) {
    const bool is_asker = officer.officer == exchange.visitor.seat->officer;
    officers.push_back({std::to_string(officer.officer.value),
                        is_asker ? words.text("messages.office.you", {{"name", officer.name}}) : officer.name});
  }
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

web::Response waiting_page(Exchange& exchange, const WaitingShown& shown) {
  const auto& words = exchange.words();
  const std::string title(words.text("messages.office.title"));
  std::vector<std::vector<Html>> rows;
  for (const auto& thread : shown.threads) {
    rows.push_back(
        {Html{}("<a data-row-link href=\""_html, address_of(thread), "\">"_html, thread.subject, "</a>"_html),
         Html{}(words.text(fmt::format("messages.topic.{}", thread.topic))),
         thread.receipt_number.empty() ? Html{} : web::code_text(thread.receipt_number),
         Html{}(words.relative_day(*thread.waits_since, exchange.now, exchange.time_zone()))});
  }
  Html main;
  main(web::page_heading(title, words.text("messages.office.lead")), tabs(exchange, shown.asked),
       topic_filter(exchange, shown.asked));
  if (rows.empty()) {
    main(web::empty_state(words.text("messages.office.none"), Html{}));
  } else {
    main(web::table(
        title,
        {std::string(words.text("messages.field.subject")), std::string(words.text("messages.field.topic")),
         std::string(words.text("cases.field.receipt_number")), std::string(words.text("messages.office.since"))},
        rows));
  }
  if (shown.has_more) {
    const auto& last = shown.threads.back();
    main(web::button_link(list_url(shown.asked)
                              .with("after", std::to_string(to_millis(*last.waits_since)))
                              .with("after_id", std::to_string(last.id.value)),
                          words.text("messages.office.more"), false));
  }
  return web::render_page(exchange, {.title = title, .active_nav = "office_messages", .is_wide = true}, main);
}

web::Response office_thread_page(Exchange& exchange, const FormState& form, const ThreadShown& shown) {
  const auto& words = exchange.words();
  const auto& thread = shown.opened.thread;
  Html main;
  if (exchange.query("done") == "yes") main(web::flash(NoteKind::done, words.text("messages.office.done")));
  main(web::error_summary(exchange, form));
  if (form.error_at("version") != nullptr) {
    main("<div id=\"version\">"_html,
         web::note(NoteKind::needs_you, words.text("messages.office.changed"),
                   web::paragraph(words.text("messages.office.changed_text"))),
         "</div>"_html);
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
  main(web::columns(Html{}(message_list(exchange, shown.opened, true), answer_section(exchange, form, shown)), aside),
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
