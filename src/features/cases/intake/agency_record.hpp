// What an agency's own system tells about a case, one record at a time: read and checked in itself (docs/feed.md), not
// yet against the case.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/time.hpp"
#include "features/cases/case_types.hpp"

namespace waymark::cases {

// A text by language; English is among them.
using Texts = std::vector<std::pair<std::string, std::string>>;

struct CaseRecordContent {
  std::string form;
  Date filed_on{};
};

struct PartyContent {
  std::string agency_party;
  Role role{};
  std::string given_name{}, family_name{};  // of a person
  std::string organisation{};               // or this
  ProofKind proof_kind{};
  std::string proof;  // normalised
  std::vector<std::string> address{};
  std::string email{};
  std::string language{};
  bool is_present = true;
  std::string guardian_of{};  // the agency's name for the child in whose place they act; empty: for nobody
};

struct AccessCodeContent {
  std::string agency_code;
  std::string agency_party;
  std::string code{};  // 13 symbols; empty: the code of that name is withdrawn
  Instant issued_at{};
  Instant expires_at{};
};

struct EventContent {
  EventKind kind{};  // stage_entered … noted
  Date occurred_on{};
  std::string stage{};
  std::optional<Date> due_on{};
  std::vector<Texts> items{};
  std::optional<std::int64_t> answers{};
  std::optional<catalogue::Outcome> outcome{};
  Texts text{};
};

struct AppointmentContent {
  std::string agency_appointment{};
  AppointmentKind kind{};
  Instant starts_at{};
  std::string place{};
  AppointmentState state{};
  std::optional<Date> occurred_on{};  // the day it was made, moved, cancelled, kept or missed
};

struct AgencyRecord {
  std::string name;  // never used again for another record
  std::string receipt_number;
  std::int64_t sequence = 0;  // 1, 2, 3 … within the case
  std::string content_hash;   // keyed; the same for the same content, however it was written down
  std::int64_t id = 0;        // for the row that this record makes; from IdSource
  std::variant<CaseRecordContent, PartyContent, AccessCodeContent, EventContent, AppointmentContent> content;
};

}  // namespace waymark::cases
