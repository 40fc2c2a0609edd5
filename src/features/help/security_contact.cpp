#include "features/help/security_contact.hpp"

#include "web/page.hpp"
#include "web/site.hpp"

namespace waymark::help {
namespace {

using web::Exchange;
using web::Html;
using namespace web::literals;

// RFC 9116 section 2.5.5 wants less than a year. Whole days, so that the answer stays the same all day.
constexpr std::chrono::days kValid{180};

Result<web::Response> show_security_txt(const SecurityContact& security, Exchange& exchange) {
  auto response = web::Response::text(
      security_txt(security, exchange.site.parts().origin, exchange.brand().languages, exchange.now));
  response.caching = web::Caching::brief;
  return response;
}

std::string shown(std::string_view contact) {
  if (contact.starts_with("mailto:")) contact.remove_prefix(7);
  return std::string(contact);
}

Result<web::Response> show_security_page(const SecurityContact& security, Exchange& exchange) {
  const auto& words = exchange.words();
  const auto title = words.text("help.security.title");
  Html main;
  main(web::page_heading(title, words.text("help.security.lead")),
       web::section(
           words.text("help.security.write_title"),
           Html{}("<p>"_html, words.text("help.security.write_text"), "</p><p>"_html,
                  web::link(web::Url::from_configuration(security.contact), shown(security.contact)), "</p>"_html)),
       web::section(words.text("help.security.rules_title"),
                    Html{}("<ul><li>"_html, words.text("help.security.rule_own"), "</li><li>"_html,
                           words.text("help.security.rule_stop"), "</li><li>"_html,
                           words.text("help.security.rule_wait"), "</li></ul>"_html)),
       "<p>"_html, words.text("help.security.message"), " "_html,
       web::link("/genuine", words.text("help.security.genuine")), "</p>"_html);
  return web::render_page(exchange, {.title = std::string(title)}, main);
}

}  // namespace

std::string security_txt(const SecurityContact& security, std::string_view origin,
                         std::span<const std::string> languages, Instant now) {
  const Instant expires = std::chrono::floor<std::chrono::days>(now) + kValid;
  const auto policy = security.policy.empty() ? fmt::format("{}/security", origin) : security.policy;
  return fmt::format(
      "Contact: {}\nExpires: {}\nPreferred-Languages: {}\nCanonical: {}/.well-known/security.txt\nPolicy: {}\n",
      security.contact, to_iso(expires), fmt::join(languages, ", "), origin, policy);
}

void add_well_known_routes(web::Router& router, const SecurityContact& security) {
  using web::Access;
  router.get("/.well-known/security.txt", Access::anyone,
             [security](Exchange& exchange) { return show_security_txt(security, exchange); });
  router.get("/.well-known/change-password", Access::anyone,
             [](Exchange&) -> Result<web::Response> { return web::Response::redirect("/account/password"); });
  router.get("/security", Access::anyone,
             [security](Exchange& exchange) { return show_security_page(security, exchange); });
}

}  // namespace waymark::help
