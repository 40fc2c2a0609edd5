#include "features/help/ask_for_help.hpp"
#include "features/help/pages/ask_pages.hpp"
#include "features/help/routes.hpp"
#include "web/cookies.hpp"

namespace waymark::help {
namespace {

using web::Exchange;
using web::Form;
using web::FormState;
using web::Response;

constexpr auto kWho = web::Access::anyone;

HelpAsker asker_of(const Exchange& exchange) {
  return {.token = std::string(exchange.request.cookie(web::kHelpCookie).value_or(std::string_view{})),
          .peer = exchange.request.peer,
          .language = std::string(exchange.words().tag())};
}

std::optional<Asking> read_asking(const Help& help, Exchange& exchange) {
  return find_asking(help, exchange.snapshot(), exchange.request.cookie(web::kHelpCookie).value_or(std::string_view{}),
                     exchange.now);
}

Response begin_again(const Exchange& exchange) {
  const bool had_one = exchange.request.cookie(web::kHelpCookie).has_value();
  return Response::redirect(had_one ? web::Url("/help/ask").with("ended", "yes") : web::Url("/help/ask"))
      .with_cookie(web::clear_cookie(web::kHelpCookie));
}

Response go_on(const Exchange& exchange, const AskingReply& reply, const web::Url& next) {
  if (reply.is_gone) return begin_again(exchange);
  auto response = Response::redirect(next);
  if (!reply.new_token.empty()) {
    response.with_cookie(web::set_cookie(web::kHelpCookie, reply.new_token, std::nullopt));
  }
  return response;
}

using Draw = Response (*)(Exchange&, const FormState&, const Asking&);

// Each step is drawn where it is the present one; otherwise the way leads there.
web::ShowHandler show_step(const Help& help, bool is_proved, Draw draw) {
  return [&help, is_proved, draw](Exchange& exchange, const FormState& form) -> Result<Response> {
    const auto asking = read_asking(help, exchange);
    if (!asking) return begin_again(exchange);
    if (asking->email_proved_at.has_value() != is_proved) {
      return Response::redirect(is_proved ? web::Url("/help/ask/code") : web::Url("/help/ask/question"));
    }
    return draw(exchange, form, *asking);
  };
}

Result<Response> submit_question(Help& help, Exchange& exchange, const Form& form) {
  const auto reply = send_question(
      help, asker_of(exchange),
      {.topic = form.get("topic"), .text = form.get("text"), .receipt_number = form.get("receipt_number")});
  if (!reply) return refuse(reply.error());
  // Nothing typed is lost: without the asking there is no form to draw again.
  if (reply->is_gone) return pages::ask_ended_page(exchange, form.get("text"));
  return Response::redirect(web::Url("/help/ask/sent/").part(reply->reference))
      .with_cookie(web::clear_cookie(web::kHelpCookie));
}

Result<Response> show_sent(const Help& help, Exchange& exchange) {
  const auto reference = exchange.part("reference");
  if (!help.requests.has_reference(exchange.snapshot(), reference)) {
    return refuse(FailureKind::not_found, "web.error.not_found");
  }
  return pages::ask_sent_page(exchange, reference);
}

}  // namespace

void add_ask_routes(web::Router& router, Help& help) {
  router.form(
      "/help/ask", kWho,
      [](Exchange& exchange, const FormState& form) -> Result<Response> {
        return pages::ask_email_page(exchange, form);
      },
      [&help](Exchange& exchange, const Form& form) -> Result<Response> {
        const auto reply = start_asking(help, asker_of(exchange), form.get("email"));
        if (!reply) return refuse(reply.error());
        return go_on(exchange, *reply, "/help/ask/code");
      });
  router.form("/help/ask/code", kWho, show_step(help, false, pages::ask_code_page),
              [&help](Exchange& exchange, const Form& form) -> Result<Response> {
                const auto reply = prove_asking(help, asker_of(exchange), form.get("code"));
                if (!reply) return refuse(reply.error());
                return go_on(exchange, *reply, "/help/ask/question");
              });
  router.post("/help/ask/code/again", kWho, [&help](Exchange& exchange, const Form&) -> Result<Response> {
    const auto reply = send_asking_code_again(help, asker_of(exchange));
    if (!reply) return refuse(reply.error());
    return go_on(exchange, *reply, web::Url("/help/ask/code").with("sent", "yes"));
  });
  router.form("/help/ask/question", kWho, show_step(help, true, pages::ask_question_page),
              [&help](Exchange& exchange, const Form& form) { return submit_question(help, exchange, form); });
  router.get("/help/ask/sent/:reference", kWho, [&help](Exchange& exchange) { return show_sent(help, exchange); });
}

}  // namespace waymark::help
