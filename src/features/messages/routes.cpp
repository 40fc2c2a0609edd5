#include "features/messages/routes.hpp"

#include "base/text.hpp"
#include "features/messages/limits.hpp"
#include "features/messages/message_store.hpp"
#include "features/messages/pages/person_pages.hpp"
#include "features/messages/write_message.hpp"
#include "web/page.hpp"

namespace waymark::messages {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;
using namespace web::literals;

ThreadId thread_of(const Exchange& exchange) { return ThreadId{parse_integer(exchange.part("thread")).value_or(0)}; }

web::Url page_of(ThreadId thread) { return web::Url("/messages/").part(std::to_string(thread.value)); }

// A person in front of the page, and no browser that fetches ahead.
bool is_navigation(const web::Request& request) {
  return request.header("sec-fetch-dest") == "document" && request.header("sec-purpose").empty() &&
         request.header("purpose").empty();
}

// The office sees that it was read; the person's own page does not wait for more than this one row.
void keep_read(Messages& messages, Exchange& exchange, const Thread& thread) {
  if (!thread.is_unread() || exchange.request.method != web::Method::get || !is_navigation(exchange.request)) return;
  exchange.close_snapshot();
  messages.database().write([&](db::Transaction& tx) { note_read(tx, thread, exchange.now); });
}

Result<web::Response> show_thread(Messages& messages, Exchange& exchange, const FormState& form) {
  const auto opened = find_opened(messages, exchange.snapshot(), exchange.visitor.account, thread_of(exchange));
  if (!opened) return refuse(FailureKind::not_found, "web.error.not_found");
  keep_read(messages, exchange, opened->thread);
  return pages::thread_page(exchange, form, *opened, messages.base().random.token(16));
}

// What can't go where it was written to stays in front of who wrote it: they wait, or begin anew with it.
web::Response with_status(web::Response page, const Failure& failure) {
  page.status = failure.kind == FailureKind::too_many ? 429 : 409;
  if (failure.retry_after) page.with_header("retry-after", fmt::to_string(failure.retry_after->count()));
  return page;
}

Result<web::Response> show_new(Messages& messages, Exchange& exchange, const FormState& form) {
  const auto typed = form.typed.has("case") ? std::string(form.value("case")) : exchange.query("case");
  // A case that they may not write about is as if none was named.
  const bool may =
      !typed.empty() && may_write_about(exchange.snapshot(), exchange.visitor.account, typed, exchange.now);
  return pages::new_thread_page(exchange, form, may ? typed : std::string(), messages.base().random.token(16));
}

Result<web::Response> submit_new(Messages& messages, Exchange& exchange, const Form& form) {
  const auto text = [&](std::string_view name) { return std::string(form.get(name)); };
  const auto thread = begin_thread(messages, exchange.visitor.account,
                                   {.topic = text("topic"),
                                    .subject = text("subject"),
                                    .text = text("text"),
                                    .receipt_number = text("case"),
                                    .nonce = text("nonce"),
                                    .language = std::string(exchange.words().tag())});
  if (!thread && thread.error().kind == FailureKind::too_many) {
    auto page = show_new(messages, exchange, {.typed = form, .failure = thread.error()});
    return page ? with_status(std::move(*page), thread.error()) : std::move(page);
  }
  if (!thread) return refuse(thread.error());
  return web::Response::redirect(page_of(*thread).with("done", "sent"));
}

Result<web::Response> submit_reply(Messages& messages, Exchange& exchange, const Form& form) {
  const auto thread = thread_of(exchange);
  const auto written = reply(messages, exchange.visitor.account, thread,
                             {.text = std::string(form.get("text")),
                              .nonce = std::string(form.get("nonce")),
                              .language = std::string(exchange.words().tag())});
  if (!written && (written.error().kind == FailureKind::too_many || written.error().kind == FailureKind::conflict)) {
    auto page = show_thread(messages, exchange, {.typed = form, .failure = written.error()});
    return page ? with_status(std::move(*page), written.error()) : std::move(page);
  }
  if (!written) return refuse(written.error());
  return web::Response::redirect(page_of(thread).with("done", "sent"));
}

}  // namespace

void add_routes(web::Router& router, Messages& messages) {
  using web::Access;
  router.get("/messages", Access::signed_in, [&messages](Exchange& exchange) -> Result<web::Response> {
    return pages::threads_page(exchange, list_threads_of(exchange.snapshot(), messages.base().sealer,
                                                         exchange.visitor.account, kThreadsShown));
  });
  router.form(
      "/messages/new", Access::signed_in,
      [&messages](Exchange& exchange, const FormState& form) { return show_new(messages, exchange, form); },
      [&messages](Exchange& exchange, const Form& form) { return submit_new(messages, exchange, form); });
  router.keep_drafts("/messages/new", {"topic", "subject", "text", "case"});
  router.form(
      "/messages/:thread", Access::signed_in,
      [&messages](Exchange& exchange, const FormState& form) { return show_thread(messages, exchange, form); },
      [&messages](Exchange& exchange, const Form& form) { return submit_reply(messages, exchange, form); },
      web::Cost::slow, web::Cost::slow);
  router.keep_drafts("/messages/:thread", {"text"});
}

void add_unread_note(Exchange& exchange, web::Html& page, std::int64_t unread) {
  if (unread == 0) return;
  page(web::note(
      web::NoteKind::information, exchange.words().text("messages.unread", {{"count", unread}}),
      web::Html{}("<p>"_html, web::link("/messages", exchange.words().text("messages.read_them")), "</p>"_html)));
}

}  // namespace waymark::messages
