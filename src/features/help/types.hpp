// What people ask of the office without signing in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/email.hpp"
#include "base/id.hpp"
#include "base/time.hpp"

namespace waymark::help {

using AskingId = Id<struct AskingTag>;
using HelpRequestId = Id<struct HelpRequestTag>;
using CallbackId = Id<struct CallbackTag>;

// What it is about; enumerators equal the database's text and the locale keys "help.about.TOPIC".
inline constexpr std::string_view kRequestTopics[] = {"access",      "case_status", "letter", "evidence",
                                                      "appointment", "address",     "fraud",  "other"};
bool is_request_topic(std::string_view text);

// A language that is not among the brand's: the office brings an interpreter.
inline constexpr std::string_view kOtherLanguage = "other";

// "7M2Q-9XD4": what a person keeps, and what we name when we call or write.
std::string format_reference(std::string_view symbols);

struct Asking {
  AskingId id{};
  Email email{};
  std::string code_hash{};  // empty once it was used
  std::optional<Instant> code_expires_at{};
  std::optional<Instant> email_proved_at{};
  Instant created_at{};
  Instant expires_at{};
};

// Locale keys "help.state.STATE".
enum class RequestState { open, taken, answered, closed };
std::string_view to_text(RequestState state);

struct HelpRequest {
  HelpRequestId id{};
  std::string reference{};
  std::string email{};  // as it was proved
  std::string topic{}, language{};
  std::string text{};
  std::string receipt_number{};  // may be empty
  RequestState state = RequestState::open;
  Instant asked_at{};
  OfficerId officer{};  // who took it
  std::optional<Instant> taken_at{};
  std::string reply{};
  std::optional<Instant> answered_at{}, closed_at{};
};

// Locale keys "help.outcome.OUTCOME".
enum class CallbackOutcome { reached, not_reached, wrong_number };
inline constexpr CallbackOutcome kCallbackOutcomes[] = {CallbackOutcome::reached, CallbackOutcome::not_reached,
                                                        CallbackOutcome::wrong_number};
std::string_view to_text(CallbackOutcome outcome);
std::optional<CallbackOutcome> find_callback_outcome(std::string_view text);

struct Callback {
  CallbackId id{};
  std::string reference{};
  std::string name{}, phone{};   // E.164, not proved
  std::string other_language{};  // as typed, where `language` is kOtherLanguage
  std::string topic{}, language{};
  std::optional<Instant> wanted_from{}, wanted_until{};  // none: whenever we are open
  RequestState state = RequestState::open;               // never answered
  Instant asked_at{};
  OfficerId officer{};
  std::optional<Instant> taken_at{};
  std::optional<CallbackOutcome> outcome{};
  std::optional<Instant> closed_at{};
};

}  // namespace waymark::help
