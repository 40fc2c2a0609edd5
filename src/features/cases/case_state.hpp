// Where a case stands: never set by hand, always folded from its events, one at a time and in the order of their
// sequence. The same fold serves the import, the check in the tests, and anybody who doubts a row.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "catalogue/catalogue.hpp"
#include "features/cases/case_types.hpp"

namespace waymark::cases {

// One dated thing that happened. What the agency wrote about it (texts, the list of documents) is details, apart.
struct CaseEvent {
  std::int64_t sequence = 0;  // the feed's number; of an act of the office the negative of its position
  EventKind kind{};
  std::optional<std::string> stage{};  // stage_entered
  Date occurred_on{};
  std::optional<Date> due_on{};                 // evidence_requested
  int documents = 0;                            // evidence_requested: how many; 0: the notice says
  std::optional<std::int64_t> answers{};        // evidence_received: the sequence of the request; none: the oldest
  std::optional<catalogue::Outcome> outcome{};  // decided, closed
  Instant received_at{};                        // when we took it in
  std::optional<std::int64_t> corrects{};       // corrected: the sequence of the mistake
};

struct EvidenceRequest {
  std::int64_t sequence = 0;  // of the event that asked
  Date requested_on{};
  std::optional<Date> due_on{};
  int documents = 0;
  std::optional<Date> answered_on{};
  bool is_withdrawn = false;  // it was a mistake, taken back on answered_on
  bool operator==(const EvidenceRequest&) const = default;
};

struct LastChange {
  EventKind kind{};
  std::optional<std::string> stage{};
  Date on{};
  Instant received_at{};
  bool operator==(const LastChange&) const = default;
};

struct CaseState {
  std::optional<std::string> stage{};  // none before the first event that names one
  std::optional<Date> stage_since{};
  int step = 0;  // 1-based among the form's counted stages; 0: none yet
  int furthest_step = 0;
  bool has_returned = false;  // went back, and has not come as far again
  std::optional<catalogue::Outcome> outcome{};
  bool is_closed = false;
  std::vector<EvidenceRequest> open_requests{};  // unanswered, in the order they were made
  std::optional<LastChange> last{};
  bool operator==(const CaseState&) const = default;
};

// The state after one more event; records that are no history change nothing. `form` says which step a stage is; a
// stage that it does not know is a broken promise (whoever takes events in checks before).
void fold(CaseState& state, const CaseEvent& event, const catalogue::Form& form);
CaseState fold_all(std::span<const CaseEvent> events, const catalogue::Form& form);

// The open request that is due first; those without a day come last. Null when none is open.
const EvidenceRequest* find_most_urgent(const CaseState& state);

}  // namespace waymark::cases
