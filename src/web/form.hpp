// What was typed into a form, and what was wrong with it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace waymark::web {

// The fields of an application/x-www-form-urlencoded body, each exactly once: a doubled name, "name[]", invalid UTF-8,
// a NUL, or more than 200 fields is refused as a whole (incident I18, I21).
class Form {
 public:
  static Result<Form> parse(std::string_view body);
  std::string_view get(std::string_view name) const;  // empty when absent
  bool has(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }
  void set(std::string name, std::string value);
  std::string encoded() const;  // as parse() reads it

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

// What a form page is drawn from: empty the first time; after a refusal, what was typed and the messages.
struct FormState {
  Form typed{};
  std::optional<Failure> failure{};
  bool is_draft = false;  // `typed` was kept when the session ended before it could be sent
  std::string_view value(std::string_view field) const { return typed.get(field); }
  const Message* error_at(std::string_view field) const;
  bool failed() const { return failure.has_value(); }
};

}  // namespace waymark::web
