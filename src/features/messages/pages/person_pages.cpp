#include "features/messages/pages/person_pages.hpp"

#include "base/text.hpp"
#include "features/cases/case_urls.hpp"
#include "features/messages/limits.hpp"

namespace waymark::messages::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using web::NoteKind;
using namespace web::literals;

web::Url address_of(const Thread& thread) { return web::Url("/messages/").part(std::to_string(thread.id.value)); }

std::string about(Exchange& exchange, const Thread& thread) {
  const auto topic = exchange.words().text(fmt::format("messages.topic.{}", thread.topic));
  return thread.receipt_number.empty() ? std::string(topic) : fmt::format("{} · {}", topic, thread.receipt_number);
}

Html nonce_field(std::string_view nonce) {
  return Html{}("<input type=\"hidden\" name=\"nonce\" value=\""_html, nonce, "\">"_html);
}

Html text_area(Exchange& exchange, const FormState& form, std::string_view label) {
  return web::text_area_field(exchange, form,
                              {.name = "text",
                               .label = exchange.words().text(label),
                               .hint = exchange.words().text("messages.field.text_hint"),
                               .size_max = static_cast<int>(kTextMax)},
                              8);
}

std::vector<web::Choice> topic_choices(Exchange& exchange) {
  std::vector<web::Choice> topics;
  for (const auto topic : kTopics)
    topics.push_back({std::string(topic), std::string(exchange.words().text(fmt::format("messages.topic.{}", topic)))});
  return topics;
}

// It can't go on here: what it was about, and what was typed, go into a new one.
Html anew_section(Exchange& exchange, const FormState& form, const OpenedThread& opened, std::string_view nonce) {
  const auto& words = exchange.words();
  const auto hidden = [](std::string_view name, std::string_view value) {
    return Html{}("<input type=\"hidden\" name=\""_html, name, "\" value=\""_html, value, "\">"_html);
  };
  Html fields;
  fields(nonce_field(nonce), hidden("topic", opened.thread.topic), hidden("subject", opened.thread.subject));
  if (opened.may_write && !opened.thread.receipt_number.empty()) fields(hidden("case", opened.thread.receipt_number));
  fields(text_area(exchange, form, "messages.field.text"), web::primary_button(words.text("messages.begin_anew")));
  return web::section(
      words.text(opened.may_write ? "messages.closed_title" : "messages.not_on_case_title"),
      Html{}(web::paragraph(words.text(opened.may_write ? "messages.closed_text" : "messages.not_on_case_text")),
             web::post_form(exchange, "/messages/new", fields)),
      "reply");
}

Html reply_section(Exchange& exchange, const FormState& form, const OpenedThread& opened, std::string_view nonce) {
  const auto& words = exchange.words();
  const auto& thread = opened.thread;
  if (!opened.may_write || (thread.closed_at && *thread.closed_at < exchange.now - kReopens))
    return anew_section(exchange, form, opened, nonce);
  Html fields;
  if (thread.state == ThreadState::closed) fields(web::quiet(words.text("messages.opens_again")));
  fields(nonce_field(nonce), text_area(exchange, form, "messages.field.reply"),
         web::primary_button(words.text("messages.send")));
  return web::section(words.text("messages.reply_title"), web::post_form(exchange, address_of(thread), fields),
                      "reply");
}

}  // namespace

Html state_tag(Exchange& exchange, const Thread& thread, bool is_office) {
  const auto& words = exchange.words();
  if (!is_office && thread.is_unread()) return web::tag(NoteKind::needs_you, words.text("messages.state.unread"));
  const auto kind = thread.state == ThreadState::closed ? NoteKind::done : NoteKind::information;
  return web::tag(kind, words.text(fmt::format("messages.state.{}", to_text(thread.state))));
}

namespace {

// For the office alone. When an older one was read is not kept once there is a newer receipt.
std::string receipt(Exchange& exchange, const OpenedThread& opened, const Message& message) {
  const auto& words = exchange.words();
  const auto& thread = opened.thread;
  if (!thread.person_read_at || *thread.person_read_at < message.at)
    return fmt::format(" · {}", words.text("messages.not_read"));
  if (thread.office_wrote_at != message.at) return fmt::format(" · {}", words.text("messages.read"));
  return fmt::format(
      " · {}",
      words.text("messages.read_at", {{"date", words.short_date_time(*thread.person_read_at, exchange.time_zone())}}));
}

}  // namespace

