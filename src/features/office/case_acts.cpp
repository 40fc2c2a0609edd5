#include "features/office/case_acts.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "catalogue/words.hpp"

namespace waymark::office {
namespace {

using cases::AppointmentState;
using cases::EventKind;
using cases::Texts;

constexpr std::array<std::string_view, 10> kActTexts{
    "note",  "evidence-request", "evidence-received", "appointment", "appointment-change",
    "stage", "decision",         "closure",           "reopening",   "correction"};

std::string with_line_ends(std::string_view typed) {
  std::string text;
  for (const char letter : trim(typed)) {
    if (letter != '\r') text += letter;
  }
  return to_nfc(text);
}

// Reads fields one by one and gathers what is wrong with them.
class Reader {
 public:
  explicit Reader(const ActAsked& asked) : asked_(asked) {}

  void wrong(std::string field, std::string key) { failure_.fields.push_back({std::move(field), {std::move(key)}}); }
  bool is_good() const { return failure_.fields.empty(); }
  Failure& failure() { return failure_; }

  std::string_view value(std::string_view name) const { return asked_.form.get(name); }

  std::optional<Date> date(std::string_view name) {
    const auto part = [&](std::string_view suffix) {
      return std::string(trim(value(fmt::format("{}_{}", name, suffix))));
    };
    const auto day = parse_iso_date(fmt::format("{:0>4}-{:0>2}-{:0>2}", part("year"), part("month"), part("day")));
    if (!day) wrong(std::string(name), "office.error.date");
    return day;
  }
  // The day that something happened: not one to come.
  std::optional<Date> past_date(std::string_view name) {
    const auto day = date(name);
    if (day && to_days(*day) > to_days(asked_.today)) wrong(std::string(name), "office.error.date_to_come");
    return day;
  }
  // What people read, in both languages; Spanish alone is too little, since English is what every reader falls back to.
  Texts texts(bool is_required) {
    const auto english = with_line_ends(value("text_en"));
    const auto spanish = with_line_ends(value("text_es"));
    if (english.empty() && (is_required || !spanish.empty())) wrong("text_en", "office.error.text");
    for (const auto* text : {&english, &spanish}) {
      if (count_code_points(*text) > kActTextMax)
        wrong(text == &english ? "text_en" : "text_es", "office.error.text_long");
    }
    Texts texts;
    if (!english.empty()) texts.emplace_back("en", english);
    if (!spanish.empty()) texts.emplace_back("es", spanish);
    return texts;
  }
  std::vector<Texts> items() {
    const auto english = lines("items_en");
    const auto spanish = lines("items_es");
    if (english.empty()) wrong("items_en", "office.error.items");
    if (english.size() > static_cast<std::size_t>(kItemsMax)) wrong("items_en", "office.error.items_many");
    if (!spanish.empty() && spanish.size() != english.size()) wrong("items_es", "office.error.items_uneven");
    std::vector<Texts> items;
    for (std::size_t index = 0; index < english.size(); ++index) {
      items.push_back({{"en", english[index]}});
      if (index < spanish.size()) items.back().emplace_back("es", spanish[index]);
    }
    return items;
  }
  std::optional<Instant> moment(std::string_view place) {
    const auto day = date("day");
    const auto typed = trim(value("time"));
    const auto colon = typed.find(':');
    const auto hour = parse_integer(typed.substr(0, colon));
    const auto minute = colon == typed.npos ? std::nullopt : parse_integer(typed.substr(colon + 1));
    if (!hour || !minute || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59) {
      wrong("time", "office.error.time");
      return std::nullopt;
    }
    const auto* found = asked_.catalogue.find_place(place);
    if (!day || found == nullptr) return std::nullopt;
    return catalogue::instant_in_zone(*day, static_cast<int>(*hour), static_cast<int>(*minute), found->time_zone);
  }

