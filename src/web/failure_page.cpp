#include "web/failure_page.hpp"

#include <boost/json.hpp>

#include "web/accept.hpp"
#include "web/access_check.hpp"
#include "web/page.hpp"
#include "web/router.hpp"
#include "web/site.hpp"
#include "web/status_words.hpp"

namespace waymark::web {
namespace {

Response as_json(const Exchange& exchange, const Problem& problem) {
  boost::json::object body{{"type", "about:blank"},    {"title", problem.title},
                           {"status", problem.status}, {"detail", problem.text},
                           {"code", problem.code},     {"request_id", exchange.request.request_id}};
  if (!problem.fields.empty()) {
    boost::json::array errors;
    for (const auto& [field, message] : problem.fields) {
      errors.push_back(boost::json::object{{"field", field}, {"message", message}});
    }
    body["errors"] = std::move(errors);
  }
  Response response =
      Response::json(boost::json::serialize(body), problem.status, "application/problem+json; charset=utf-8");
  if (problem.status == 401) {
    const bool is_program = exchange.request.path.starts_with(kProgramPaths);
    response.with_header("www-authenticate", is_program ? "Bearer" : "Cookie");
  }
  return response;
}

Html draw_ways_on(Exchange& exchange, const Problem& problem) {
  const auto& words = exchange.words();
  Html html;
  html("<ul>"_html);
  if (problem.back) html("<li>"_html, link(*problem.back, words.text("web.status.to_page_before")), "</li>"_html);
  if (exchange.visitor.seat) {
    html("<li>"_html, link("/office", words.text("web.status.to_office")), "</li></ul>"_html);
    return html;
  }
  if (exchange.visitor.standing == Standing::signed_in) {
    html("<li>"_html, link("/cases", words.text("web.status.to_cases")), "</li>"_html);
  } else {
    html("<li>"_html, link("/", words.text("web.status.to_start")), "</li>"_html);
  }
  html("<li>"_html, link("/contact", words.text("web.status.to_contact")), "</li></ul>"_html);
  return html;
}

Response as_page(Exchange& exchange, const Problem& problem) {
  const auto& words = exchange.words();
  Html main;
  main("<h1>"_html, problem.title, "</h1>"_html);
  for (const std::string& sentence : sentences_of(problem, words)) main("<p>"_html, sentence, "</p>"_html);
  if (!problem.fields.empty()) {
    main("<ul>"_html);
    for (const auto& field : problem.fields) main("<li>"_html, field.second, "</li>"_html);
    main("</ul>"_html);
  }
  main(draw_ways_on(exchange, problem), "<p>"_html, help_sentence(exchange.brand(), words), "</p><p>"_html,
       words.text("web.status.request_id", {{"id", exchange.request.request_id}}), "</p>"_html);
  return render_page(exchange, {.title = problem.title, .status = problem.status}, main);
}

Response draw(Exchange& exchange, const Problem& problem) {
  Response response;
  try {
    response = wants_json(exchange.request) ? as_json(exchange, problem) : as_page(exchange, problem);
  } catch (const std::exception&) {
    response = plain_status_page(exchange.site, exchange.words(), problem.status, exchange.request.request_id);
  }
  if (problem.retry_after) response.with_header("retry-after", std::to_string(problem.retry_after->count()));
  return response;
}

}  // namespace

int status_of(FailureKind kind) {
  switch (kind) {
    case FailureKind::bad_input:
      return 422;
    case FailureKind::malformed:
      return 400;
    case FailureKind::unauthorized:
      return 401;
    case FailureKind::forbidden:
      return 403;
    case FailureKind::not_found:
      return 404;
    case FailureKind::conflict:
      return 409;
    case FailureKind::too_many:
      return 429;
    case FailureKind::unavailable:
      return 503;
  }
  return 500;
}

bool wants_json(const Request& request) {
  if (request.path.starts_with(kProgramPaths)) return true;  // programs never get a page
  const std::string_view accept = request.header("accept");
  if (accept.empty()) return false;
  const int json = std::max(weight_of(accept, "application/json").value_or(0),
                            weight_of(accept, "application/problem+json").value_or(0));
  return json > 0 && json >= weight_of(accept, "text/html").value_or(0);
}

Response failure_response(Exchange& exchange, const Failure& failure) {
  if (failure.kind == FailureKind::unauthorized && !wants_json(exchange.request)) {
    return Response::redirect(sign_in_url(exchange));
  }
  Problem problem = make_problem(exchange.words(), status_of(failure.kind));
  if (failure.retry_after) problem.retry_after = failure.retry_after;
  const auto& words = exchange.words();
  if (words.has(failure.message.key)) {
    problem.text = words.text(failure.message);
    problem.code = failure.message.key;
    // What stands in the way has words of its own, and need not have changed just now: the last owner can't leave.
    if (failure.kind == FailureKind::conflict) problem.title = words.text("web.status.cannot_now");
  }
  if (exchange.request.method == Method::post) problem.back = find_page_before(exchange);
  for (const auto& [field, message] : failure.fields) {
    if (words.has(message.key)) problem.fields.emplace_back(field, words.text(message));
  }
  return draw(exchange, problem);
}

Response status_page(Exchange& exchange, int status) { return draw(exchange, make_problem(exchange.words(), status)); }

Response forged_form_page(Exchange& exchange, std::string_view text_key) {
  Problem problem = make_problem(exchange.words(), 403);
  problem.title = exchange.words().text("web.forged.title");
  problem.text = exchange.words().text(text_key);
  problem.code = text_key;
  problem.back = find_page_before(exchange);
  return draw(exchange, problem);
}

}  // namespace waymark::web
