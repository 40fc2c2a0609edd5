#include "web/form_dispatch.hpp"

#include "base/text.hpp"
#include "web/csrf.hpp"
#include "web/drafts.hpp"
#include "web/failure_page.hpp"
#include "web/site.hpp"

namespace waymark::web {
namespace {

Response draw_again(Exchange& exchange, const Route& route, const Form& form, Failure failure) {
  FormState state{.typed = form, .failure = std::move(failure)};
  auto drawn = route.show(exchange, state);
  if (!drawn) return failure_response(exchange, drawn.error());
  if (drawn->status == 200) drawn->status = 422;
  drawn->may_compress = false;  // it repeats what was typed, beside a token (BREACH)
  return std::move(*drawn);
}

}  // namespace

bool is_url_encoded_form(std::string_view content_type) {
  const std::size_t semicolon = std::min(content_type.find(';'), content_type.size());
  if (!equals_ignoring_ascii_case(trim(content_type.substr(0, semicolon)), "application/x-www-form-urlencoded")) {
    return false;
  }
  const std::string_view parameter = trim(content_type.substr(std::min(semicolon + 1, content_type.size())));
  return parameter.empty() || equals_ignoring_ascii_case(parameter, "charset=utf-8");
}

Response answer_form(Exchange& exchange, const Route& route) {
  const Request& request = exchange.request;
  if (request.body.size() > route.body_bytes_max) return status_page(exchange, 413);
  if (!is_url_encoded_form(request.header("content-type"))) return status_page(exchange, 415);
  // Before the token: a stolen or fixed token must not help another site's page (incident I39).
  if (!is_from_our_own_page(request, exchange.site.is_https())) {
    return forged_form_page(exchange, "web.forged.other_site");
  }
  const auto form = Form::parse(request.body);
  if (!form) return failure_response(exchange, form.error());
  if (!exchange.is_csrf_token(form->get(kTokenField))) return forged_form_page(exchange, "web.forged.token");

  exchange.close_snapshot();
  auto answer = route.post(exchange, *form);
  exchange.close_snapshot();
  if (answer) {
    forget_draft(exchange, route);
    return std::move(*answer);
  }
  if (answer.error().kind == FailureKind::bad_input && route.show) {
    return draw_again(exchange, route, *form, std::move(answer.error()));
  }
  return failure_response(exchange, answer.error());
}

}  // namespace waymark::web
