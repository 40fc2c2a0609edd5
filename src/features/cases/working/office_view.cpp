#include "features/cases/working/office_view.hpp"

#include <algorithm>
#include <array>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "features/cases/case_columns.hpp"
#include "features/cases/case_store.hpp"

// The columns of read_visible_case, of a case that is seen as a whole: as the applicant's part would, but nobody's
// part.
#define WAYMARK_WHOLE_CASE                                                                                      \
  "SELECT c.id, c.receipt_number, c.form, c.filed_on, CAST(0 AS BIGINT), 'applicant', c.stage, "                \
  "c.stage_since, c.step, c.furthest_step, c.has_returned, c.outcome, c.is_closed, c.last_kind, c.last_stage, " \
  "c.last_on, c.last_received_at, c.open_requests, c.evidence_due_on, c.evidence_documents, FALSE"

namespace waymark::cases {
namespace {

constexpr db::Query kFind{"cases.find_for_office",
                          WAYMARK_WHOLE_CASE ", c.version FROM cases c WHERE c.receipt_number = $1"};
constexpr db::Query kParties{
    "cases.parties_for_office",
    "SELECT id, role, is_present, is_organisation, name_sealed, address_sealed, email_sealed, "
    "language, account, connected_at, letter_requested_at, guardian_of FROM parties WHERE case_id = $1 "
    "ORDER BY id"};
constexpr db::Query kOfParty{"cases.line_of_party", WAYMARK_WHOLE_CASE
                             ", p.id, p.name_sealed FROM parties p JOIN cases c ON c.id = p.case_id "
                             "WHERE p.id = $1"};
constexpr db::Query kOfAccount{"cases.lines_of_account", WAYMARK_WHOLE_CASE
                               ", p.id, p.name_sealed FROM parties p "
                               "JOIN cases c ON c.id = p.case_id WHERE p.account = $1 "
                               "ORDER BY c.receipt_number LIMIT 50"};
constexpr db::Query kWaiting{"cases.list_waiting", WAYMARK_WHOLE_CASE
                             " FROM cases c WHERE c.form = $1 AND c.last_kind = $2 AND c.is_closed = FALSE "
                             "AND (c.last_received_at, c.receipt_number) > (CAST($3 AS BIGINT), CAST($4 AS TEXT)) "
                             "ORDER BY c.last_received_at, c.receipt_number LIMIT $5"};
constexpr db::Query kOverdue{"cases.list_overdue", WAYMARK_WHOLE_CASE
                             " FROM cases c WHERE c.is_closed = FALSE AND c.open_requests > 0 "
                             "AND c.evidence_due_on < $1 "
                             "AND (c.evidence_due_on, c.receipt_number) > (CAST($2 AS TEXT), CAST($3 AS TEXT)) "
                             "AND (CAST($5 AS TEXT) = '' OR c.form = CAST($5 AS TEXT)) "
                             "ORDER BY c.evidence_due_on, c.receipt_number LIMIT $4"};

constexpr std::array<std::string_view, 3> kQueueTexts{"evidence_received", "evidence_overdue", "waiting"};
// It is the person's turn after these, or nobody's.
constexpr EventKind kNotOurTurn[] = {EventKind::evidence_requested, EventKind::closed, EventKind::party_changed,
                                     EventKind::access_code_changed};

CaseLine read_line(const db::Row& row, const Sealer& sealer) {
  const auto party = row.id<PartyId>(kAfterVisibleCase);
  return {.visible = read_visible_case(row),
          .party = party,
          .name = shown_name(sealer.open({"parties", "name_sealed", party.value}, row.bytes(kAfterVisibleCase + 1)))};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (const auto line : split(text, '\n')) lines.emplace_back(line);
  return lines;
}

std::optional<Date> day_of(std::int64_t milliseconds) {
  const auto days = std::chrono::floor<std::chrono::days>(from_millis(milliseconds));
  return Date{std::chrono::sys_days{days}};
}

std::vector<Waiting> list_overdue(db::Snapshot& snapshot, const QueueAsked& asked, Date today) {
  const auto after = asked.after ? to_iso(*day_of(*asked.after)) : std::string();
  std::vector<Waiting> found;
  snapshot.each(kOverdue, {to_iso(today), after, asked.after_receipt, asked.most, asked.form}, [&](const db::Row& row) {
    Waiting one{.visible = read_visible_case(row)};
    one.since = Instant{to_days(*one.visible.evidence_due_on)};
    found.push_back(std::move(one));
  });
  return found;
}

}  // namespace

std::optional<OfficeCase> find_for_office(db::Snapshot& snapshot, const Sealer& sealer,
                                          std::string_view receipt_number) {
  auto found = snapshot.find(kFind, {receipt_number}, [](const db::Row& row) {
    return OfficeCase{.visible = read_visible_case(row), .version = row.integer(kAfterVisibleCase)};
  });
  if (!found) return std::nullopt;
  snapshot.each(kParties, {found->visible.id}, [&](const db::Row& row) {
    const auto id = row.id<PartyId>(0);
    const auto open = [&](std::string_view column, int index) {
      return row.is_null(index) ? std::string() : sealer.open({"parties", column, id.value}, row.bytes(index));
    };
    OfficeParty party{.id = id,
                      .role = role_of(row.text(1)),
                      .is_present = row.boolean(2),
                      .is_organisation = row.boolean(3),
                      .name = shown_name(open("name_sealed", 4)),
                      .email = open("email_sealed", 6),
                      .language = std::string(row.text(7)),
                      .letter_requested_at = row.maybe_instant(10)};
    if (const auto address = open("address_sealed", 5); !address.empty()) party.address = lines_of(address);
    if (!row.is_null(8)) party.connected_at = row.maybe_instant(9);
    if (!row.is_null(11)) party.guardian_of = row.id<PartyId>(11);
    found->parties.push_back(std::move(party));
  });
  return found;
}

std::optional<CaseLine> find_line(db::Snapshot& snapshot, std::string_view receipt_number) {
  return snapshot.find(kFind, {receipt_number},
                       [](const db::Row& row) { return CaseLine{.visible = read_visible_case(row)}; });
}

std::vector<CaseLine> list_lines_of_parties(db::Snapshot& snapshot, const Sealer& sealer,
                                            const std::vector<PartyId>& parties) {
  std::vector<CaseLine> lines;
  for (const auto party : parties)
    snapshot.queue(kOfParty, {party}, [&](const db::Row& row) { lines.push_back(read_line(row, sealer)); });
  snapshot.drain();
  return lines;
}

std::vector<CaseLine> list_lines_of_account(db::Snapshot& snapshot, const Sealer& sealer, AccountId account) {
  return snapshot.list(kOfAccount, {account}, [&](const db::Row& row) { return read_line(row, sealer); });
}

std::string_view to_text(Queue queue) { return kQueueTexts[static_cast<std::size_t>(queue)]; }

std::optional<Queue> find_queue(std::string_view text) {
  for (const auto queue : kQueues) {
    if (to_text(queue) == text) return queue;
  }
  return std::nullopt;
}

std::vector<Waiting> list_waiting(db::Snapshot& snapshot, const catalogue::Catalogue& catalogue,
                                  const QueueAsked& asked, Date today) {
  if (asked.queue == Queue::evidence_overdue) return list_overdue(snapshot, asked, today);
  std::vector<Waiting> found;
  const auto add = [&](const db::Row& row) {
    Waiting one{.visible = read_visible_case(row)};
    one.since = one.visible.state.last->received_at;
    found.push_back(std::move(one));
  };
  const auto after = asked.after.value_or(-1);
  // One look-up by form and kind, since that is what the index holds in the order of waiting; merged here.
  for (const auto& form : catalogue.forms()) {
    if (!asked.form.empty() && form.number != asked.form) continue;
    for (int index = 0; index <= static_cast<int>(EventKind::corrected); ++index) {
      const auto kind = static_cast<EventKind>(index);
      const bool is_asked = asked.queue == Queue::evidence_received
                                ? kind == EventKind::evidence_received
                                : std::ranges::find(kNotOurTurn, kind) == std::end(kNotOurTurn);
      if (is_asked) snapshot.queue(kWaiting, {form.number, to_text(kind), after, asked.after_receipt, asked.most}, add);
    }
  }
  snapshot.drain();
  std::ranges::sort(found, [](const Waiting& left, const Waiting& right) {
    return std::tie(left.since, left.visible.receipt_number) < std::tie(right.since, right.visible.receipt_number);
  });
  if (found.size() > static_cast<std::size_t>(asked.most)) found.resize(static_cast<std::size_t>(asked.most));
  return found;
}

}  // namespace waymark::cases
