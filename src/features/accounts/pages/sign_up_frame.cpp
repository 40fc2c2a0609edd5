#include "features/accounts/pages/sign_up_frame.hpp"

#include <fmt/format.h>

namespace waymark::accounts::pages {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

namespace {

// From the consent step on there is something to come back to.
Html way_to_stop(Exchange& exchange, const SignUpStep& step) {
  const auto& words = exchange.words();
  if (step.place < 2) return {};
  return web::explanation(
      words.text("accounts.sign_up.later.summary"),
      Html{}(web::paragraph(words.text("accounts.sign_up.later.text")),
             web::post_form(exchange, "/sign-up/pause",
                            web::secondary_button(words.text("accounts.sign_up.later.button")), "form form--inline")));
}

}  // namespace

std::string_view step_words(const Exchange& exchange, const SignUpStep& step, std::string_view name) {
  return exchange.words().text(fmt::format("accounts.sign_up.{}.{}", step.name, name));
}

web::Response sign_up_page(Exchange& exchange, const FormState& form, const SignUpStep& step, std::string_view lead,
                           const Html& main) {
  const auto title = step_words(exchange, step, "title");
  Html page;
  page(web::error_summary(exchange, form), web::step_heading(exchange, step.place, kSignUpPlaces, title, lead), main,
       way_to_stop(exchange, step));
  return web::render_page(exchange, {.title = std::string(title), .may_compress = false, .form = &form}, page);
}

}  // namespace waymark::accounts::pages
