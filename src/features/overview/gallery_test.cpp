// The pages about cases to look at, written only on request (src/web/gallery_test.cpp says how):
//
//   WAYMARK_GALLERY=build/gallery build/debug/overview_tests --gtest_filter='OverviewGallery.*' \
//       --gtest_also_run_disabled_tests
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "features/cases/connecting/connect_pages.hpp"
#include "features/cases/connecting/disconnect_page.hpp"
#include "features/overview/pages/case_page.hpp"
#include "features/overview/pages/dashboard_page.hpp"
#include "support/page_site.hpp"

namespace waymark::overview {
namespace {

using cases::CaseEvent;
using cases::EventKind;
using cases::Role;
using testing::PageSite;
using testing::PageVisit;

Date day(std::string_view text) { return *parse_iso_date(text); }

Instant at(std::string_view text) { return *parse_iso_instant(text); }

cases::VisibleCase one_case(int number, std::string form, std::string stage, int step, Role role = Role::applicant) {
  return {.id = CaseId{number},
          .receipt_number = fmt::format("NPT26900010{:02}", number),
          .form = std::move(form),
          .filed_on = day("2026-08-12"),
          .party = PartyId{1},
          .role = role,
          .state = {.stage = stage,
                    .stage_since = day("2026-11-12"),
                    .step = step,
                    .furthest_step = step,
                    .last = cases::LastChange{.kind = EventKind::stage_entered,
                                              .stage = stage,
                                              .on = day("2026-11-22"),
                                              .received_at = at("2026-11-22T15:00:00Z")}}};
}

cases::VisibleCase asked_case() {
  auto one = one_case(1, "I-765", "evidence_requested", 4);
  one.open_requests = 1;
  one.evidence_due_on = day("2026-12-18");
  one.evidence_documents = 2;
  one.state.last->kind = EventKind::evidence_requested;
  return one;
}

cases::VisibleAppointment appointment(int of) {
  return {.id = {1},
          .on_case = CaseId{of},
          .kind = cases::AppointmentKind::biometrics,
          .starts_at = at("2026-12-08T14:40:00Z"),
          .place = "northport-asc",
          .state = cases::AppointmentState::scheduled};
}

cases::VisibleCases some_cases() {
  cases::VisibleCases all;
  all.cases = {asked_case(), one_case(2, "I-485", "biometrics", 3), one_case(3, "N-400", "received", 1)};
  all.cases[1].state.has_returned = true;
  for (int number = 4; number < 6; ++number) {
    auto closed = one_case(number, number == 4 ? "I-90" : "I-131", "decision", 5);
    closed.state.is_closed = true;
    closed.state.outcome = number == 4 ? catalogue::Outcome::approved : catalogue::Outcome::withdrawn;
    all.cases.push_back(std::move(closed));
  }
  all.coming = {appointment(2)};
  return all;
}

cases::VisibleCases many_cases() {
  static constexpr std::string_view kForms[] = {"I-765", "I-130", "I-129", "I-485", "N-400"};
  cases::VisibleCases all;
  for (int number = 1; number <= 25; ++number) {
    all.cases.push_back(one_case(number, std::string(kForms[number % 5]), "received", 1, Role::representative));
    if (number % 6 != 0) continue;
    all.cases.back().open_requests = 1;
    all.cases.back().evidence_due_on = day(fmt::format("2026-12-{}", 10 + number / 6));
  }
  return all;
}

cases::CasePicture picture() {
  const auto stage = [](std::int64_t sequence, std::string name, std::string_view on) {
    return cases::HistoryEntry{
        {.sequence = sequence, .kind = EventKind::stage_entered, .stage = std::move(name), .occurred_on = day(on)}, {}};
  };
  cases::CasePicture all;
  all.history = {{{.sequence = 1, .kind = EventKind::filed, .occurred_on = day("2026-08-12")}, {}},
                 stage(4, "received", "2026-08-12"),
                 stage(5, "accepted", "2026-08-20"),
                 stage(6, "biometrics", "2026-09-14"),
                 stage(7, "review", "2026-10-01"),
                 stage(8, "evidence_requested", "2026-11-10"),
                 {{.sequence = 9,
                   .kind = EventKind::evidence_requested,
                   .occurred_on = day("2026-11-10"),
                   .due_on = day("2026-12-18"),
                   .documents = 2},
                  {.items = {{{"en", "Copy of your passport, every page with a stamp"},
                              {"es", "Copia de su pasaporte, cada página con sello"}},
                             {{"en", "Two photos of yourself"}, {"es", "Dos fotos de usted"}}}}}};
  all.requests = {{.sequence = 9,
                   .requested_on = day("2026-11-10"),
                   .due_on = day("2026-12-18"),
                   .documents = 2,
                   .answered_on = {}}};
  auto past = appointment(1);
  past.starts_at = at("2026-09-14T14:00:00Z");
  past.state = cases::AppointmentState::kept;
  all.appointments = {past, appointment(1)};
  all.parties = {{.id = {1},
                  .role = Role::applicant,
                  .is_asker = true,
                  .name = "María Alejandra Guadalupe Fernández de Córdoba y Montealegre"},
                 {.id = {2}, .role = Role::representative, .is_organisation = true, .name = "Harbor Law LLP"}};
  return all;
}

TEST(OverviewGallery, DISABLED_WritesPagesWhereItIsToldTo) {
  const char* folder = std::getenv("WAYMARK_GALLERY");
  ASSERT_NE(folder, nullptr) << "set WAYMARK_GALLERY to a folder to get the pages";
  std::filesystem::create_directories(folder);
  PageSite site;
  for (const std::string_view language : {"en", "es", "en-XA", "en-XB"}) {
    PageVisit visit(site, language, "/cases");
    visit.sign_in();
    visit.exchange.visitor.previous_visit = at("2026-11-20T15:00:00Z");
    const auto write = [&](std::string_view name, const web::Response& response) {
      std::ofstream(std::filesystem::path(folder) / fmt::format("{}.{}.html", name, language)) << response.body;
    };
    write("cases-none", pages::dashboard_page(visit.exchange, arrange_dashboard({})));
    write("cases-some", pages::dashboard_page(visit.exchange, arrange_dashboard(some_cases())));
    write("cases-many", pages::dashboard_page(visit.exchange, arrange_dashboard(many_cases())));
    write("case-asked", pages::case_page(visit.exchange, asked_case(), picture()));
    auto returned = one_case(2, "I-765", "accepted", 2);
    returned.state.has_returned = true;
    returned.state.furthest_step = 4;
    auto back = picture();
    back.requests.clear();
    back.history.push_back(
        {{.sequence = 10, .kind = EventKind::stage_entered, .stage = "accepted", .occurred_on = day("2026-11-12")},
         {}});
    write("case-back", pages::case_page(visit.exchange, returned, back));
    write("case-connect", cases::pages::connect_page(visit.exchange, {}));
    web::FormState refused;
    refused.typed.set("receipt_number", "NPT2690001001");
    refused.failure = Failure{.message = {"cases.error.not_connected", {}}};
    write("case-refused", cases::pages::connect_page(visit.exchange, refused));
    write("case-new-code", cases::pages::new_code_page(visit.exchange, {}));
    write("case-disconnect", cases::pages::disconnect_page(visit.exchange, asked_case()));
  }
}

}  // namespace
}  // namespace waymark::overview
