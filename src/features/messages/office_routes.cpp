#include "base/text.hpp"
#include "features/messages/answer_thread.hpp"
#include "features/messages/limits.hpp"
#include "features/messages/message_store.hpp"
#include "features/messages/pages/office_pages.hpp"
#include "features/messages/routes.hpp"
#include "web/site.hpp"

namespace waymark::messages {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;

ThreadId thread_of(const Exchange& exchange) { return ThreadId{parse_integer(exchange.part("thread")).value_or(0)}; }

std::unexpected<Failure> missing() { return refuse(FailureKind::not_found, "web.error.not_found"); }

web::Url page_of(ThreadId thread) { return web::Url("/office/messages/").part(std::to_string(thread.value)); }

ThreadsAsked read_asked(const Exchange& exchange) {
  ThreadsAsked asked{.asker = exchange.visitor.seat->officer, .most = kThreadPage + 1};
  asked.state = find_thread_state(exchange.query("state")).value_or(ThreadState::waiting_for_office);
  const auto whose = exchange.query("whose");
  asked.whose = whose == "mine" ? Whose::mine : whose == "nobodys" ? Whose::nobodys : Whose::everybodys;
  if (auto topic = exchange.query("topic"); is_topic(topic)) asked.topic = std::move(topic);
  if (auto language = exchange.query("language"); exchange.site.parts().words.find(language) != nullptr)
    asked.language = std::move(language);
  if (const auto after = parse_integer(exchange.query("after"))) asked.after = from_millis(*after);
  asked.after_id = ThreadId{parse_integer(exchange.query("after_id")).value_or(0)};
  return asked;
}

Result<web::Response> show_list(Messages& messages, Exchange& exchange) {
  pages::ThreadsShown shown{.asked = read_asked(exchange)};
  auto& snapshot = exchange.snapshot();
  shown.threads = list_threads(snapshot, messages.base().sealer, shown.asked);
  shown.has_more = shown.threads.size() > static_cast<std::size_t>(kThreadPage);
  if (shown.has_more) shown.threads.resize(static_cast<std::size_t>(kThreadPage));
  shown.officers = messages.list_officers(snapshot);
  return pages::threads_page(exchange, shown);
}

// `version`: that the officer saw, where it is not the present one.
Result<web::Response> draw_thread(Messages& messages, Exchange& exchange, const FormState& form,
                                  std::optional<std::int64_t> version = {}) {
  exchange.close_snapshot();
  auto opened = open_for_office(messages, *exchange.visitor.seat, thread_of(exchange));
  if (!opened) return missing();
  if (version) opened->thread.version = *version;
  auto& snapshot = exchange.snapshot();
  const auto person = messages.accounts.store.find_profile(snapshot, opened->thread.account);
  return pages::office_thread_page(
      exchange, form,
      {.opened = *opened,
       .person = person ? fmt::format("{} {}", person->given_name, person->family_name) : "",
       .officers = messages.list_officers(snapshot),
       .replies = list_replies(snapshot)});
}

std::int64_t version_in(const Form& form) { return parse_integer(form.get("version")).value_or(-1); }

// A saved reply goes below what is typed already, into the same form.
Result<web::Response> insert_reply(Messages& messages, Exchange& exchange, const Form& form) {
  FormState state{.typed = form};
  std::string language;
  {
    const auto snapshot = messages.database().snapshot();
    const auto thread = find_thread(*snapshot, messages.base().sealer, thread_of(exchange));
    if (!thread) return missing();
    const auto reply = find_reply(*snapshot, SavedReplyId{parse_integer(form.get("reply")).value_or(0)});
    if (!reply) return refuse_field("reply", "messages.error.reply");
    const std::string typed(trim(form.get("text")));
    const auto& saved = thread->language == "es" ? reply->text_es : reply->text_en;
    state.typed.set("text", typed.empty() ? saved : typed + "\n\n" + saved);
  }
  auto page = draw_thread(messages, exchange, state, version_in(form));
  if (page) page->may_compress = false;
  return page;
}

Result<web::Response> submit_answer(Messages& messages, Exchange& exchange, const Form& form) {
  if (form.get("act") == "insert") return insert_reply(messages, exchange, form);
  const auto thread = thread_of(exchange);
  const bool closes = form.get("close") == "yes";
  const auto done = answer(messages, *exchange.visitor.seat, thread,
                           {.version = version_in(form), .text = std::string(form.get("text")), .closes = closes});
  if (!done) return refuse(done.error());
  return web::Response::redirect(page_of(thread).with("done", closes ? "closed" : "answered"));
}

Result<web::Response> submit_assignment(Messages& messages, Exchange& exchange, const Form& form) {
  const auto thread = thread_of(exchange);
  const auto typed = parse_integer(form.get("assigned"));
  const auto done = assign(messages, *exchange.visitor.seat, thread, version_in(form),
                           typed ? std::optional(OfficerId{*typed}) : std::nullopt);
  if (!done) return refuse(done.error());
  return web::Response::redirect(page_of(thread).with("done", "assigned"));
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
  const auto show = [&messages](Exchange& exchange, const FormState& form) {
    return draw_thread(messages, exchange, form);
  };
  router.get(
      "/office/messages", web::officers(kMayAnswer),
      [&messages](Exchange& exchange) { return show_list(messages, exchange); }, web::Cost::slow);
  router.form(
      "/office/messages/:thread", web::officers(kMayAnswer), show,
      [&messages](Exchange& exchange, const Form& form) { return submit_answer(messages, exchange, form); },
      web::Cost::slow, web::Cost::slow);
  router.form(
      "/office/messages/:thread/assignment", web::officers(kMayAnswer), show,
      [&messages](Exchange& exchange, const Form& form) { return submit_assignment(messages, exchange, form); },
      web::Cost::slow, web::Cost::slow);
  add_reply_routes(router, messages);
}

}  // namespace waymark::messages
