#include "features/accounts/pages/locked_page.hpp"

#include "web/failure_page.hpp"
#include "web/site.hpp"
#include "web/status_words.hpp"

namespace waymark::accounts::pages {
namespace {

using web::Exchange;
using web::Html;
using namespace web::literals;

bool is_lock(const Failure& failure) {
  return failure.kind == FailureKind::too_many || failure.message.key == "accounts.error.password_off" ||
         failure.message.key == "accounts.error.authenticator_off";
}

bool has_page(const Exchange& exchange, std::string_view path) {
  return exchange.site.router().find_route(web::Method::get, path) != nullptr;
}

// A second factor is asked for where the password was right: there its own locks are spoken of.
Html draw_other_ways(Exchange& exchange) {
  const auto& words = exchange.words();
  const bool is_half = exchange.visitor.standing == web::Standing::half_signed_in;
  Html ways;
  ways("<ul>"_html);
  if (exchange.site.router().find_route(web::Method::post, "/sign-in/passkey") != nullptr) {
    ways("<li>"_html, words.text("accounts.locked.passkey"), "</li>"_html);
  }
  if (is_half) {
    ways("<li>"_html, web::link("/sign-in/second-factor", words.text("accounts.locked.other_factor")), "</li>"_html);
  } else {
    ways("<li>"_html, words.text("accounts.locked.known_browser"), "</li>"_html);
  }
  if (has_page(exchange, "/recover")) {
    ways("<li>"_html, web::link("/recover", words.text("accounts.locked.recover")), "</li>"_html);
  }
  ways("<li>"_html, web::link("/help/fix/locked-account", words.text("accounts.locked.guide")), "</li>"_html);
  ways("<li>"_html, web::link("/contact", words.text("accounts.locked.contact")), "</li></ul>"_html);
  return ways;
}

}  // namespace

Result<web::Response> locked_or_refused(Exchange& exchange, const Failure& failure) {
  if (!is_lock(failure) || web::wants_json(exchange.request)) return refuse(failure);
  const auto& words = exchange.words();
  const int status = web::status_of(failure.kind);
  auto problem = web::make_problem(words, status);
  problem.text = words.text(failure.message);
  problem.retry_after = failure.retry_after;
  const auto title = words.text(failure.retry_after ? "accounts.locked.title" : "accounts.locked.title_off");
  Html main;
  main(web::page_heading(title));
  for (const auto& sentence : web::sentences_of(problem, words)) main(web::paragraph(sentence));
  main(web::section(words.text("accounts.locked.ways_title"), draw_other_ways(exchange)));
  if (const auto help = web::help_sentence(exchange.brand(), words); !help.empty()) main(web::paragraph(help));
  auto response = web::render_page(exchange, {.title = std::string(title), .status = status}, main);
  if (failure.retry_after) response.with_header("retry-after", std::to_string(failure.retry_after->count()));
  return response;
}

}  // namespace waymark::accounts::pages
