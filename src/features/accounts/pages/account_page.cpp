#include "features/accounts/pages/account_page.hpp"

#include "features/accounts/pages/account_links.hpp"
#include "features/accounts/pages/account_notes.hpp"

namespace waymark::accounts::pages {
namespace {

using web::Exchange;
using web::Html;
using namespace web::literals;

web::Fact fact(const Exchange& exchange, std::string_view label_key, std::string_view value) {
  return {.label = std::string(exchange.words().text(label_key)), .value = Html{}(value)};
}

Html links_of(const Exchange& exchange, LinkGroup group) {
  const auto& words = exchange.words();
  std::vector<web::StackedItem> items;
  for (const auto& one : account_links()) {
    if (one.group != group) continue;
    items.push_back({.title = web::link(one.to, words.text(one.title)), .detail = Html{}(words.text(one.hint))});
  }
  return items.empty() ? Html{} : web::stacked_list(items);
}

Html group_section(const Exchange& exchange, LinkGroup group, std::string_view title_key, std::string_view id) {
  const auto links = links_of(exchange, group);
  if (links.empty()) return {};
  return web::section(exchange.words().text(title_key), links, id);
}

Html sign_in_section(Exchange& exchange, const WaysIn& ways) {
  const auto& words = exchange.words();
  const auto counted = [&](std::string_view label_key, std::string_view value_key, int count) {
    return fact(exchange, label_key, words.text(value_key, {{"count", std::int64_t{count}}}));
  };
  Html inside;
  inside(web::fact_list({
      fact(exchange, "accounts.account.password", words.text("accounts.account.password_set")),
      counted("accounts.account.passkeys", "accounts.account.passkeys_count", ways.passkeys),
      counted("accounts.account.authenticators", "accounts.account.authenticators_count", ways.apps),
      counted("accounts.account.phones", "accounts.account.phones_count", ways.phones),
      counted("accounts.account.backup_codes", "accounts.account.backup_codes_count", ways.backup_codes_left),
  }));
  add_few_codes_note(exchange, inside, ways);
  inside(links_of(exchange, LinkGroup::sign_in));
  return web::section(words.text("accounts.account.sign_in_title"), inside, "sign-in");
}

}  // namespace

web::Response account_page(Exchange& exchange, const Profile& profile, const WaysIn& ways) {
  const auto& words = exchange.words();
  const auto& before = exchange.visitor.previous_visit;
  Html main;
  main(web::page_heading(words.text("accounts.account.title"),
                         before ? words.text("accounts.account.last_sign_in",
                                             {{"time", words.long_date_time(*before, exchange.time_zone())}})
                                : std::string(words.text("accounts.account.first_sign_in"))));
  add_urging_note(exchange, main, ways, "/account");
  main(web::fact_list({fact(exchange, "accounts.account.name", full_name(profile)),
                       fact(exchange, "accounts.account.email", mask_email(profile.email.address))}));
  main(sign_in_section(exchange, ways), group_section(exchange, LinkGroup::you, "accounts.account.you_title", "you"),
       group_section(exchange, LinkGroup::safety, "accounts.account.safety_title", "safety"),
       group_section(exchange, LinkGroup::data, "accounts.account.data_title", "data"));
  return web::render_page(exchange,
                          {.title = std::string(words.text("accounts.account.title")), .active_nav = "account"}, main);
}

web::Response details_page(Exchange& exchange, const Profile& profile, const std::vector<Phone>& phones) {
  const auto& words = exchange.words();
  std::vector<web::Fact> facts{
      fact(exchange, "accounts.account.name", full_name(profile)),
      fact(exchange, "accounts.account.date_of_birth", words.short_date(profile.date_of_birth)),
      {.label = std::string(words.text("accounts.account.email")), .value = web::isolated(profile.email.address)}};
  for (const auto& phone : phones) {
    facts.push_back({.label = std::string(words.text("accounts.account.phone")), .value = web::isolated(phone.number)});
  }
  if (phones.empty()) {
    facts.push_back(fact(exchange, "accounts.account.phone", words.text("accounts.account.no_phone")));
  }
  const auto title = words.text("accounts.details.title");
  Html main;
  main(web::page_heading(title, words.text("accounts.details.lead")), web::fact_list(facts), "<p>"_html,
       web::link("/account", words.text("accounts.account.back")), "</p>"_html);
  return web::render_page(exchange, {.title = std::string(title), .active_nav = "account", .may_compress = false},
                          main);
}

}  // namespace waymark::accounts::pages