 private:
  std::vector<std::string> lines(std::string_view name) const {
    std::vector<std::string> kept;
    const auto typed = with_line_ends(value(name));
    for (const auto line : split(typed, '\n')) {
      if (auto tidy = tidy_line(line); !tidy.empty()) kept.push_back(std::move(tidy));
    }
    return kept;
  }
  const ActAsked& asked_;
  Failure failure_{.kind = FailureKind::bad_input, .message = {"web.error.check_answers"}};
};

using Content = decltype(cases::OfficeAct::content);

Content read_evidence_request(Reader& reader, const ActAsked& asked) {
  cases::EventContent content{.kind = EventKind::evidence_requested, .occurred_on = asked.today};
  content.due_on = reader.date("due_on");
  if (content.due_on) {
    const auto days = to_days(*content.due_on) - to_days(asked.today);
    if (days.count() < 1) reader.wrong("due_on", "office.error.due_past");
    if (days > kEvidenceDaysMax) reader.wrong("due_on", "office.error.due_late");
  }
  content.items = reader.items();
  content.text = reader.texts(false);
  return content;
}

Content read_appointment(Reader& reader, const ActAsked& asked) {
  cases::AppointmentContent content{.agency_appointment = fmt::format("office-{}", asked.fresh_id),
                                    .state = AppointmentState::scheduled,
                                    .occurred_on = asked.today};
  const auto kind = cases::find_appointment_kind(reader.value("kind"));
  if (!kind) reader.wrong("kind", "office.error.choose");
  content.kind = kind.value_or(cases::AppointmentKind::interview);
  content.place = reader.value("place");
  if (asked.catalogue.find_place(content.place) == nullptr) reader.wrong("place", "office.error.choose");
  const auto starts_at = reader.moment(content.place);
  if (starts_at && to_days(asked.today) > std::chrono::floor<std::chrono::days>(*starts_at))
    reader.wrong("day", "office.error.date_past");
  content.starts_at = starts_at.value_or(Instant{});
  return content;
}

Content read_appointment_change(Reader& reader, const ActAsked& asked) {
  cases::AppointmentContent content{.occurred_on = asked.today};
  const auto typed = parse_integer(reader.value("appointment"));
  const auto found = std::ranges::find_if(asked.picture.appointments, [&](const cases::VisibleAppointment& one) {
    return typed && one.id.value == *typed;
  });
  const auto state = cases::find_appointment_state(reader.value("state"));
  if (!state || *state == AppointmentState::scheduled) reader.wrong("state", "office.error.choose");
  if (found == asked.picture.appointments.end()) {
    reader.wrong("appointment", "office.error.choose");
    return content;
  }
  content.agency_appointment = found->agency_appointment;
  content.kind = found->kind;
  content.place = found->place;
  content.starts_at = found->starts_at;
  content.state = state.value_or(AppointmentState::cancelled);
  if (content.state == AppointmentState::rescheduled) {
    const auto starts_at = reader.moment(content.place);
    if (starts_at && to_days(asked.today) > std::chrono::floor<std::chrono::days>(*starts_at))
      reader.wrong("day", "office.error.date_past");
    content.starts_at = starts_at.value_or(found->starts_at);
  }
  return content;
}

Content read_outcome(Reader& reader, EventKind kind, bool is_required) {
  cases::EventContent content{.kind = kind};
  if (const auto day = reader.past_date("occurred_on")) content.occurred_on = *day;
  content.outcome = cases::find_outcome(reader.value("outcome"));
  if (is_required && !content.outcome) reader.wrong("outcome", "office.error.choose");
  content.text = reader.texts(false);
  return content;
}

Content read_event(Reader& reader, EventKind kind) {
  cases::EventContent content{.kind = kind};
  if (const auto day = reader.past_date("occurred_on")) content.occurred_on = *day;
  content.text = reader.texts(kind == EventKind::noted);
  if (kind == EventKind::stage_entered) content.stage = reader.value("stage");
  if (kind == EventKind::evidence_received) {
    content.answers = parse_integer(reader.value("answers"));
    if (!content.answers) reader.wrong("answers", "office.error.choose");
  }
  return content;
}

Content read_content(Reader& reader, const ActAsked& asked) {
  switch (asked.act) {
    case Act::note:
      return read_event(reader, EventKind::noted);
    case Act::evidence_request:
      return read_evidence_request(reader, asked);
    case Act::evidence_received:
      return read_event(reader, EventKind::evidence_received);
    case Act::appointment:
      return read_appointment(reader, asked);
    case Act::appointment_change:
      return read_appointment_change(reader, asked);
    case Act::stage:
      return read_event(reader, EventKind::stage_entered);
    case Act::decision:
      return read_outcome(reader, EventKind::decided, true);
    case Act::closure:
      return read_outcome(reader, EventKind::closed, !asked.of.visible.state.outcome.has_value());
    case Act::reopening:
      return read_event(reader, EventKind::reopened);
    case Act::correction:
      break;
  }
  cases::Correction correction{.sequence = parse_integer(reader.value("event")).value_or(0)};
  if (correction.sequence == 0) reader.wrong("event", "office.error.choose");
  correction.text = reader.texts(false);
  return correction;
}

bool stands(const cases::VisibleAppointment& one) {
  return one.state == AppointmentState::scheduled || one.state == AppointmentState::rescheduled;
}

}  // namespace

std::string_view to_text(Act act) { return kActTexts[static_cast<std::size_t>(act)]; }

std::optional<Act> find_act(std::string_view text) {
  for (const auto act : kActs) {
    if (to_text(act) == text) return act;
  }
  return std::nullopt;
}

bool is_possible(Act act, const cases::OfficeCase& of, const cases::CasePicture& picture) {
  const auto& state = of.visible.state;
  switch (act) {
    case Act::note:
    case Act::correction:
      return true;
    case Act::reopening:
      return state.is_closed;
    case Act::evidence_received:
      return !state.is_closed && of.visible.open_requests > 0;
    case Act::appointment_change:
      return !state.is_closed && std::ranges::any_of(picture.appointments, stands);
    case Act::decision:
      return !state.is_closed && !state.outcome;
    default:
      return !state.is_closed;
  }
}

Result<cases::OfficeAct> read_act(const ActAsked& asked) {
  Reader reader(asked);
  cases::OfficeAct act{.version = parse_integer(asked.form.get("version")).value_or(-1),
                       .content = read_content(reader, asked)};
  if (!reader.is_good()) return refuse(std::move(reader.failure()));
  return act;
}

}  // namespace waymark::office
