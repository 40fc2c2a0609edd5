#include "app/demo.hpp"

#include <boost/json.hpp>
#include <sstream>

#include "app/demo_help.hpp"
#include "base/assert.hpp"
#include "base/text.hpp"
#include "catalogue/demo_dates.hpp"
#include "features/feed/import_feed.hpp"
#include "features/office/invite_officer.hpp"
#include "platform/embedded.hpp"
#include "web/failure_page.hpp"
#include "web/page.hpp"

namespace waymark::app {
namespace {

using web::Exchange;
using web::FormState;
using web::Html;
using namespace web::literals;

constexpr std::int64_t kMinutesMax = 366LL * 24 * 60;

std::string to_json(const std::vector<SentMessage>& sent) {
  boost::json::array list;
  for (const auto& message : sent) {
    list.push_back(boost::json::object{{"id", message.id},
                                       {"channel", message.channel},
                                       {"to", message.to},
                                       {"subject", message.subject},
                                       {"text", message.text},
                                       {"sent_at", to_iso(message.sent_at)}});
  }
  return boost::json::serialize(list);
}

Result<web::Response> show_outbox(Exchange& exchange, const ScriptedOutbox& outbox) {
  const auto sent = outbox.list();
  if (web::wants_json(exchange.request)) return web::Response::json(to_json(sent));
  const auto& words = exchange.words();
  Html main;
  main("<h1>"_html, words.text("demo.outbox.title"), "</h1><p class=\"lead\">"_html, words.text("demo.outbox.lead"),
       "</p>"_html);
  if (sent.empty()) main("<p>"_html, words.text("demo.outbox.empty"), "</p>"_html);
  for (auto message = sent.rbegin(); message != sent.rend(); ++message) {
    main("<article class=\"card\"><h2>"_html,
         message->subject.empty() ? std::string_view(words.text("demo.outbox." + message->channel))
                                  : std::string_view(message->subject),
         "</h2><p class=\"quiet\">"_html,
         words.text("demo.outbox.to",
                    {{"to", message->to}, {"time", words.short_date_time(message->sent_at, exchange.time_zone())}}),
         "</p>"_html, "<pre class=\"message\">"_html, message->text, "</pre></article>"_html);
  }
  return web::render_page(exchange, {.title = std::string(words.text("demo.outbox.title"))}, main);
}

Result<web::Response> show_clock(Exchange& exchange, const FormState& form, const Clock& clock) {
  const auto& words = exchange.words();
  Html main;
  main(web::error_summary(exchange, form), "<h1>"_html, words.text("demo.clock.title"), "</h1><p class=\"lead\">"_html,
       words.text("demo.clock.lead", {{"now", words.long_date_time(clock.now(), exchange.time_zone())}}), "</p>"_html);
  Html fields;
  const auto label = std::string(words.text("demo.clock.minutes"));
  fields(web::text_field(exchange, form,
                         {.name = "minutes", .label = label, .inputmode = "numeric", .size_max = 6, .width = "sm"}),
         web::primary_button(words.text("demo.clock.move")));
  main(web::post_form(exchange, "/demo/clock", fields));
  return web::render_page(exchange, {.title = std::string(words.text("demo.clock.title")), .form = &form}, main);
}

}  // namespace

void add_demo_routes(web::Router& router, const ScriptedOutbox& outbox, MovableClock& clock) {
  router.get("/demo/outbox", web::Access::anyone,
             [&outbox](Exchange& exchange) { return show_outbox(exchange, outbox); });
  router.form(
      "/demo/clock", web::Access::anyone,
      [&clock](Exchange& exchange, const FormState& form) { return show_clock(exchange, form, clock); },
      [&clock](Exchange&, const web::Form& form) -> Result<web::Response> {
        const auto minutes = parse_integer(form.get("minutes"));
        if (!minutes || *minutes < 1 || *minutes > kMinutesMax) return refuse_field("minutes", "demo.clock.wrong");
        clock.move(std::chrono::minutes{*minutes});
        return web::Response::redirect("/demo/clock");
      });
}

void seed_demo(Foundation& foundation, Features& features) {
  static constexpr db::Query kAnyCase{"app.demo.any_case", "SELECT 1 FROM cases LIMIT 1"};
  if (foundation.database->snapshot()->has(kAnyCase, {})) return;
  const auto file = find_embedded("catalogue/demo/feed.ndjson");
  WAYMARK_ASSERT(file.has_value());
  const auto& zone = foundation.catalogue.brand().time_zone;
  std::istringstream feed(
      catalogue::with_demo_dates(*file, catalogue::day_in_zone(foundation.clock->now(), zone), zone));
  feed::import_feed(features.cases, feed, [](const feed::RefusedRecord& refused) {
    throw StartProblem(
        fmt::format("catalogue/demo/feed.ndjson:{}: {}: {}", refused.line, refused.field, refused.reason));
  });
  seed_demo_help(foundation, features);
}

namespace {

// One of each role, so that every page of the office can be seen.
void print_office(Features& features, std::ostream& out) {
  out << "\nThe office: open a link, make a passkey, and you are that officer. Each is good once, for three days; the "
         "next "
         "start prints new ones.\n\n";
  const std::pair<web::OfficeRole, const char*> officers[] = {{web::OfficeRole::case_officer, "Maya Lindqvist"},
                                                              {web::OfficeRole::support, "Tomas Oyelaran"},
                                                              {web::OfficeRole::identity_reviewer, "Priya Castellan"},
                                                              {web::OfficeRole::auditor, "Jonas Whitlock"},
                                                              {web::OfficeRole::administrator, "Ruth Amadi"}};
  for (const auto& [role, name] : officers) {
    const auto link =
        office::demo_link(features.office, {.email = fmt::format("{}@northport.example", web::to_text(role)),
                                            .name = name,
                                            .unit = "Northport field office",
                                            .role = role,
                                            .language = "en"});
    out << fmt::format("  {:<18} {}\n", web::to_text(role), link);
  }
}

}  // namespace

void print_demo(const Foundation& foundation, Features& features, std::ostream& out) {
  const auto file = find_embedded("catalogue/demo/people.json");
  WAYMARK_ASSERT(file.has_value());
  out << fmt::format(
      "\n{} (a demonstration; not a real agency)\n\n"
      "  Address   {}\n"
      "  Outbox    {}/demo/outbox   every mail and text\n"
      "  Clock     {}/demo/clock    moves the demo's time, to see things expire\n\n"
      "Create an account with any address (and try a passkey, at /account/passkeys), then connect one of these "
      "cases:\n\n",
      foundation.catalogue.brand().agency_name, foundation.origin(), foundation.origin(), foundation.origin());
  out << fmt::format("  {:<15} {:<17} {:<14} {:<15} {}\n", "Receipt number", "Access code", "Second proof", "Role",
                     "Person");
  for (const auto& value : boost::json::parse(*file).as_array()) {
    const auto& person = value.as_object();
    const auto text = [&](const char* name) { return std::string(person.at(name).as_string()); };
    const std::string state = text("code_state") == "good" ? "" : fmt::format(" (the code is {})", text("code_state"));
    out << fmt::format("  {:<15} {:<17} {:<14} {:<15} {}{}\n", text("receipt_number"), text("access_code"),
                       text("second_proof"), text("role"), text("name"), state);
  }
  out << "\nThe second proof is a date of birth, or an organisation's registration number.\n";
  print_office(features, out);
  out << std::endl;
}

}  // namespace waymark::app
