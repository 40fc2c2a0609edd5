#include "features/overview/pages/dashboard_page.hpp"

#include "features/cases/case_urls.hpp"
#include "features/overview/case_words.hpp"
#include "web/page_writing.hpp"

namespace waymark::overview::pages {
namespace {

using cases::VisibleAppointment;
using cases::VisibleCase;
using web::Exchange;
using web::Html;
using web::NoteKind;
using namespace web::literals;

// Past this many requests, the list says how many more there are: the cases below name each.
constexpr std::size_t kAskedShown = 5;
constexpr std::size_t kComingShown = 5;
// Up to so many cases have a box of their own; more are rows, so that twenty-five stay a page one can look over.
constexpr std::size_t kCardsMax = 8;

NoteKind kind_of(catalogue::Outcome outcome) {
  return outcome == catalogue::Outcome::approved ? NoteKind::done : NoteKind::information;
}

// Straight into the page, since it is the one that people ask for most: a piece made by itself is copied once more at
// each level.
class DashboardWriter {
 public:
  DashboardWriter(Exchange& exchange, const CaseWords& words, const Dashboard& dashboard, Html& page)
      : exchange_(exchange), words_(words), dashboard_(dashboard), page_(page) {}

  void add_nothing_yet() {
    page_(web::empty_state(
        words_.text("overview.empty.title"),
        Html()(web::paragraph(words_.text("overview.empty.text")), "<ul><li>"_html,
               words_.text("overview.empty.receipt_number"), "</li><li>"_html,
               words_.text("overview.empty.access_code"), "</li><li>"_html, words_.text("overview.empty.proof"),
               "</li></ul>"_html, web::button_link("/cases/connect", words_.text("overview.connect")), "<p>"_html,
               words_.text("overview.empty.no_letter"), " "_html,
               web::link("/cases/connect/new-code", words_.text("overview.empty.post_code")), "</p>"_html)));
  }

  void add_all_cases() {
    web::add_columns(page_, [this] { add_main_column(); }, [this] { add_way_to_another(); });
  }

 private:
  void add_main_column() {
    add_asked();
    if (!dashboard_.coming.empty()) {
      web::add_card(page_, words_.text("overview.coming"), "coming", [this] { add_coming(); });
    }
    web::add_section(page_, words_.text("overview.your_cases"), "cases", [this] { add_active(); });
    if (!dashboard_.closed.empty()) add_closed();
  }

  void add_way_to_another() {
    web::add_card(page_, words_.text("overview.another"), {}, [this] {
      page_("<p class=\"quiet\">"_html, words_.text("overview.another_text"), "</p>"_html);
      web::add_button_link(page_, "/cases/connect", words_.text("overview.connect"), false);
    });
  }

  void add_asked() {
    for (const auto* one : std::span(dashboard_.asked).first(std::min(dashboard_.asked.size(), kAskedShown))) {
      web::add_needs_you_card(exchange_, page_, words_.asked(*one, one->evidence_documents), [&] {
        if (one->evidence_due_on) page_("<p><strong>"_html, words_.due(*one->evidence_due_on), "</strong></p>"_html);
        add_receipt_number(*one);
        page_("</p>"_html);
        web::add_button_link(page_, cases::page_url(*one).with("show", "asked"), words_.text("overview.asked.see"));
      });
    }
    if (dashboard_.asked.size() > kAskedShown) {
      page_(web::paragraph(
          words_.text("overview.asked.more", {{"count", count(dashboard_.asked) - std::int64_t{kAskedShown}}})));
    }
  }

  void add_coming() {
    web::StackedRows rows(page_);
    for (const auto* one : std::span(dashboard_.coming).first(std::min(dashboard_.coming.size(), kComingShown))) {
      const auto& of = dashboard_.case_of(*one);
      rows.add([&] { page_("<strong>"_html, words_.short_time(*one), "</strong>"_html); },
               [&] {
                 page_("<p>"_html, words_.appointment_kind(one->kind), ", "_html, words_.place_name(one->place),
                       "</p><p>"_html);
                 add_link_to(of);
                 page_("</p>"_html);
               });
    }
  }

  void add_active() {
    if (dashboard_.active.empty()) page_(web::paragraph(words_.text("overview.no_active")));
    if (dashboard_.active.size() > kCardsMax) {
      add_active_rows();
    } else {
      for (const auto* one : dashboard_.active) add_active_card(*one);
    }
  }

