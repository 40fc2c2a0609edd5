#include "base/text.hpp"
#include "features/messages/answer_thread.hpp"
#include "features/messages/limits.hpp"
#include "features/messages/message_store.hpp"
#include "features/messages/pages/office_pages.hpp"
#include "features/messages/routes.hpp"

namespace waymark::messages {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;

ThreadId thread_of(const Exchange& exchange) { return ThreadId{parse_integer(exchange.part("thread")).value_or(0)}; }

std::unexpected<Failure> missing() { return refuse(FailureKind::not_found, "web.error.not_found"); }

web::Url page_of(ThreadId thread) { return web::Url("/office/messages/").part(std::to_string(thread.value)); }

Result<web::Response> show_waiting(Messages& messages, Exchange& exchange) {
  pages::WaitingShown shown;
  const auto whose = exchange.query("whose");
  shown.asked.whose = whose == "mine" ? Whose::mine : whose == "nobodys" ? Whose::nobodys : Whose::everybodys;
  shown.asked.asker = exchange.visitor.seat->officer;
  if (auto topic = exchange.query("topic"); is_topic(topic)) shown.asked.topic = std::move(topic);
  shown.asked.after_since = parse_integer(exchange.query("after")).value_or(-1);
  shown.asked.after_id = parse_integer(exchange.query("after_id")).value_or(0);
  shown.asked.most = kThreadPage + 1;
  shown.threads = list_waiting(exchange.snapshot(), messages.base().sealer, shown.asked);
  shown.has_more = shown.threads.size() > static_cast<std::size_t>(kThreadPage);
  if (shown.has_more) shown.threads.resize(static_cast<std::size_t>(kThreadPage));
  return pages::waiting_page(exchange, shown);
}

Result<web::Response> show_thread(Messages& messages, Exchange& exchange, const FormState& form) {
  exchange.close_snapshot();
  const auto opened = open_for_office(messages, *exchange.visitor.seat, thread_of(exchange));
  if (!opened) return missing();
  auto& snapshot = exchange.snapshot();
  const auto profile = messages.accounts.store.find_profile(snapshot, opened->thread.account);
  pages::ThreadShown shown{
      .opened = *opened, .officers = messages.list_officers(snapshot), .replies = list_replies(snapshot)};
  const std::string language = profile ? profile->language : "en";
  shown.person_language = language;
  if (const auto chosen = parse_integer(exchange.query("reply"))) {
    if (const auto reply = find_reply(snapshot, SavedReplyId{*chosen}))
      shown.draft = language == "es" ? reply->text_es : reply->text_en;
  }
  return pages::office_thread_page(exchange, form, shown);
}

Result<web::Response> submit_answer(Messages& messages, Exchange& exchange, const Form& form) {
  const auto thread = thread_of(exchange);
  const auto done = answer(messages, *exchange.visitor.seat, thread,
                           {.version = parse_integer(form.get("version")).value_or(-1),
                            .text = std::string(form.get("text")),
                            .closes = form.get("close") == "yes"});
  if (!done) return refuse(done.error());
  return web::Response::redirect(page_of(thread).with("done", "yes"));
}

Result<web::Response> submit_assignment(Messages& messages, Exchange& exchange, const Form& form) {
  const auto thread = thread_of(exchange);
  const auto typed = parse_integer(form.get("assigned"));
  const auto done = assign(messages, *exchange.visitor.seat, thread, parse_integer(form.get("version")).value_or(-1),
                           typed ? std::optional(OfficerId{*typed}) : std::nullopt);
  if (!done) return refuse(done.error());
  return web::Response::redirect(page_of(thread).with("done", "yes"));
}

SavedReplyId reply_of(const Exchange& exchange) {
  return SavedReplyId{parse_integer(exchange.part("reply")).value_or(0)};
}

Result<web::Response> show_reply(Exchange& exchange, const FormState& form) {
  const auto reply = find_reply(exchange.snapshot(), reply_of(exchange));
  if (!reply) return missing();
  return pages::reply_page(exchange, form, *reply);
}

Result<web::Response> submit_reply(Messages& messages, Exchange& exchange, const Form& form, SavedReplyId reply) {
  const auto text = [&](std::string_view name) { return std::string(form.get(name)); };
  const auto saved =
      save_reply(messages, *exchange.visitor.seat,
                 {.id = reply, .title = text("title"), .text_en = text("text_en"), .text_es = text("text_es")});
  if (!saved) return refuse(saved.error());
  return web::Response::redirect("/office/replies");
}

void add_reply_routes(web::Router& router, Messages& messages) {
  router.get("/office/replies", web::officers(kMayKeepReplies), [](Exchange& exchange) -> Result<web::Response> {
    return pages::replies_page(exchange, list_replies(exchange.snapshot()));
  });
  router.form(
      "/office/replies/new", web::officers(kMayKeepReplies),
      [](Exchange& exchange, const FormState& form) -> Result<web::Response> {
        return pages::reply_page(exchange, form, {});
      },
      [&messages](Exchange& exchange, const Form& form) { return submit_reply(messages, exchange, form, {}); });
  router.form("/office/replies/:reply", web::officers(kMayKeepReplies), show_reply,
              [&messages](Exchange& exchange, const Form& form) -> Result<web::Response> {
                // Zero would be a new one.
                if (!reply_of(exchange)) return missing();
                return submit_reply(messages, exchange, form, reply_of(exchange));
              });
  router.post("/office/replies/:reply/retirement", web::officers(kMayKeepReplies),
              [&messages](Exchange& exchange, const Form&) -> Result<web::Response> {
                const auto done = retire_reply(messages, *exchange.visitor.seat, reply_of(exchange));
                if (!done) return refuse(done.error());
                return web::Response::redirect("/office/replies");
              });
}

}  // namespace

std::vector<web::OfficeNavLink> office_navigation() {
  return {{"/office/messages", "office.nav.messages", "office_messages", kMayAnswer},
          {"/office/replies", "office.nav.replies", "office_replies", kMayKeepReplies}};
}

void add_office_routes(web::Router& router, Messages& messages) {
  router.get(
      "/office/messages", web::officers(kMayAnswer),
      [&messages](Exchange& exchange) { return show_waiting(messages, exchange); }, web::Cost::slow);
  router.form(
      "/office/messages/:thread", web::officers(kMayAnswer),
      [&messages](Exchange& exchange, const FormState& form) { return show_thread(messages, exchange, form); },
      [&messages](Exchange& exchange, const Form& form) { return submit_answer(messages, exchange, form); });
  router.form(
      "/office/messages/:thread/assignment", web::officers(kMayAnswer),
      [&messages](Exchange& exchange, const FormState& form) { return show_thread(messages, exchange, form); },
      [&messages](Exchange& exchange, const Form& form) { return submit_assignment(messages, exchange, form); });
  add_reply_routes(router, messages);
}

}  // namespace waymark::messages
