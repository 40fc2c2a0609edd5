#include "support/fill_rows.hpp"

#include <fstream>
#include <numeric>

#include "base/text.hpp"
#include "features/accounts/limits.hpp"
#include "features/accounts/search/person_search.hpp"
#include "features/cases/case_columns.hpp"
#include "features/cases/event_details.hpp"
#include "support/installation.hpp"
#include "support/made_up_case.hpp"

namespace waymark::bench {
namespace {

using cases::to_text;

// Where ids of this age begin (platform/ids.hpp): the product's own are all greater.
constexpr std::int64_t kIdBase = std::int64_t{1} << 52;
constexpr std::int64_t kEventsMax = 32;      // of one case
constexpr std::int64_t kStride = 7'368'787;  // a prime: spreads what stands side by side

std::int64_t account_id(std::int64_t number) { return kIdBase + number; }
std::int64_t case_id(std::int64_t number) { return kIdBase + number * kEventsMax; }
std::int64_t event_id(std::int64_t number, std::int64_t sequence) { return case_id(number) + sequence; }

void put_text(BulkTable& table, const std::optional<std::string>& value) { value ? table.text(*value) : table.null(); }
void put_integer(BulkTable& table, const std::optional<std::int64_t>& value) {
  value ? table.integer(*value) : table.null();
}
void put_date(BulkTable& table, const std::optional<Date>& date) { put_text(table, cases::iso(date)); }
void put_outcome(BulkTable& table, const std::optional<catalogue::Outcome>& outcome) {
  outcome ? table.text(to_text(*outcome)) : table.null();
}

void put_state(BulkTable& table, const cases::CaseState& state) {
  const auto* urgent = cases::find_most_urgent(state);
  put_text(table, state.stage);
  put_date(table, state.stage_since);
  table.integer(state.step);
  table.integer(state.furthest_step);
  table.boolean(state.has_returned);
  put_outcome(table, state.outcome);
  table.boolean(state.is_closed);
  table.integer(static_cast<std::int64_t>(state.open_requests.size()));
  put_date(table, urgent != nullptr ? urgent->due_on : std::nullopt);
  table.integer(urgent != nullptr ? urgent->documents : 0);
  table.text(to_text(state.last->kind));
  put_text(table, state.last->stage);
  put_date(table, state.last->on);
  table.integer(to_millis(state.last->received_at));
}

}  // namespace

Filler::Filler(app::Foundation& foundation, app::Features& features, BulkDatabase& into, FillSize size)
    : foundation_(foundation), features_(features), into_(into), size_(size), now_(foundation.clock->now()) {}

std::int64_t Filler::account_of_case(std::int64_t number) const {
  return (number % size_.accounts * kStride + number / size_.accounts * 31) % size_.accounts;
}

std::string Filler::seal(std::string_view table, std::string_view column, std::int64_t row,
                         std::string_view plain) const {
  return foundation_.sealer.seal({table, column, row}, plain);
}

void Filler::fill_accounts() {
  const auto password = features_.hasher.hash(kPassword).value();
  into_.fill("accounts",
             "id, email_sealed, email_index, given_name_sealed, family_name_sealed, date_of_birth_sealed, language, "
             "password_hash_sealed, state, consent_version, consented_at, created_at, signed_in_at",
             [&](BulkTable& table) {
               for (std::int64_t number = 0; number < size_.accounts; ++number) {
                 const auto id = account_id(number);
                 const auto name = make_name(number);
                 const auto created_at = now_ - std::chrono::hours{1 + number % 9'000};
                 table.integer(id);
                 table.bytes(seal("accounts", "email_sealed", id, email_of(number)));
                 table.bytes(features_.accounts.store.email_index(email_of(number)));
                 table.bytes(seal("accounts", "given_name_sealed", id, name.given));
                 table.bytes(seal("accounts", "family_name_sealed", id, name.family));
                 table.bytes(seal("accounts", "date_of_birth_sealed", id, to_iso(make_birth_date(number))));
                 table.text(number % 5 == 0 ? "es" : "en");
                 table.bytes(seal("accounts", "password_hash_sealed", id, password));
                 table.text("active");
                 table.text(accounts::kConsentVersion);
                 table.integer(to_millis(created_at));
                 table.integer(to_millis(created_at));
                 table.integer(to_millis(created_at));
                 table.end_row();
               }
             });
}

void Filler::fill_sessions() {
  std::ofstream tokens(tokens_file(foundation_.config.data_folder));
  into_.fill("sessions",
             "id, token_hash, account, standing, is_shared, created_at, signed_in_at, previous_visit_at, proved_at, "
             "last_seen_at, expires_at",
             [&](BulkTable& table) {
               for (std::int64_t number = 0; number < size_.sessions; ++number) {
                 const auto token = foundation_.random.token(32);
                 tokens << token << '\n';
                 table.integer(kIdBase + number);
                 table.bytes(sha256(token));
                 table.integer(account_id(number * kStride % size_.accounts));
                 table.text("signed_in");
                 table.boolean(false);
                 table.integer(to_millis(now_));
                 table.integer(to_millis(now_));
                 table.integer(to_millis(now_ - std::chrono::days{20}));
                 table.integer(to_millis(now_));
                 table.integer(to_millis(now_));
                 table.integer(to_millis(now_ + accounts::kSessionLifetime));
                 table.end_row();
               }
             });
}

void Filler::fill_cases() {
  into_.fill(
      "cases",
      "id, receipt_number, form, filed_on, feed_sequence, stage, stage_since, step, furthest_step, has_returned, "
      "outcome, is_closed, open_requests, evidence_due_on, evidence_documents, last_kind, last_stage, last_on, "
      "last_received_at",
      [&](BulkTable& table) {
        for (std::int64_t number = 0; number < size_.cases; ++number) {
          const auto made = make_case(number, foundation_.catalogue, now_);
          table.integer(case_id(number));
          table.text(made.receipt_number);
          table.text(made.form->number);
          table.text(to_iso(made.filed_on));
          table.integer(static_cast<std::int64_t>(made.events.size()));
          put_state(table, made.state);
          table.end_row();
        }
      });
}

void Filler::fill_parties() {
  into_.fill("parties",
             "id, case_id, agency_party, role, is_present, is_organisation, name_sealed, proof_kind, proof_hash, "
             "address_sealed, language, account, connected_at",
             [&](BulkTable& table) {
               for (std::int64_t number = 0; number < size_.cases; ++number) {
                 const auto made = make_case(number, foundation_.catalogue, now_);
                 const auto id = event_id(number, 2);
                 const auto name = made.given_name + "\n" + made.family_name;
                 const auto kind = cases::ProofKind::birth_date;
                 table.integer(id);
                 table.integer(case_id(number));
                 table.text("applicant");
                 table.text(to_text(made.role));
                 table.boolean(true);
                 table.boolean(false);
                 table.bytes(seal("parties", "name_sealed", id, name));
                 table.text(to_text(kind));
                 table.bytes(features_.cases.hash_proof(made.receipt_number, kind, to_iso(made.born_on)));
                 table.bytes(seal("parties", "address_sealed", id, name + "\n18 Harbor Lane\nNorthport, NY 00000"));
                 table.text("en");
                 table.integer(account_id(account_of_case(number)));
                 table.integer(to_millis(now_));
                 table.end_row();
               }
             });
}

void Filler::fill_person_search() {
  struct Row {
    std::string entry;
    std::string_view kind;
    std::int64_t subject;
  };
  std::vector<Row> rows;
  const accounts::PersonSearch search(foundation_.keys);
  const auto add = [&](std::string_view kind, std::int64_t subject, const accounts::SearchedPerson& person) {
    for (auto& entry : search.entries_of(person)) rows.push_back({std::move(entry), kind, subject});
  };
  for (std::int64_t number = 0; number < size_.accounts; ++number) {
    const auto name = make_name(number);
    add(accounts::kSearchAccount, account_id(number),
        {.names = {std::string(name.given), std::string(name.family)},
         .born_on = make_birth_date(number),
         .email = parse_email(email_of(number))->canonical});
  }
  for (std::int64_t number = 0; number < size_.cases; ++number) {
    const auto name = make_name(number);
    add(accounts::kSearchParty, event_id(number, 2),
        {.names = {std::string(name.given), std::string(name.family)}, .born_on = make_birth_date(number)});
  }
  // In the order of the key: a tree of that size is not built by jumping about in it.
  std::ranges::sort(rows, [](const Row& left, const Row& right) {
    return std::tie(left.entry, left.kind, left.subject) < std::tie(right.entry, right.kind, right.subject);
  });
  into_.fill("person_search", "entry, kind, subject", [&](BulkTable& table) {
    for (const auto& row : rows) {
      table.bytes(row.entry);
      table.text(row.kind);
      table.integer(row.subject);
      table.end_row();
    }
  });
}

void Filler::fill_events() {
  into_.fill("case_events",
             "id, case_id, sequence, record, content_hash, kind, stage, occurred_on, due_on, outcome, answers, "
             "documents, details_sealed, received_at",
             [&](BulkTable& table) {
               for (std::int64_t number = 0; number < size_.cases; ++number) {
                 const auto made = make_case(number, foundation_.catalogue, now_);
                 for (const auto& [event, details] : made.events) {
                   const auto id = event_id(number, event.sequence);
                   const auto record = fmt::format("{}-{:03}", made.receipt_number, event.sequence);
                   const auto json = cases::to_json(details);
                   table.integer(id);
                   table.integer(case_id(number));
                   table.integer(event.sequence);
                   table.text(record);
                   table.bytes(sha256(record));
                   table.text(to_text(event.kind));
                   put_text(table, event.stage);
                   table.text(to_iso(event.occurred_on));
                   put_date(table, event.due_on);
                   put_outcome(table, event.outcome);
                   put_integer(table, event.answers);
                   table.integer(event.documents);
                   json.empty() ? table.null() : table.bytes(seal("case_events", "details_sealed", id, json));
                   table.integer(to_millis(event.received_at));
                   table.end_row();
                 }
               }
             });
}

void Filler::fill_requests() {
  into_.fill("evidence_requests", "id, case_id, sequence, requested_on, due_on, documents, answered_on",
             [&](BulkTable& table) {
               for (std::int64_t number = 0; number < size_.cases; ++number) {
                 for (const auto& request : make_case(number, foundation_.catalogue, now_).requests) {
                   table.integer(event_id(number, request.sequence));
                   table.integer(case_id(number));
                   table.integer(request.sequence);
                   table.text(to_iso(request.requested_on));
                   put_date(table, request.due_on);
                   table.integer(request.documents);
                   put_date(table, request.answered_on);
                   table.end_row();
                 }
               }
             });
}

void Filler::fill_appointments() {
  into_.fill("appointments", "id, case_id, agency_appointment, kind, starts_at, place, state", [&](BulkTable& table) {
    for (std::int64_t number = 0; number < size_.cases; ++number) {
      const auto made = make_case(number, foundation_.catalogue, now_);
      if (!made.appointment) continue;
      table.integer(event_id(number, kEventsMax - 1));
      table.integer(case_id(number));
      table.text(made.receipt_number + "-A1");
      table.text(to_text(made.appointment->kind));
      table.integer(to_millis(made.appointment->starts_at));
      table.text(made.appointment->place);
      table.text("scheduled");
      table.end_row();
    }
  });
}

}  // namespace waymark::bench
