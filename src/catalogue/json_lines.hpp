// Where each value of a JSON text stands: Boost.JSON reads values but keeps no lines, and a problem without its line is
// a problem half told.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace waymark::catalogue {

// Lines by JSON pointer ("/stages/2/title"), 1-based; a member has the line of its name.
class JsonLines {
 public:
  // The text must have been accepted by a JSON parser.
  explicit JsonLines(std::string_view text);

  // The line of the value, or of the nearest value around it that exists.
  int line_of(std::string_view pointer) const;

  struct Duplicate {
    std::string name;
    int line = 0;
  };
  const std::vector<Duplicate>& duplicates() const { return duplicates_; }

 private:
  std::unordered_map<std::string, int> lines_;
  std::vector<Duplicate> duplicates_;
};

struct JsonSyntaxProblem {
  int line = 0;
  std::string reason;
};
// The value, or where and why the text is not JSON.
std::optional<boost::json::value> parse_json(std::string_view text, JsonSyntaxProblem& problem);

}  // namespace waymark::catalogue
