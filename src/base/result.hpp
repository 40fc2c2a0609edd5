// What a person can cause is a Result: a value, or a Failure that says what went wrong in words a page can show.
// What the surroundings cause (a lost database, a full disk) is an exception, caught once in web/dispatch.
// What we got wrong is WAYMARK_ASSERT.
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace waymark {

// Each kind has one HTTP status (web/failure_page).
enum class FailureKind {
  bad_input,     // 422: fields carry messages
  malformed,     // 400: not something our own pages would send
  unauthorized,  // 401 for machines, the sign-in page for people
  forbidden,     // 403
  not_found,     // 404: missing and not-yours alike
  conflict,      // 409
  too_many,      // 429: retry_after is set
  unavailable,   // 503: retry_after is set
};

// One argument of a locale message: its name and its value, as text that is escaped wherever it is shown.
struct MessageArgument {
  std::string name;
  std::string value;
};

// A message named by its locale key ("accounts.error.password_short"), never by its text: the reader's language
// is known only where it is shown.
struct Message {
  std::string key;
  std::vector<MessageArgument> arguments{};
};

struct FieldMessage {
  std::string field;  // the form field's name
  Message message;
};

struct Failure {
  FailureKind kind = FailureKind::bad_input;
  Message message;                                    // the summary
  std::vector<FieldMessage> fields{};                 // in the order of the form
  std::optional<std::chrono::seconds> retry_after{};  // when trying again makes sense
};

template <typename T>
using Result = std::expected<T, Failure>;

inline std::unexpected<Failure> refuse(FailureKind kind, std::string key, std::vector<MessageArgument> arguments = {}) {
  return std::unexpected(Failure{.kind = kind, .message = {std::move(key), std::move(arguments)}});
}

// A refusal at one field, shown beside it and in the page's error summary.
inline std::unexpected<Failure> refuse_field(std::string field, std::string key,
                                             std::vector<MessageArgument> arguments = {}) {
  Failure failure{.kind = FailureKind::bad_input, .message = {"web.error.check_answers", {}}};
  failure.fields.push_back({std::move(field), {std::move(key), std::move(arguments)}});
  return std::unexpected(std::move(failure));
}

inline std::unexpected<Failure> refuse(Failure failure) { return std::unexpected(std::move(failure)); }

// Chaining that libstdc++ 12's std::expected lacks: and_then(result, f) calls f with the value, or hands on the
// failure.
template <typename T, typename F>
auto and_then(Result<T>&& result, F&& f) -> decltype(std::forward<F>(f)(std::move(*result))) {
  if (!result) return std::unexpected(std::move(result).error());
  return std::forward<F>(f)(std::move(*result));
}

template <typename T, typename F>
auto transform(Result<T>&& result, F&& f) -> Result<decltype(std::forward<F>(f)(std::move(*result)))> {
  if (!result) return std::unexpected(std::move(result).error());
  return std::forward<F>(f)(std::move(*result));
}

}  // namespace waymark
