// A case as the office sees it: everything that the people on it see, and what they don't. Who may ask is said by the
// office's routes; each look is recorded (case_looks.hpp).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/cases/case_access.hpp"

namespace waymark::cases {

struct OfficeParty {
  PartyId id{};
  Role role{};
  bool is_present = true;
  bool is_organisation = false;
  std::string name{};
  std::vector<std::string> address{};
  std::string email{};
  std::string language{};
  std::optional<Instant> connected_at{};  // none: not connected to an account
  std::optional<Instant> letter_requested_at{};
  std::optional<PartyId> guardian_of{};  // the child in whose place they act
};

struct OfficeCase {
  VisibleCase visible{};  // with everything in it; its role and party say nothing
  std::int64_t version = 0;
  std::vector<OfficeParty> parties{};  // former ones too
};
std::optional<OfficeCase> find_for_office(db::Snapshot& snapshot, const Sealer& sealer,
                                          std::string_view receipt_number);

// A case in a list, with one of its parties where it was found by that one.
struct CaseLine {
  VisibleCase visible{};
  PartyId party{};
  std::string name{};
};
std::optional<CaseLine> find_line(db::Snapshot& snapshot, std::string_view receipt_number);
std::vector<CaseLine> list_lines_of_parties(db::Snapshot& snapshot, const Sealer& sealer,
                                            const std::vector<PartyId>& parties);
std::vector<CaseLine> list_lines_of_account(db::Snapshot& snapshot, const Sealer& sealer, AccountId account);

// --- What waits. ---

enum class Queue {
  evidence_received,  // documents came in, and nothing happened since
  evidence_overdue,   // documents were asked for, and the day has passed
  waiting,            // everything that is open, by what happened longest ago
};
inline constexpr Queue kQueues[] = {Queue::evidence_received, Queue::evidence_overdue, Queue::waiting};
std::string_view to_text(Queue queue);
std::optional<Queue> find_queue(std::string_view text);

struct QueueAsked {
  Queue queue = Queue::evidence_received;
  std::string form{};                   // of the catalogue; empty: all
  std::optional<std::int64_t> after{};  // the last one's since_at, in milliseconds, of the page before
  std::string after_receipt{};          // and its receipt number
  int most = 50;
};
struct Waiting {
  VisibleCase visible{};
  Instant since{};  // since when it waits: what it is sorted by
};
std::vector<Waiting> list_waiting(db::Snapshot& snapshot, const catalogue::Catalogue& catalogue,
                                  const QueueAsked& asked, Date today);

}  // namespace waymark::cases
