// Sample pages to look at, written only on request:
//
//   WAYMARK_GALLERY=build/gallery build/debug/web_tests --gtest_filter='Gallery.*' \
//       --gtest_also_run_disabled_tests
//   node tests/browser/gallery.mjs build/gallery        pictures of each, in light and dark, on phone and desktop
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "support/page_site.hpp"
#include "web/page.hpp"
#include "web/page_writing.hpp"

namespace waymark::web {
namespace {

using testing::PageSite;
using testing::PageVisit;

Html text(std::string_view words) { return Html{}(words); }

Html sign_up_page(Exchange& exchange, const FormState& form) {
  Html fields;
  fields(text_field(exchange, form,
                    {.name = "email",
                     .label = "Email address",
                     .hint = "We send a code to this address. Use one that only you can open.",
                     .type = "email",
                     .autocomplete = "username"}),
         date_field(exchange, form, "date_of_birth", "Date of birth", "As it stands in your passport.", "bday"),
         password_field(exchange, form,
                        {.name = "password",
                         .label = "Password",
                         .hint = "A sentence of your own works best. At least 12 characters.",
                         .autocomplete = "new-password"}),
         select_field(exchange, form, {.name = "country", .label = "Country of your phone", .value = "US"},
                      {{"MX", "Mexico (+52)"}, {"US", "United States (+1)"}}),
         text_field(exchange, form,
                    {.name = "code",
                     .label = "Code from your phone",
                     .autocomplete = "one-time-code",
                     .inputmode = "numeric",
                     .size_max = 6,
                     .width = "sm",
                     .is_required = false,
                     .is_code = true,
                     .group_size = 3}),
         radio_field(exchange, form, {.name = "channel", .label = "How shall we send the code?", .value = "text"},
                     {{"text", "Text message", "It can take a minute to arrive."}, {"voice", "Phone call"}}),
         check_field(exchange, form,
                     {.name = "agree", .label = "I have read how we use my data, and I agree", .hint = "One page."}),
         button_row(Html{}(primary_button("Continue"), link("/", "Save and finish later"))));
  Html main;
  main(error_summary(exchange, form),
       step_heading(exchange, 3, 6, "Choose a password", "You use it together with your email address."),
       post_form(exchange, "/sign-up", fields));
  return main;
}

FormState failed_form() {
  FormState form;
  form.typed.set("email", "ana@example");
  form.typed.set("date_of_birth_day", "31");
  form.typed.set("date_of_birth_month", "02");
  form.typed.set("date_of_birth_year", "1985");
  form.failure = Failure{.message = {"web.error.check_answers", {}}};
  for (const auto* field : {"email", "date_of_birth", "password", "agree"}) {
    form.failure->fields.push_back({field, {"web.error.check_answers", {}}});
  }
  return form;
}

Html case_card(std::string_view title, std::string_view receipt, int step, int steps, std::string_view sentence) {
  Html html;
  add_card(html, title, {}, [&] {
    html("<p class=\"quiet\"><span class=\"code\">"_html, receipt, "</span></p>"_html);
    add_path_small(html, step, steps, sentence);
    html(quiet("Changed yesterday: we asked for 2 documents"), link("/", "See this case"));
  });
  return html;
}

Html dashboard_page(Exchange& exchange) {
  Html main, aside;
  main(needs_you_card(exchange, "Send 2 documents for your work permit",
                      Html{}(paragraph("by Friday, 18 December 2026 · 25 days left"),
                             button_row(Html{}(button_link("/", "Start"))),
                             explanation("Why this date?", paragraph("84 days from the day we asked: 25 September.")))),
       section("Your cases",
               Html{}(case_card("Work permit (I-765)", "NPT2690001234", 3, 5, "Step 3 of 5 · We asked for evidence"),
                      case_card("Residence (I-485)", "NPT2690001235", 1, 8, "Step 1 of 8 · We received it"))));
  aside(card("Coming up", Html{}(paragraph("Tue 8 Dec, 9:40 am"), paragraph("Biometrics, Northport"),
                                 link("/", "Add to your calendar"))),
        card("New for you", stacked_list({{link("/", "2 notices"), {}, tag(NoteKind::information, "New")},
                                          {link("/", "1 message"), quiet("From our office, yesterday"), {}}})));
  return Html{}(page_heading("Good morning, Ana"), flash(NoteKind::done, "We connected your case NPT2690001234."),
                columns(main, aside));
}

Html case_page(Exchange& exchange) {
  Html main, aside;
  main(
      path_large(exchange,
                 {{"Received", "We have your form and your fee.", "Monday, 3 August 2026", MarkState::done, "Done"},
                  {"Biometrics appointment", "We take your fingerprints and photo. It takes about 20 minutes.",
                   "Tuesday, 1 September 2026", MarkState::returned, "Went back here on 2 October 2026"},
                  {"We asked for evidence", "We need 2 more documents before we can decide. Send them here or by post.",
                   "Friday, 25 September 2026", MarkState::present, "Now"},
                  {"Decision", "We write to you as soon as we have decided.", "", MarkState::ahead, ""},
                  {"Card is made and posted", "", "", MarkState::ahead, ""}}),
      section("History",
              timeline({{"Friday, 25 September 2026", "2026-09-25", "We asked for 2 documents",
                         "A copy of your passport, and a photo.", "Northport Immigration Service"},
                        {"Monday, 3 August 2026", "2026-08-03", "We received your form", "", "You, online"}}),
              "history"),
      section("People on this case",
              table("Who can see it", {"Name", "Part", "Since"},
                    {{text("Ana María Fernández de la Cruz"), text("Applicant"), text("3 Aug 2026")},
                     {text("Jo Smith"), text("Representative"), text("9 Aug 2026")}})));
  aside(card("Facts", fact_list({{"Receipt number", Html{}("<span class=\"code\">NPT2690001234</span>"_html), {}},
                                 {"Received", text("3 Aug 2026"), {}}})),
        card("What you can do here",
             stacked_list({{link("/", "Disconnect this case"), {}, {}}, {link("/", "Ask us about it"), {}, {}}})));
  return Html{}(page_heading("Work permit (I-765)", "NPT2690001234 · Step 3 of 5"), columns(main, aside));
}

Html landing_page(Exchange& exchange) {
  Html main, aside;
  main(page_heading("Follow your immigration case",
                    "See every case you have in one place: where it stands, what is asked "
                    "of you and by when, and what happens next."),
       button_row(Html{}(button_link("/", "Create an account"), button_link("/", "Sign in", false))),
       section("How it works",
               path_large(exchange, {{"Open an account", "It takes about 10 minutes.", "", MarkState::ahead, ""},
                                     {"Connect your case", "Use the code from our letter.", "", MarkState::ahead, ""},
                                     {"See where it stands", "Each step in plain words.", "", MarkState::ahead, ""}})));
  aside(card("What you need", Html{}("<ul><li>An email address that only you can read.</li><li>The letter with your "
                                     "access code.</li></ul>"_html)),
        note(NoteKind::information, "Is this the right address?", paragraph("Look at your browser's address bar.")));
  return columns(main, aside);
}

Html parts_page(Exchange& exchange) {
  Html main;
  main(page_heading("Parts of pages", "Every box, tag and list."),
       note(NoteKind::information, "Good to know", paragraph("You can send documents until midnight of that day.")),
       note(NoteKind::done, "Received", paragraph("We have your documents.")),
       note(NoteKind::needs_you, "Your code ends soon", paragraph("It can be used until 4:10 pm.")),
       note(NoteKind::stop, "This code has ended", paragraph("Ask for a new one. We post it to the address on file.")),
       Html{}("<p>"_html, tag(NoteKind::information, "In progress"), " "_html, tag(NoteKind::done, "Received"),
              " "_html, tag(NoteKind::needs_you, "Needs you"), " "_html, tag(NoteKind::stop, "Ended"), "</p>"_html),
       fact_list({{"Email", text("ana.fernandez-de-la-cruz.and.family@example.org"), link("/", "Change")},
                  {"Phone", text("+1 ••• ••• 0142"), link("/", "Change")}}),
       backup_code_grid(exchange,
                        {"4JQ2-9VXN-T7KD-P3MZ", "8HWC-2RFY-6BNE-K4QS", "X5ZP-7DGT-3MJV-9CRA", "B2NK-6WQE-8FHX-T4YD"},
                        "/sign-up/backup-codes.txt"),
       copyable(exchange, "secret", "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP"),
       confirm_panel("You are connected", "Receipt number", "NPT2690001234",
                     paragraph("We write to you when something changes.")),
       empty_state("No cases yet", Html{}(paragraph("Connect your first case with the code from our letter."),
                                          button_row(button_link("/cases/connect", "Connect a case")))),
       quick_exit(exchange), button_row(Html{}(button_link("/", "First thing"), button_link("/", "Another", false))),
       prose("Words of the agency.\nA second line.\n\n## What we keep\n\n- Your name\n- Your address\n\nAnd no more."));
  return main;
}

void write_page(const std::filesystem::path& folder, PageVisit& visit, std::string_view name,
                const PageOptions& options, const Html& main) {
  const auto response = render_page(visit.exchange, options, main);
  std::ofstream(folder / fmt::format("{}.{}.html", name, visit.exchange.words().tag())) << response.body;
}

TEST(Gallery, DISABLED_WritesSamplePagesWhereItIsToldTo) {
  const char* folder = std::getenv("WAYMARK_GALLERY");
  ASSERT_NE(folder, nullptr) << "set WAYMARK_GALLERY to a folder to get the pages";
  std::filesystem::create_directories(folder);
  PageSite site;
  for (const std::string_view language : {"en", "es", "en-XA", "en-XB"}) {
    PageVisit visit(site, language, "/sign-up");
    const FormState empty, failed = failed_form();
    write_page(folder, visit, "sign-up", {.title = "Sign up", .form = &empty}, sign_up_page(visit.exchange, empty));
    write_page(folder, visit, "errors", {.title = "Sign up", .form = &failed}, sign_up_page(visit.exchange, failed));
    write_page(folder, visit, "landing", {.title = "Follow your case", .is_wide = true}, landing_page(visit.exchange));
    visit.sign_in();
    write_page(folder, visit, "dashboard", {.title = "Your cases", .active_nav = "cases", .is_wide = true},
               dashboard_page(visit.exchange));
    write_page(folder, visit, "case", {.title = "Work permit", .active_nav = "cases", .is_wide = true},
               case_page(visit.exchange));
    write_page(folder, visit, "parts", {.title = "Parts", .active_nav = "account"}, parts_page(visit.exchange));
  }
}

}  // namespace
}  // namespace waymark::web
