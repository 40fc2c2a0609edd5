#include "support/made_up_case.hpp"

#include <algorithm>

namespace waymark::bench {
namespace {

using cases::EventKind;
using std::chrono::days;

constexpr std::string_view kGiven[] = {"Ana",  "Bilal", "Chiara", "Daniel", "Elif",  "Farid", "Grace",   "Hugo",
                                       "Inés", "Jamal", "Katya",  "Luis",   "Maren", "Nadia", "Olumide", "Petra"};
constexpr std::string_view kFamily[] = {"Abebe",  "Brandt", "Castillo", "Diallo", "Endo",     "Fischer",
                                        "García", "Haddad", "Ivanov",   "Jansen", "Kowalska", "Li",
                                        "Moreno", "Nguyen", "Okafor",   "Peña"};
constexpr std::string_view kForms[] = {"I-765", "I-485", "N-400", "I-90", "I-131", "I-539"};

cases::Texts english(std::string text) { return {{"en", std::move(text)}}; }

class History {
 public:
  History(MadeUpCase& made, std::uint64_t dice, Instant now) : made_(made), dice_(dice), now_(now) {}

  void add(EventKind kind, const std::function<void(MadeUpEvent&)>& say = {}) {
    MadeUpEvent added{.event = {.sequence = static_cast<std::int64_t>(made_.events.size()) + 1,
                                .kind = kind,
                                .occurred_on = utc_date(now_ - days{std::max<std::int64_t>(ago_, 0)}),
                                .received_at = now_ - days{std::max<std::int64_t>(ago_, 0)}},
                      .details = {}};
    if (say) say(added);
    cases::fold(made_.state, added.event, *made_.form);
    made_.events.push_back(std::move(added));
  }
  void let_pass(std::int64_t count) { ago_ -= count; }
  std::uint64_t roll(std::uint64_t sides) { return (dice_ = mixed(dice_)) % sides; }
  void begin(std::int64_t days_ago) { ago_ = days_ago; }

 private:
  MadeUpCase& made_;
  std::uint64_t dice_;
  Instant now_;
  std::int64_t ago_ = 0;
};

void add_request(MadeUpCase& made, History& history, Instant now) {
  history.add(EventKind::evidence_requested, [&](MadeUpEvent& added) {
    added.event.due_on = utc_date(now + days{static_cast<std::int64_t>(history.roll(60)) - 6});
    added.event.documents = 2;
    added.details.items = {english("Copy of your passport, all pages"), english("Proof of where you live now")};
    made.requests.push_back({.sequence = added.event.sequence,
                             .requested_on = added.event.occurred_on,
                             .due_on = added.event.due_on,
                             .documents = added.event.documents});
  });
  if (history.roll(2) == 0) return;
  history.let_pass(3);
  history.add(EventKind::evidence_received, [&](MadeUpEvent& added) {
    added.event.answers = made.requests.back().sequence;
    made.requests.back().answered_on = added.event.occurred_on;
  });
}

void add_appointment(MadeUpCase& made, History& history, Instant now) {
  const auto day = std::chrono::floor<days>(now) + days{3 + static_cast<std::int64_t>(history.roll(40))};
  made.appointment = {
      .kind = history.roll(2) == 0 ? cases::AppointmentKind::biometrics : cases::AppointmentKind::interview,
      .starts_at = day + std::chrono::hours{14 + static_cast<std::int64_t>(history.roll(6))},
      .place = "northport-asc"};
  history.add(EventKind::appointment_scheduled,
              [&](MadeUpEvent& added) { added.details.appointment = made.appointment; });
}

}  // namespace

std::uint64_t mixed(std::uint64_t number) {
  number += 0x9E3779B97F4A7C15U;
  number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9U;
  number = (number ^ (number >> 27)) * 0x94D049BB133111EBU;
  return number ^ (number >> 31);
}

MadeUpName make_name(std::int64_t number) {
  const auto dice = mixed(static_cast<std::uint64_t>(number) + 1);
  return {kGiven[dice % std::size(kGiven)], kFamily[dice / 64 % std::size(kFamily)]};
}

Date make_birth_date(std::int64_t number) {
  const auto dice = mixed(static_cast<std::uint64_t>(number) + 2);
  return to_date(std::chrono::sys_days{days{static_cast<std::int64_t>(dice % 14'000)} - days{5'000}});
}

MadeUpCase make_case(std::int64_t number, const catalogue::Catalogue& catalogue, Instant now) {
  const auto dice = mixed(static_cast<std::uint64_t>(number));
  MadeUpCase made;
  made.receipt_number = fmt::format("NPT{:010}", number);
  made.form = catalogue.find_form(kForms[dice % std::size(kForms)]);
  const auto name = make_name(number);
  made.given_name = name.given;
  made.family_name = name.family;
  made.born_on = make_birth_date(number);
  History history(made, dice, now);
  const auto days_ago = 60 + static_cast<std::int64_t>(history.roll(300));
  made.filed_on = utc_date(now - days{days_ago});
  history.begin(days_ago);
  history.add(EventKind::filed);
  history.add(EventKind::party_changed);
  history.add(EventKind::access_code_changed);
  std::uint64_t stages_left = 1 + history.roll(5);
  for (const auto& stage : made.form->stages) {
    if (stage.is_detour || stages_left == 0) continue;
    history.let_pass(1 + static_cast<std::int64_t>(history.roll(12)));
    history.add(EventKind::stage_entered, [&](MadeUpEvent& added) { added.event.stage = stage.name; });
    --stages_left;
  }
  if (history.roll(10) < 4) add_request(made, history, now);
  if (history.roll(3) == 0) add_appointment(made, history, now);
  if (history.roll(3) == 0) {
    history.add(EventKind::noted,
                [&](MadeUpEvent& added) { added.details.text = english("Your file was moved to another office."); });
  }
  return made;
}

}  // namespace waymark::bench
