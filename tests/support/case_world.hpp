// Cases on a test's database: the shipped catalogue, a clock that stands still, and records of the agency in short.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/cases/cases.hpp"
#include "features/cases/connecting/access_code.hpp"
#include "features/cases/connecting/connect_case.hpp"
#include "features/cases/intake/intake.hpp"
#include "support/databases.hpp"
#include "support/page_site.hpp"

namespace waymark::testing {

inline Instant at_noon(int year, unsigned month, unsigned day) {
  return Instant{
      std::chrono::sys_days{Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}}} +
      std::chrono::hours{17}};
}

inline const catalogue::Catalogue& shipped_catalogue() {
  static const catalogue::Catalogue catalogue = embedded_catalogue();
  return catalogue;
}

struct CaseWorld {
  explicit CaseWorld(db::Database& on, const catalogue::Catalogue& of = shipped_catalogue())
      : database(on), catalogue(of) {}

  db::Database& database;
  const catalogue::Catalogue& catalogue;
  FixedClock clock{at_noon(2026, 11, 23)};
  SeededRandom random{11};
  IdSource ids{clock, 1};
  KeyRing keys = make_keys(random);
  Sealer sealer{keys, random};
  journal::Outbox outbox{sealer, clock};
  accounts::Throttle throttle{database, clock, keys};
  std::vector<std::chrono::milliseconds> pauses{};
  std::mutex pauses_mutex{};
  cases::Cases cases{{.database = database,
                      .clock = clock,
                      .random = random,
                      .ids = ids,
                      .sealer = sealer,
                      .keys = keys,
                      .catalogue = catalogue,
                      .outbox = outbox,
                      .throttle = throttle,
                      .pause = [this](std::chrono::milliseconds time) {
                        const std::lock_guard lock(pauses_mutex);
                        pauses.push_back(time);
                      }}};

  // Takes the records in, in one unit; each must go in.
  std::vector<cases::IntakeAnswer> take_in(std::vector<cases::AgencyRecord> records) {
    cases::Intake intake(cases);
    for (auto& record : records) record.id = ids.next_value();
    const auto unit = [&](db::Transaction& tx) {
      std::vector<cases::IntakeAnswer> all;
      intake.begin(clock.now());
      for (const auto& record : records) all.push_back(intake.take_in(tx, record));
      intake.write_back(tx);
      return all;
    };
    try {
      return database.write(unit);
    } catch (const cases::IntakeOverlap&) {
      intake.step_back();
      return database.write(unit);
    }
  }
};

class CaseBed : public ContractWith<CaseWorld> {
 protected:
  // Without a code, where connecting is not what is tested.
  void connect(AccountId account, std::string_view party) {
    const db::Query kConnect{"test.connect", "UPDATE parties SET account = $1 WHERE agency_party = $2"};
    database().write([&](db::Transaction& tx) { tx.run(kConnect, {account, party}); });
  }
};

// --- Records of one case, numbered as they are added. ---

class RecordsOf {
 public:
  explicit RecordsOf(std::string receipt_number, std::string form = "I-765")
      : receipt_number_(std::move(receipt_number)) {
    add(cases::CaseRecordContent{.form = std::move(form), .filed_on = *parse_iso_date("2026-08-12")});
  }
  // Acts in the place of the child, a party of the case.
  RecordsOf& guardian(std::string name, cases::Role role, std::string child, bool is_present = true,
                      std::string birth_date = "1988-02-03") {
    return add(cases::PartyContent{.agency_party = name,
                                   .role = role,
                                   .given_name = "Rosa",
                                   .family_name = "Reyes " + name,
                                   .proof = std::move(birth_date),
                                   .language = "en",
                                   .is_present = is_present,
                                   .guardian_of = std::move(child)});
  }
  RecordsOf& party(std::string name, cases::Role role, std::string birth_date = "1990-04-12", bool is_present = true) {
    cases::PartyContent content{.agency_party = name,
                                .role = role,
                                .given_name = "Ana",
                                .family_name = "Reyes " + name,
                                .proof = std::move(birth_date),
                                .address = {"18 Harbor Lane", "Northport, NY 00000"},
                                .language = "en",
                                .is_present = is_present};
    return add(std::move(content));
  }
  RecordsOf& organisation(std::string name, cases::Role role, std::string registration_number) {
    cases::PartyContent content{
        .agency_party = name,
        .role = role,
        .organisation = "Bluewater " + name,
        .proof_kind = cases::ProofKind::registration_number,
        .proof = cases::normalise_proof(cases::ProofKind::registration_number, registration_number),
        .address = {"1 Quay Street", "Northport, NY 00000"},
        .language = "es"};
    return add(std::move(content));
  }
  RecordsOf& code(std::string party, std::string code, Instant issued_at = at_noon(2026, 11, 20)) {
    return add(cases::AccessCodeContent{.agency_code = receipt_number_ + code,
                                        .agency_party = std::move(party),
                                        .code = code,
                                        .issued_at = issued_at,
                                        .expires_at = issued_at + cases::kAccessCodeValidDays});
  }
  RecordsOf& stage(std::string stage, std::string_view day) {
    return add(cases::EventContent{
        .kind = cases::EventKind::stage_entered, .occurred_on = *parse_iso_date(day), .stage = std::move(stage)});
  }
  RecordsOf& event(cases::EventContent content) { return add(std::move(content)); }
  RecordsOf& appointment(std::string name, Instant starts_at,
                         cases::AppointmentState state = cases::AppointmentState::scheduled) {
    return add(cases::AppointmentContent{.agency_appointment = std::move(name),
                                         .kind = cases::AppointmentKind::biometrics,
                                         .starts_at = starts_at,
                                         .place = "northport-asc",
                                         .state = state});
  }

  const std::vector<cases::AgencyRecord>& records() const { return records_; }
  operator std::vector<cases::AgencyRecord>() const { return records_; }

 private:
  template <typename Content>
  RecordsOf& add(Content content) {
    const auto sequence = static_cast<std::int64_t>(records_.size()) + 1;
    records_.push_back({.name = receipt_number_ + "-" + std::to_string(sequence),
                        .receipt_number = receipt_number_,
                        .sequence = sequence,
                        .content_hash = sha256(receipt_number_ + std::to_string(sequence)),
                        .content = std::move(content)});
    return *this;
  }

  std::string receipt_number_;
  std::vector<cases::AgencyRecord> records_{};
};

}  // namespace waymark::testing
