#include "features/accounts/pages/factor_pages.hpp"

#include "features/accounts/factors/backup_codes.hpp"
#include "features/accounts/limits.hpp"
#include "features/accounts/pages/factor_parts.hpp"

namespace waymark::accounts::pages {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

namespace {

web::Url of_app(web::Url base, const TotpFactor& app) { return base.part(std::to_string(app.id.value)); }

Html app_dates(const Exchange& exchange, const TotpFactor& app) {
  const auto& words = exchange.words();
  const auto day = [&](Instant at) { return words.long_date(catalogue::day_in_zone(at, exchange.time_zone())); };
  auto text = words.text("accounts.apps.added_on", {{"date", day(app.created_at)}});
  text += " ";
  text += app.last_used_at ? words.text("accounts.apps.used_on", {{"date", day(*app.last_used_at)}})
                           : std::string(words.text("accounts.apps.never_used"));
  return Html{}(text);
}

// A link whose purpose can be heard without the row around it.
Html named_link(const web::Url& to, std::string_view label, std::string_view name) {
  return Html{}("<a href=\""_html, to, "\">"_html, label, "<span class=\"sr\"> "_html, name, "</span></a>"_html);
}

Html name_field(Exchange& exchange, const FormState& form, std::string_view now) {
  const auto& words = exchange.words();
  return web::text_field(exchange, form,
                         {.name = "name",
                          .label = words.text("accounts.apps.name"),
                          .hint = words.text("accounts.apps.name_hint"),
                          .autocomplete = "off",
                          .size_max = static_cast<int>(kFactorNameLengthMax),
                          .width = "md",
                          .is_required = false,
                          .value = now});
}

}  // namespace

web::Response account_frame(Exchange& exchange, const FormState& form, std::string_view title, std::string_view lead,
                            const Html& main) {
  Html page;
  page(web::error_summary(exchange, form), done_flash(exchange), web::page_heading(title, lead), main, "<p>"_html,
       web::link("/account", exchange.words().text("accounts.account.back")), "</p>"_html);
  return web::render_page(
      exchange, {.title = std::string(title), .active_nav = "account", .may_compress = false, .form = &form}, page);
}

Html done_flash(Exchange& exchange) {
  const auto done = exchange.query("done");
  if (done == "added") return web::flash(web::NoteKind::done, exchange.words().text("accounts.factors.added"));
  if (done == "changed") return web::flash(web::NoteKind::done, exchange.words().text("accounts.factors.changed"));
  if (done == "removed") return web::flash(web::NoteKind::done, exchange.words().text("accounts.factors.removed"));
  if (done == "codes") return web::flash(web::NoteKind::done, exchange.words().text("accounts.factors.codes"));
  return {};
}

std::string app_name(const Exchange& exchange, const TotpFactor& app) {
  return app.name.empty() ? std::string(exchange.words().text("accounts.apps.unnamed")) : app.name;
}

web::Response apps_page(Exchange& exchange, const AppsView& view) {
  const auto& words = exchange.words();
  std::vector<web::StackedItem> items;
  for (const auto& app : view.apps) {
    const auto name = app_name(exchange, app);
    Html actions;
    actions(app_dates(exchange, app), "<br>"_html,
            named_link(of_app("/account/authenticators/name/", app), words.text("accounts.apps.rename"), name));
    if (view.may_remove) {
      actions(" · "_html,
              named_link(of_app("/account/authenticators/removal/", app), words.text("accounts.apps.remove"), name));
    }
    items.push_back({.title = web::isolated(name), .detail = actions});
  }
  Html main;
  if (items.empty()) main(web::paragraph(words.text("accounts.apps.none")));
  if (!items.empty()) main(web::stacked_list(items));
  if (!view.apps.empty() && !view.may_remove) main(web::quiet(words.text("accounts.factors.last_stays")));
  main(web::post_form(exchange, "/account/authenticators/start",
                      web::primary_button(words.text("accounts.apps.add_button"))));
  return account_frame(exchange, {}, words.text("accounts.apps.title"), words.text("accounts.apps.lead"), main);
}

web::Response add_app_page(Exchange& exchange, const FormState& form, std::string_view secret, std::string_view email) {
  const auto& words = exchange.words();
  Html fields;
  fields(six_digits_field(exchange, form, "totp", words.text("accounts.field.totp"),
                          words.text("accounts.sign_up.authenticator.hint")),
         name_field(exchange, form, {}), web::primary_button(words.text("accounts.apps.confirm_button")));
  Html main;
  main(app_setup(exchange, secret, email), web::post_form(exchange, "/account/authenticators/add", fields));
  return account_frame(exchange, form, words.text("accounts.apps.add_title"), words.text("accounts.apps.add_lead"),
                       main);
}

web::Response rename_app_page(Exchange& exchange, const FormState& form, const TotpFactor& app) {
  const auto& words = exchange.words();
  Html fields;
  fields(name_field(exchange, form, app.name), web::primary_button(words.text("accounts.apps.rename_button")));
  return account_frame(exchange, form, words.text("accounts.apps.rename_title"), {},
                       web::post_form(exchange, of_app("/account/authenticators/name/", app), fields));
}

web::Response remove_app_page(Exchange& exchange, const FormState& form, const TotpFactor& app) {
  const auto& words = exchange.words();
  Html main;
  main(web::fact_list(
           {{.label = std::string(words.text("accounts.apps.name")), .value = web::isolated(app_name(exchange, app))}}),
       web::paragraph(words.text("accounts.apps.remove_text")),
       web::post_form(exchange, of_app("/account/authenticators/removal/", app),
                      web::primary_button(words.text("accounts.apps.remove_button"))));
  return account_frame(exchange, form, words.text("accounts.apps.remove_title"), {}, main);
}

web::Response backup_codes_page(Exchange& exchange, const FormState& form, int left,
                                const std::vector<std::string>& pending) {
  const auto& words = exchange.words();
  const auto title = words.text("accounts.backup_codes.title");
  Html main;
  if (!pending.empty()) {
    std::vector<std::string> shown;
    for (const auto& code : pending) shown.push_back(format_backup_code(code));
    Html fields;
    fields(
        web::check_field(exchange, form, {.name = "kept", .label = words.text("accounts.sign_up.backup_codes.label")}),
        web::primary_button(words.text("accounts.backup_codes.keep_button")));
    main(web::backup_code_grid(exchange, shown, "/account/backup-codes/file"),
         web::paragraph(words.text("accounts.sign_up.backup_codes.advice")),
         web::post_form(exchange, "/account/backup-codes", fields));
    return account_frame(exchange, form, title, words.text("accounts.backup_codes.new_lead"), main);
  }
  if (left < kBackupCodesFew) {
    main(web::note(web::NoteKind::needs_you, words.text("accounts.account.few_codes_title"),
                   web::paragraph(words.text("accounts.account.few_codes_text"))));
  }
  main(web::fact_list(
           {{.label = std::string(words.text("accounts.account.backup_codes")),
             .value = Html{}(words.text("accounts.account.backup_codes_count", {{"count", std::int64_t{left}}}))}}),
       web::paragraph(words.text("accounts.backup_codes.new_text")),
       web::post_form(exchange, "/account/backup-codes/new",
                      web::primary_button(words.text("accounts.backup_codes.new_button"))));
  return account_frame(exchange, form, title, words.text("accounts.backup_codes.lead"), main);
}

}  // namespace waymark::accounts::pages
