// Takes the fields of one JSON object, each by its name and kind, and knows which were not asked for.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "features/cases/intake/agency_record.hpp"

namespace waymark::feed {

// Thrown and caught inside the reader of a line; both are constants or a checked name.
struct FieldProblem {
  std::string field, reason;
};
[[noreturn]] void refuse_field(std::string_view field, std::string_view reason);

inline constexpr std::size_t kNameLengthMax = 100;
inline constexpr std::size_t kPersonNameLengthMax = 200;
inline constexpr std::size_t kTextLengthMax = 2000;
inline constexpr std::size_t kItemsMax = 40;
inline constexpr std::size_t kAddressLinesMax = 6;

// Each function throws FieldProblem: missing_field when a required one is absent, bad_value when it is of another form.
class Fields {
 public:
  explicit Fields(const boost::json::object& object) : object_(object) {}

  bool has(std::string_view name) const { return object_.contains(name); }
  // 1 to 100 printable ASCII characters without blanks.
  std::string name(std::string_view field);
  std::int64_t positive(std::string_view field);
  std::string_view word(std::string_view field);                     // any string, as it stands
  std::string line(std::string_view field, std::size_t length_max);  // tidied, not empty
  Date day(std::string_view field);
  std::optional<Date> maybe_day(std::string_view field);
  Instant moment(std::string_view field);
  cases::Texts texts(std::string_view field);
  std::vector<cases::Texts> list_of_texts(std::string_view field);  // none when absent
  std::vector<std::string> lines(std::string_view field, std::size_t count_max, std::size_t length_max);
  const boost::json::object& object(std::string_view field);
  // The enumerator of that text: find is one of case_types' find_… functions.
  template <typename Enum>
  Enum choice(std::string_view field, std::optional<Enum> (*find)(std::string_view)) {
    const auto found = find(word(field));
    if (!found) refuse_field(field, "bad_value");
    return *found;
  }
  // Refuses the object when it has a field that nobody took.
  void finish() const;

 private:
  const boost::json::value& take(std::string_view field);
  const boost::json::object& object_;
  std::vector<std::string_view> taken_{};
};

}  // namespace waymark::feed