  void add_active_card(const VisibleCase& one) {
    page_("<article class=\"card\"><h3>"_html);
    add_link_to(one);
    page_("</h3>"_html);
    add_receipt_number(one);
    page_(" · "_html, words_.part(one.role, one.as_guardian), "</p>"_html);
    add_place_on_way(one);
    if (one.state.outcome) {
      page_("<p>"_html);
      add_outcome(*one.state.outcome);
      page_("</p>"_html);
    }
    if (const auto* next = dashboard_.find_next_appointment(one)) {
      page_("<p>"_html,
            words_.text("overview.next_appointment",
                        {{"when", words_.short_time(*next)}, {"kind", words_.appointment_kind(next->kind)}}),
            "</p>"_html);
    }
    add_news(one);
    page_("</article>"_html);
  }

  void add_active_rows() {
    web::StackedRows rows(page_);
    for (const auto* one : dashboard_.active) {
      const auto add_detail = [&] {
        add_receipt_number(*one);
        page_("</p>"_html);
        add_place_on_way(*one);
      };
      if (has_changed_since(*one, exchange_.visitor.previous_visit)) {
        rows.add([&] { add_link_to(*one); }, add_detail, [this] { add_new_tag(); });
      } else {
        rows.add([&] { add_link_to(*one); }, add_detail);
      }
    }
  }

  void add_closed() {
    web::add_explanation(page_, words_.text("overview.closed", {{"count", count(dashboard_.closed)}}), [this] {
      web::StackedRows rows(page_);
      for (const auto* one : dashboard_.closed) {
        const auto add_detail = [&] {
          add_receipt_number(*one);
          if (one->state.last) page_(" · "_html, words_.locale().short_date(one->state.last->on));
          page_("</p>"_html);
        };
        if (one->state.outcome) {
          rows.add([&] { add_link_to(*one); }, add_detail, [&] { add_outcome(*one->state.outcome); });
        } else {
          rows.add([&] { add_link_to(*one); }, add_detail);
        }
      }
    });
  }

  void add_link_to(const VisibleCase& one) {
    page_("<a href=\""_html, cases::page_url(one), "\">"_html, words_.title(one), "</a>"_html);
  }

  // Begins the line that it stands in.
  void add_receipt_number(const VisibleCase& one) {
    page_("<p class=\"quiet\">"_html);
    web::add_code_text(page_, one.receipt_number);
  }

  void add_outcome(catalogue::Outcome outcome) { page_(web::tag(kind_of(outcome), words_.outcome(outcome))); }

  void add_new_tag() { page_(web::tag(NoteKind::information, words_.text("overview.new"))); }

  void add_news(const VisibleCase& one) {
    if (!one.state.last) return;
    const auto& last = *one.state.last;
    const std::string_view stage = last.stage ? std::string_view(*last.stage) : std::string_view();
    const auto what = words_.event(one, last.kind, stage, one.evidence_documents, one.state.outcome);
    const auto when = words_.relative_day(last.on);
    if (has_changed_since(one, exchange_.visitor.previous_visit)) {
      page_("<p>"_html);
      add_new_tag();
      page_(" "_html);
    } else {
      page_("<p class=\"quiet\">"_html);
    }
    page_(words_.text("overview.changed", {{"when", when}, {"what", what}}), "</p>"_html);
  }

  void add_place_on_way(const VisibleCase& one) {
    const auto* form = words_.find_form(one);
    if (form != nullptr && one.state.step > 0) {
      web::add_path_small(page_, one.state.step, form->count_steps(), words_.step_sentence(one));
    } else {
      page_("<p>"_html, words_.stage_title(one), "</p>"_html);
    }
  }

  template <typename List>
  static std::int64_t count(const List& list) {
    return static_cast<std::int64_t>(list.size());
  }

  Exchange& exchange_;
  const CaseWords& words_;
  const Dashboard& dashboard_;
  Html& page_;
};

std::string lead(const CaseWords& words, const Dashboard& dashboard) {
  if (dashboard.all.cases.empty()) return {};
  if (dashboard.asked.empty()) return std::string(words.text("overview.nothing_asked"));
  return words.text("overview.something_asked", {{"count", static_cast<std::int64_t>(dashboard.asked.size())}});
}

}  // namespace

web::Response dashboard_page(Exchange& exchange, const Dashboard& dashboard, const Overview::DrawNotes& draw_notes) {
  const CaseWords words(exchange);
  Html main(16 * 1024);
  if (exchange.query("disconnected") == "now") main(web::flash(NoteKind::done, words.text("overview.disconnected")));
  main(web::page_heading(words.greeting(), lead(words, dashboard)));
  if (draw_notes) draw_notes(main);
  DashboardWriter writer(exchange, words, dashboard, main);
  if (dashboard.all.cases.empty()) {
    writer.add_nothing_yet();
  } else {
    writer.add_all_cases();
  }
  return web::render_page(exchange,
                          {.title = std::string(words.text("overview.your_cases")),
                           .active_nav = "cases",
                           .is_wide = !dashboard.all.cases.empty()},
                          main);
}

}  // namespace waymark::overview::pages
