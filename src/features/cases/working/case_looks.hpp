// Who of the office looked at a case, or did something to it, and why (B1): written in the unit that is committed
// before the page goes out. The person sees role, unit and reason; only an auditor sees which officer.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.hpp"
#include "web/office.hpp"

namespace waymark::cases {

// Why an officer opens a case. Constants equal the database text and the locale keys "cases.look.reason.REASON".
inline constexpr std::string_view kReasonQueue = "working_queue";        // its turn came
inline constexpr std::string_view kReasonMessage = "answering_message";  // the person wrote
inline constexpr std::string_view kReasonPerson = "answering_person";    // the person called or came
inline constexpr std::string_view kReasonCorrection = "correcting_mistake";
inline constexpr std::string_view kReasonQuality = "checking_quality";  // another officer's work is checked
inline constexpr std::string_view kReasonLegal = "legal_request";       // a court, or another authority, asked
inline constexpr std::string_view kReasonAccount = "account_recovery";  // somebody is helped back into their account
// Those that an officer may name; the others follow from where the case was opened.
inline constexpr std::array<std::string_view, 5> kNamedReasons{kReasonPerson, kReasonQueue, kReasonCorrection,
                                                               kReasonQuality, kReasonLegal};
bool is_named_reason(std::string_view text);

// What was looked at, or done. Locale keys "cases.look.what.WHAT"; an act has the name of its event.
inline constexpr std::string_view kLookedAtCase = "case";
inline constexpr std::string_view kLookedAtThread = "thread";
inline constexpr std::string_view kLookedAtResult = "search_result";

// Something looked at, and nothing done.
bool is_look(std::string_view what);

struct Look {
  std::int64_t id = 0;  // from IdSource
  CaseId on_case{};
  web::OfficeSeat by{};
  std::string_view reason;
  std::string_view what = kLookedAtCase;
  Instant at{};
};
void record_look(db::Transaction& tx, const Look& look);

struct LookRow {
  std::int64_t id = 0;
  OfficerId officer{};  // for auditors alone
  web::OfficeRole role{};
  std::string unit, reason, what;
  Instant at{};
};
// The newest first.
std::vector<LookRow> list_looks(db::Snapshot& snapshot, CaseId on_case, int most);

// The reason of the officer's last look at the case since then: who opened it a while ago need not say why again.
std::optional<std::string> find_reason_since(db::Snapshot& snapshot, CaseId on_case, OfficerId officer, Instant since);

}  // namespace waymark::cases