Html message_list(Exchange& exchange, const OpenedThread& opened, bool is_office, std::string_view person) {
  const auto& words = exchange.words();
  Html html;
  html("<ol class=\"messages\">"_html);
  for (const auto& message : opened.messages) {
    html(message.by ? "<li class=\"messages__one messages__one--office\">"_html : "<li class=\"messages__one\">"_html,
         "<p class=\"messages__who\"><strong>"_html);
    if (message.by) {
      html(words.text("cases.seat", {{"role", words.text(fmt::format("cases.seat.{}", web::to_text(message.by->role)))},
                                     {"unit", message.by->unit}}));
    } else {
      html(is_office ? web::isolated(person) : Html{}(words.text("messages.from_you")));
    }
    html("</strong> <time datetime=\""_html, to_iso(message.at), "\">"_html,
         words.short_date_time(message.at, exchange.time_zone()), "</time>"_html);
    if (is_office && message.by) html(receipt(exchange, opened, message));
    html("</p>"_html);
    for (const auto line : split(message.text, '\n')) {
      if (!trim(line).empty()) html("<p dir=\"auto\">"_html, line, "</p>"_html);
    }
    html("</li>"_html);
  }
  html("</ol>"_html);
  return html;
}

web::Response threads_page(Exchange& exchange, const std::vector<Thread>& threads) {
  const auto& words = exchange.words();
  const std::string title(words.text("messages.title"));
  Html main;
  main(web::page_heading(title, words.text("messages.lead", {{"agency", exchange.brand().agency_name}})),
       web::button_link("/messages/new", words.text("messages.new")));
  if (threads.empty()) {
    main(web::empty_state(words.text("messages.none"), web::paragraph(words.text("messages.none_text"))));
  } else {
    std::vector<web::StackedItem> items;
    for (const auto& thread : threads) {
      items.push_back({.title = web::link(address_of(thread), thread.subject),
                       .detail = Html{}(about(exchange, thread), "<br>"_html,
                                        words.relative_day(thread.last_at, exchange.now, exchange.time_zone())),
                       .aside = state_tag(exchange, thread, false)});
    }
    main(web::stacked_list(items));
  }
  return web::render_page(exchange, {.title = title, .active_nav = "messages"}, main);
}

web::Response new_thread_page(Exchange& exchange, const FormState& form, std::string_view receipt_number,
                              std::string_view nonce) {
  const auto& words = exchange.words();
  const std::string title(words.text("messages.new"));
  Html fields;
  fields(nonce_field(nonce));
  if (!receipt_number.empty()) {
    fields("<input type=\"hidden\" name=\"case\" value=\""_html, receipt_number, "\"><p>"_html,
           words.text("messages.about_case"), " "_html, web::code_text(receipt_number), "</p>"_html);
  }
  fields(web::radio_field(exchange, form, {.name = "topic", .label = words.text("messages.field.topic")},
                          topic_choices(exchange)),
         web::text_field(exchange, form,
                         {.name = "subject",
                          .label = words.text("messages.field.subject"),
                          .hint = words.text("messages.field.subject_hint"),
                          .autocomplete = "off",
                          .size_max = static_cast<int>(kSubjectMax)}),
         text_area(exchange, form, "messages.field.text"), web::primary_button(words.text("messages.send")));
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(title, words.text("messages.new_lead")),
       web::post_form(exchange, "/messages/new", fields), "<p>"_html,
       web::link("/messages", words.text("messages.back")), "</p>"_html);
  return web::render_page(exchange, {.title = title, .active_nav = "messages", .may_compress = false, .form = &form},
                          main);
}

web::Response thread_page(Exchange& exchange, const FormState& form, const OpenedThread& opened,
                          std::string_view nonce) {
  const auto& words = exchange.words();
  const auto& thread = opened.thread;
  Html main;
  if (exchange.query("done") == "sent") main(web::flash(NoteKind::done, words.text("messages.sent")));
  main(web::error_summary(exchange, form), web::page_heading(thread.subject), "<p>"_html, about(exchange, thread),
       " "_html, state_tag(exchange, thread, false), "</p>"_html, message_list(exchange, opened, false),
       reply_section(exchange, form, opened, nonce));
  if (!thread.receipt_number.empty() && opened.may_write)
    main("<p>"_html, web::link(cases::case_url(thread.receipt_number), words.text("messages.to_case")), "</p>"_html);
  main("<p>"_html, web::link("/messages", words.text("messages.back")), "</p>"_html);
  return web::render_page(
      exchange, {.title = thread.subject, .active_nav = "messages", .may_compress = false, .form = &form}, main);
}

}  // namespace waymark::messages::pages
