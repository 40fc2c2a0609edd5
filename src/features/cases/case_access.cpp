#include "features/cases/case_access.hpp"

#include <algorithm>

#include "features/cases/case_store.hpp"
#include "features/cases/consenting/consent_store.hpp"
#include "features/cases/firms/shared_store.hpp"
#include "features/cases/representing/representation_store.hpp"
#include "features/cases/sharing/helper_store.hpp"

namespace waymark::cases {
namespace {

constexpr std::size_t kCasesMostHave = 4;

struct Rule {
  Role role;
  Facet facet;
  bool may;
};

// An applicant, a petitioner and who represents them see their case whole.
// The beneficiary of a petition is not a recognised party to it (8 CFR 103.2(a)(3)): where it stands and its dates are
// theirs to know; what the petitioner is asked for, writes and is told is not, nor who else has a part.
// A helper sees what is to be done and when, and nobody's name.
constexpr Rule kRules[] = {
    {Role::applicant, Facet::stage, true},
    {Role::applicant, Facet::history, true},
    {Role::applicant, Facet::history_details, true},
    {Role::applicant, Facet::evidence, true},
    {Role::applicant, Facet::appointments, true},
    {Role::applicant, Facet::party_roles, true},
    {Role::applicant, Facet::party_names, true},
    {Role::petitioner, Facet::stage, true},
    {Role::petitioner, Facet::history, true},
    {Role::petitioner, Facet::history_details, true},
    {Role::petitioner, Facet::evidence, true},
    {Role::petitioner, Facet::appointments, true},
    {Role::petitioner, Facet::party_roles, true},
    {Role::petitioner, Facet::party_names, true},
    {Role::beneficiary, Facet::stage, true},
    {Role::beneficiary, Facet::history, true},
    {Role::beneficiary, Facet::history_details, false},
    {Role::beneficiary, Facet::evidence, false},
    {Role::beneficiary, Facet::appointments, false},
    {Role::beneficiary, Facet::party_roles, true},
    {Role::beneficiary, Facet::party_names, false},
    {Role::representative, Facet::stage, true},
    {Role::representative, Facet::history, true},
    {Role::representative, Facet::history_details, true},
    {Role::representative, Facet::evidence, true},
    {Role::representative, Facet::appointments, true},
    {Role::representative, Facet::party_roles, true},
    {Role::representative, Facet::party_names, true},
    {Role::helper, Facet::stage, true},
    {Role::helper, Facet::history, true},
    {Role::helper, Facet::history_details, false},
    {Role::helper, Facet::evidence, true},
    {Role::helper, Facet::appointments, true},
    {Role::helper, Facet::party_roles, true},
    {Role::helper, Facet::party_names, false},
};
static_assert(std::size(kRules) == std::size(kRoles) * std::size(kFacets));

void blank_what_is_not_theirs(VisibleCase& visible) {
  if (!may_see(visible, Facet::evidence)) {
    visible.open_requests = 0;
    visible.evidence_due_on.reset();
    visible.evidence_documents = 0;
  }
  if (visible.state.last && !may_see(visible, Facet::appointments) && is_about_appointment(visible.state.last->kind)) {
    visible.state.last.reset();
  }
}

// Costs those who are nobody's beneficiary nothing.
void add_consented(db::Snapshot& snapshot, std::vector<VisibleCase>& cases) {
  bool is_asked = false;
  for (auto& one : cases) {
    if (one.role != Role::beneficiary) continue;
    queue_consented(snapshot, one.id, one.consented);
    is_asked = true;
  }
  if (is_asked) snapshot.drain();
}

// The nearest relation stands: a party's, then a representative's, then a helper's; of two givers the one who lets act
// comes first.
struct OthersCases {
  std::vector<VisibleCase> represented, helped;
  bool empty() const { return represented.empty() && helped.empty(); }
};
void add_others_cases(db::Snapshot& snapshot, AccountId account, Instant from, OthersCases others,
                      VisibleCases& visible) {
  std::vector<VisibleAppointment> coming;
  if (!others.represented.empty()) queue_represented_appointments(snapshot, account, from, coming);
  if (!others.helped.empty()) queue_helped_appointments(snapshot, account, from, coming);
  for (auto* const cases : {&others.represented, &others.helped}) {
    for (auto& one : *cases) {
      if (std::ranges::find(visible.cases, one.id, &VisibleCase::id) == visible.cases.end())
        visible.cases.push_back(std::move(one));
    }
  }
  snapshot.drain();
  for (auto& one : coming) {
    if (std::ranges::find(visible.coming, one.id, &VisibleAppointment::id) == visible.coming.end())
      visible.coming.push_back(std::move(one));
  }
  std::ranges::sort(visible.coming, {},
                    [](const VisibleAppointment& one) { return std::pair(one.starts_at, one.id.value); });
}

}  // namespace

std::string_view to_text(Facet facet) {
  switch (facet) {
    case Facet::stage:
      return "stage";
    case Facet::history:
      return "history";
    case Facet::history_details:
      return "history_details";
    case Facet::evidence:
      return "evidence";
    case Facet::appointments:
      return "appointments";
    case Facet::party_roles:
      return "party_roles";
    case Facet::party_names:
      return "party_names";
  }
  return {};
}

std::optional<Facet> find_facet(std::string_view text) {
  const auto* const facet = std::ranges::find(kFacets, text, [](Facet one) { return to_text(one); });
  return facet == std::end(kFacets) ? std::nullopt : std::optional(*facet);
}

bool may_see(Role role, Facet facet) {
  const auto rule =
      std::ranges::find_if(kRules, [&](const Rule& one) { return one.role == role && one.facet == facet; });
  return rule != std::end(kRules) && rule->may;
}

bool may_see(const VisibleCase& visible, Facet facet) {
  if (may_see(visible.role, facet)) return true;
  return visible.role == Role::beneficiary && std::ranges::find(visible.consented, facet) != visible.consented.end();
}

std::optional<VisibleCase> find_visible_to(db::Snapshot& snapshot, AccountId account, std::string_view receipt_number) {
  auto visible = find_case_of(snapshot, account, receipt_number);
  if (visible && visible->role == Role::beneficiary) visible->consented = list_consented(snapshot, visible->id);
  if (visible) blank_what_is_not_theirs(*visible);
  return visible;
}

std::optional<VisibleCase> find_visible_to(db::Snapshot& snapshot, AccountId account, std::string_view receipt_number,
                                           Instant now) {
  auto visible = find_visible_to(snapshot, account, receipt_number);
  if (visible) return visible;
  visible = find_represented_case(snapshot, account, receipt_number);
  if (!visible) visible = find_firms_case(snapshot, account, receipt_number);
  if (!visible) visible = find_helped_case(snapshot, account, receipt_number, now);
  if (visible) blank_what_is_not_theirs(*visible);
  return visible;
}

bool may_act(const VisibleCase& visible, Act act) {
  const bool is_own = visible.role == Role::applicant || visible.role == Role::petitioner;
  switch (act) {
    case Act::write:
      return is_own || (visible.role == Role::representative && !visible.looks_only) ||
             (visible.role == Role::helper && visible.helper_may_act);
    case Act::share:
      return is_own;  // a beneficiary's helper would see what the beneficiary does not
    case Act::leave:
      return visible.party != PartyId{};
    case Act::consent:
      return visible.role == Role::petitioner && visible.party != PartyId{};
  }
  return false;
}

std::optional<VisibleCase> find_own_for(db::Snapshot& snapshot, AccountId account, std::string_view receipt_number,
                                        Act act) {
  auto visible = find_visible_to(snapshot, account, receipt_number);
  return visible && may_act(*visible, act) ? std::move(visible) : std::nullopt;
}

std::optional<VisibleCase> find_shareable(db::Snapshot& snapshot, AccountId account, std::string_view receipt_number) {
  return find_own_for(snapshot, account, receipt_number, Act::share);
}

VisibleCases list_visible_to(db::Snapshot& snapshot, AccountId account, Instant from) {
  VisibleCases visible;
  OthersCases others;
  visible.cases.reserve(kCasesMostHave);
  queue_cases_of(snapshot, account, visible.cases);
  queue_coming_appointments(snapshot, account, from, visible.coming);
  queue_represented_cases(snapshot, account, others.represented);
  queue_helped_cases(snapshot, account, from, others.helped);
  snapshot.drain();
  if (!others.empty()) add_others_cases(snapshot, account, from, std::move(others), visible);
  add_consented(snapshot, visible.cases);
  for (auto& one : visible.cases) blank_what_is_not_theirs(one);
  std::erase_if(visible.coming, [&](const VisibleAppointment& appointment) {
    const auto of = std::ranges::find(visible.cases, appointment.on_case, &VisibleCase::id);
    return of == visible.cases.end() || !may_see(*of, Facet::appointments);
  });
  return visible;
}

CasePicture load_picture(db::Snapshot& snapshot, const Sealer& sealer, const VisibleCase& visible) {
  const auto may = [&](Facet facet) { return may_see(visible, facet); };
  CasePicture picture;
  std::vector<StoredEvent> events;
  std::vector<StoredParty> parties;
  if (may(Facet::history)) queue_history(snapshot, visible.id, events);
  if (may(Facet::evidence)) queue_requests(snapshot, visible.id, picture.requests);
  if (may(Facet::appointments)) queue_appointments(snapshot, visible.id, picture.appointments);
  if (may(Facet::party_roles)) queue_parties(snapshot, visible.id, parties);
  snapshot.drain();

  for (auto& stored : events) {
    const auto kind = stored.event.kind;
    if (!is_history(kind) || (is_about_appointment(kind) && !may(Facet::appointments))) continue;
    HistoryEntry entry{std::move(stored.event), {}, std::move(stored.by)};
    if (may(Facet::history_details)) {
      if (!stored.sealed_details.empty()) {
        entry.details =
            parse_details(sealer.open({"case_events", "details_sealed", stored.id.value}, stored.sealed_details));
      }
    } else {
      entry.event.documents = 0;
    }
    if (!may(Facet::evidence)) entry.event.due_on.reset();
    // A note without its text says nothing.
    if (kind == EventKind::noted && !may(Facet::history_details)) continue;
    picture.history.push_back(std::move(entry));
  }
  for (auto& entry : picture.history) {
    entry.is_corrected = std::ranges::any_of(
        picture.history, [&](const HistoryEntry& other) { return other.event.corrects == entry.event.sequence; });
  }
  for (const auto& party : parties) {
    const bool is_asker = party.id == visible.party;
    VisibleParty shown{.id = party.id,
                       .role = party.role,
                       .is_asker = is_asker,
                       .is_organisation = party.is_organisation,
                       .name = std::nullopt,
                       .is_connected = party.is_connected,
                       .guardian_of = party.guardian_of};
    if (is_asker || may(Facet::party_names))
      shown.name = shown_name(sealer.open({"parties", "name_sealed", party.id.value}, party.sealed_name));
    picture.parties.push_back(std::move(shown));
  }
  const auto asker = std::ranges::find_if(picture.parties, &VisibleParty::is_asker);
  if (asker != picture.parties.end()) std::rotate(picture.parties.begin(), asker, asker + 1);
  return picture;
}

}  // namespace waymark::cases
