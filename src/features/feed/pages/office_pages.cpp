#include "features/feed/pages/office_pages.hpp"

#include "catalogue/words.hpp"
#include "features/cases/intake/intake.hpp"
#include "web/csv.hpp"

namespace waymark::feed::pages {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using web::NoteKind;
using namespace web::literals;

std::string day_of(Exchange& exchange, Instant at) {
  return exchange.words().long_date(catalogue::day_in_zone(at, exchange.time_zone()));
}

web::Url act_url(const FeedKey& key, std::string_view act) {
  return web::Url::local_or(fmt::format("/office/feed/keys/{}/{}", key.id.value, act), "/office/feed");
}

Html key_detail(Exchange& exchange, const FeedKey& key) {
  const auto& words = exchange.words();
  Html html;
  html(words.text(key.may_write ? "feed.keys.writes" : "feed.keys.reads"), "<br>"_html);
  if (!key.prefixes.empty()) {
    std::string all;
    for (const auto& prefix : key.prefixes) all += (all.empty() ? "" : ", ") + prefix;
    html(words.text("feed.keys.only", {{"prefixes", all}}), "<br>"_html);
  }
  html(words.text("feed.keys.until", {{"date", day_of(exchange, key.expires_at)}}), "<br>"_html,
       key.used_on ? words.text("feed.keys.used", {{"date", words.long_date(*key.used_on)}})
                   : std::string(words.text("feed.keys.never_used")));
  return html;
}

Html key_acts(Exchange& exchange, const FeedKey& key) {
  const auto& words = exchange.words();
  if (!key.is_good(exchange.now)) return web::tag(NoteKind::stop, words.text("feed.keys.ended"));
  return Html{}(
      web::post_form(exchange, act_url(key, "rotation"), web::secondary_button(words.text("feed.keys.rotate"))),
      web::post_form(exchange, act_url(key, "revocation"), web::secondary_button(words.text("feed.keys.revoke"))));
}

Html new_key(Exchange& exchange, const FormState& form) {
  const auto& words = exchange.words();
  Html fields;
  fields(
      web::text_field(exchange, form,
                      {.name = "name",
                       .label = words.text("feed.field.name"),
                       .hint = words.text("feed.field.name_hint"),
                       .autocomplete = "off",
                       .size_max = static_cast<int>(kKeyNameMax)}),
      web::text_field(exchange, form,
                      {.name = "prefixes",
                       .label = words.text("feed.field.prefixes"),
                       .hint = words.text("feed.field.prefixes_hint"),
                       .autocomplete = "off",
                       .size_max = 280,
                       .is_required = false}),
      web::text_field(exchange, form,
                      {.name = "days",
                       .label = words.text("feed.field.days"),
                       .autocomplete = "off",
                       .inputmode = "numeric",
                       .size_max = 3,
                       .width = "xs",
                       .value = "365"}),
      web::check_field(exchange, form,
                       {.name = "only_reports", .label = words.text("feed.field.only_reports"), .is_required = false}),
      web::primary_button(words.text("feed.keys.issue")));
  return web::section(words.text("feed.keys.new"), web::post_form(exchange, "/office/feed", fields), "new");
}

}  // namespace

web::Response keys_page(Exchange& exchange, const FormState& form, const std::vector<FeedKey>& keys,
                        std::string_view secret) {
  const auto& words = exchange.words();
  const std::string title(words.text("feed.keys.title"));
  Html main;
  main(web::error_summary(exchange, form), web::page_heading(title, words.text("feed.keys.lead")));
  if (!secret.empty()) {
    main(web::note(
        NoteKind::needs_you, words.text("feed.keys.once"),
        Html{}(web::paragraph(words.text("feed.keys.once_text")), web::copyable(exchange, "feed-key", secret))));
  }
  std::vector<web::StackedItem> items;
  for (const auto& key : keys)
    items.push_back({.title = Html()(key.name), .detail = key_detail(exchange, key), .aside = key_acts(exchange, key)});
  main(items.empty() ? web::empty_state(words.text("feed.keys.none"), Html{}) : web::stacked_list(items),
       new_key(exchange, form));
  return web::render_page(exchange, {.title = title, .active_nav = "office_feed", .may_compress = false, .form = &form},
                          main);
}

namespace {

// A word that the catalogue does not know: the record is kept for it.
Html reason_cell(Exchange& exchange, const std::string& reason) {
  Html cell;
  cell(web::code_text(reason));
  if (cases::waits_for_catalogue({cases::Verdict::refused, {}, reason}))
    cell(" "_html, web::quiet(exchange.words().text("feed.refused.kept")));
  return cell;
}

}  // namespace

web::Response refused_page(Exchange& exchange, const std::vector<RefusedOfKey>& refused, std::string_view reason) {
  const auto& words = exchange.words();
  const std::string title(words.text("feed.refused.title"));
  std::vector<std::vector<Html>> rows;
  for (const auto& [one, key_name] : refused) {
    rows.push_back({Html()(words.short_date_time(one.at, exchange.time_zone())), Html()(key_name),
                    one.line > 0 ? Html()(one.line) : Html()(words.text("feed.refused.held_before")),
                    web::code_text(one.record), web::code_text(one.field), reason_cell(exchange, one.reason)});
  }
  Html main;
  main(web::page_heading(title, words.text("feed.refused.lead")));
  if (!reason.empty()) main("<p>"_html, web::link("/office/feed/refused", words.text("feed.refused.all")), "</p>"_html);
  if (rows.empty()) {
    main(web::empty_state(words.text("feed.refused.none"), Html{}));
  } else {
    main(web::table(title,
                    {std::string(words.text("feed.refused.when")), std::string(words.text("feed.refused.key")),
                     std::string(words.text("feed.refused.line")), std::string(words.text("feed.refused.record")),
                     std::string(words.text("feed.refused.field")), std::string(words.text("feed.refused.reason"))},
                    rows),
         "<p>"_html,
         web::link(web::Url("/office/feed/refused").with("reason", reason).with("as", "csv"),
                   words.text("feed.refused.csv")),
         "</p>"_html);
  }
  return web::render_page(exchange, {.title = title, .active_nav = "office_refused", .is_wide = true}, main);
}

web::Response refused_csv(Exchange& exchange, const std::vector<RefusedOfKey>& refused) {
  const auto& words = exchange.words();
  web::Csv csv({std::string(words.text("feed.refused.when")), std::string(words.text("feed.refused.key")),
                std::string(words.text("feed.refused.line")), std::string(words.text("feed.refused.record")),
                std::string(words.text("feed.refused.field")), std::string(words.text("feed.refused.reason"))});
  for (const auto& [one, key_name] : refused)
    csv.add({to_iso(one.at), key_name, std::to_string(one.line), one.record, one.field, one.reason});
  return csv.response("refused.csv");
}

}  // namespace waymark::feed::pages
