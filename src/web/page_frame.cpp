// The document around every page: head, header with brand, language choice and navigation, main, footer.
#include "web/assets.hpp"
#include "web/brand_style.hpp"
#include "web/marks.hpp"
#include "web/page.hpp"
#include "web/session_end.hpp"
#include "web/site.hpp"

namespace waymark::web {
namespace {

// Up to here each language is a button of its own; more are folded behind one.
constexpr std::size_t kOpenLanguagesMax = 3;

bool has_failed(const PageOptions& options) {
  return options.status == 422 || (options.form != nullptr && options.form->failed());
}

void add_head(Html& html, Exchange& exchange, const PageOptions& options) {
  const auto& words = exchange.words();
  const auto& brand = exchange.brand();
  const std::string title = words.text(has_failed(options) ? "web.page.title_error" : "web.page.title",
                                       {{"title", options.title}, {"agency", brand.agency_name}});
  html("<!doctype html>\n<html lang=\""_html, words.tag(), "\" dir=\""_html, words.direction(),
       "\"><head><meta charset=\"utf-8\"><title>"_html, title,
       "</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
       "<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"format-detection\" content=\"telephone=no\">"
       "<link rel=\"stylesheet\" href=\""_html,
       asset_url("app.css"), "\">"_html);
  if (has_brand_style(brand)) html("<link rel=\"stylesheet\" href=\""_html, kBrandStylePath, "\">"_html);
  html("<link rel=\"icon\" type=\"image/svg+xml\" href=\""_html, asset_url("favicon.svg"), "\"><script src=\""_html,
       asset_url("app.js"), "\" defer></script>"_html);
  if (options.refresh) {
    html("<noscript><meta http-equiv=\"refresh\" content=\""_html, options.refresh->after.count(), ";url="_html,
         options.refresh->to, "\"></noscript>"_html);
  } else if (exchange.visitor.standing == Standing::signed_in && options.form == nullptr) {
    html(ending_refresh(exchange));
  }
  html("</head>"_html);
}

std::vector<const catalogue::Locale*> list_other_languages(Exchange& exchange) {
  std::vector<const catalogue::Locale*> others;
  for (const auto& tag : exchange.brand().languages) {
    const auto* locale = exchange.site.parts().words.find(tag);
    if (locale != nullptr && locale->tag() != exchange.words().tag()) others.push_back(locale);
  }
  return others;
}

void add_language_choice(Html& html, Exchange& exchange) {
  const auto others = list_other_languages(exchange);
  if (others.empty()) return;
  const auto& request = exchange.request;
  const bool is_folded = others.size() > kOpenLanguagesMax;
  html("<form class=\"languages\" method=\"post\" action=\""_html,
       is_office_path(request.path) ? Url("/office/language") : Url("/language"), "\" aria-label=\""_html,
       exchange.words().text("web.language.label"), "\">"_html, exchange.csrf_field(),
       "<input type=\"hidden\" name=\"return_to\" value=\""_html, request.path);
  if (!request.query.empty()) html("?"_html, request.query);
  html("\">"_html);
  if (is_folded) html("<details><summary>"_html, exchange.words().own_name(), "</summary><div>"_html);
  for (const auto* locale : others) {
    html("<button name=\"language\" value=\""_html, locale->tag(), "\" lang=\""_html, locale->tag(), "\" dir=\""_html,
         locale->direction(), "\">"_html, locale->own_name(), "</button>"_html);
  }
  if (is_folded) html("</div></details>"_html);
  html("</form>"_html);
}

void add_nav_link(Html& html, const Url& to, std::string_view label, bool is_active) {
  html("<li><a href=\""_html, to, "\""_html);
  if (is_active) html(" aria-current=\"true\""_html);
  html(">"_html, label, "</a></li>"_html);
}

// The office's own: what the officer's role may reach, who they are here, and the way out.
void add_office_navigation(Html& html, Exchange& exchange, std::string_view active) {
  const auto& words = exchange.words();
  const auto& seat = exchange.visitor.seat;
  html("<nav class=\"nav nav--office\" aria-label=\""_html, words.text("web.nav.label"), "\"><ul>"_html);
  if (seat) {
    for (const auto& link : exchange.site.parts().office_nav) {
      if (link.roles.has(seat->role))
        add_nav_link(html, Url::local_or(link.path, "/office"), words.text(link.words), link.active == active);
    }
    html("<li>"_html,
         post_form(exchange, "/office/sign-out",
                   Html{}("<button class=\"nav__button\">"_html, words.text("web.nav.sign_out"), "</button>"_html),
                   "nav__form"),
         "</li>"_html);
  }
  html("</ul></nav>"_html);
}

void add_navigation(Html& html, Exchange& exchange, std::string_view active) {
  const auto& words = exchange.words();
  const Standing standing = exchange.visitor.standing;
  html("<nav class=\"nav\" aria-label=\""_html, words.text("web.nav.label"), "\"><ul>"_html);
  if (standing == Standing::signed_in) {
    add_nav_link(html, "/cases", words.text("web.nav.cases"), active == "cases");
    add_nav_link(html, "/cases/connect", words.text("web.nav.connect"), active == "connect");
    add_nav_link(html, "/messages", words.text("web.nav.messages"), active == "messages");
    add_nav_link(html, "/account", words.text("web.nav.account"), active == "account");
  }
  if (standing == Standing::stranger) {
    add_nav_link(html, "/sign-in", words.text("web.nav.sign_in"), active == "sign_in");
  } else if (!exchange.visitor.is_shared_computer) {
    html("<li>"_html,
         post_form(exchange, "/sign-out",
                   Html{}("<button class=\"nav__button\">"_html, words.text("web.nav.sign_out"), "</button>"_html),
                   "nav__form"),
         "</li>"_html);
  }
  html("</ul></nav>"_html);
}

void add_header(Html& html, Exchange& exchange, const PageOptions& options) {
  const auto& brand = exchange.brand();
  const bool is_signed_in = exchange.visitor.standing == Standing::signed_in;
  const bool is_office = is_office_path(exchange.request.path);
  const Url home = is_office ? Url("/office") : is_signed_in ? Url("/cases") : Url("/");
  html("<a class=\"skip\" href=\"#main\">"_html, exchange.words().text("web.page.skip"), "</a>"_html,
       is_signed_in ? "<header class=\"header\">"_html : "<header class=\"header header--short\">"_html,
       "<div class=\"header__inner\"><a class=\"brand\" href=\""_html, home, "\">"_html);
  if (brand.mark_svg.empty()) {
    html(brand_mark());
  } else {
    html("<img class=\"brand__mark\" src=\""_html, kBrandMarkPath, "\" alt=\"\" width=\"40\" height=\"40\">"_html);
  }
  html("<span class=\"brand__name\">"_html, brand.agency_name, "</span></a>"_html);
  if (is_office) html("<span class=\"brand__part\">"_html, exchange.words().text("web.nav.office"), "</span>"_html);
  add_language_choice(html, exchange);
  if (is_office) {
    add_office_navigation(html, exchange, options.active_nav);
  } else {
    add_navigation(html, exchange, options.active_nav);
  }
  html("</div></header>"_html);
}

void add_footer(Html& html, Exchange& exchange) {
  const auto& words = exchange.words();
  const auto& brand = exchange.brand();
  html("<footer class=\"footer\"><div class=\"footer__inner\"><nav aria-label=\""_html, words.text("web.footer.label"),
       "\"><ul>"_html);
  add_nav_link(html, "/help", words.text("web.footer.help"), false);
  add_nav_link(html, "/privacy", words.text("web.footer.privacy"), false);
  add_nav_link(html, "/accessibility", words.text("web.footer.accessibility"), false);
  add_nav_link(html, "/contact", words.text("web.footer.contact"), false);
  add_nav_link(html, "/genuine", words.text("web.footer.genuine"), false);
  if (exchange.site.parts().is_demo) add_nav_link(html, "/demo/outbox", words.text("web.footer.demo_outbox"), false);
  html("</ul></nav><p>"_html,
       words.text("web.footer.official_address",
                  {{"agency", brand.agency_name}, {"address", exchange.site.authority()}}),
       "</p>"_html);
  const auto disclaimer = brand.disclaimer.in(words.tag());
  if (!disclaimer.empty()) html("<p class=\"footer__disclaimer\">"_html, disclaimer, "</p>"_html);
  html("</div></footer>"_html);
}

}  // namespace

Response render_page(Exchange& exchange, const PageOptions& options, const Html& main) {
  Html html(main.text().size() + 6 * 1024);
  add_head(html, exchange, options);
  html("<body>"_html);
  if (exchange.visitor.is_shared_computer) html(shared_bar(exchange));
  add_header(html, exchange, options);
  if (options.is_wide) {
    html("<main id=\"main\" class=\"main main--wide\" tabindex=\"-1\">"_html);
  } else {
    html("<main id=\"main\" class=\"main\" tabindex=\"-1\">"_html);
  }
  html(main, "</main>"_html);
  add_footer(html, exchange);
  if (exchange.visitor.standing == Standing::signed_in) html(ending_dialog(exchange));
  html("</body></html>\n"_html);

  const bool failed = has_failed(options);
  Response response = Response::page(std::move(html), failed ? 422 : options.status);
  const bool repeats_typed = failed || (options.form != nullptr && options.form->is_draft);
  response.may_compress = options.may_compress && !repeats_typed;
  return response;
}

}  // namespace waymark::web
