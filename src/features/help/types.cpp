#include "features/help/types.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "features/help/limits.hpp"

namespace waymark::help {

bool is_request_topic(std::string_view text) {
  return std::ranges::find(kRequestTopics, text) != std::end(kRequestTopics);
}

std::string format_reference(std::string_view symbols) {
  WAYMARK_ASSERT(symbols.size() == kReferenceSymbols);
  return fmt::format("{}-{}", symbols.substr(0, 4), symbols.substr(4));
}

std::string_view to_text(RequestState state) {
  switch (state) {
    case RequestState::open:
      return "open";
    case RequestState::taken:
      return "taken";
    case RequestState::answered:
      return "answered";
    case RequestState::closed:
      return "closed";
  }
  return {};
}

std::string_view to_text(CallbackOutcome outcome) {
  switch (outcome) {
    case CallbackOutcome::reached:
      return "reached";
    case CallbackOutcome::not_reached:
      return "not_reached";
    case CallbackOutcome::wrong_number:
      return "wrong_number";
  }
  return {};
}

std::optional<CallbackOutcome> find_callback_outcome(std::string_view text) {
  for (const auto outcome : kCallbackOutcomes) {
    if (to_text(outcome) == text) return outcome;
  }
  return std::nullopt;
}

}  // namespace waymark::help
