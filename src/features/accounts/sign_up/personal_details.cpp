#include "features/accounts/sign_up/personal_details.hpp"

#include <limits>

#include "base/text.hpp"
#include "features/accounts/limits.hpp"

namespace waymark::accounts {
namespace {

void complain(Failure& failure, std::string field, std::string key) {
  failure.fields.push_back({std::move(field), {std::move(key), {}}});
}

// The number in a field of a date; none for what is not one.
std::optional<unsigned> number_in(std::string_view typed) {
  const auto number = parse_integer(trim(typed));
  if (!number || *number < 0 || *number > 9999) return std::nullopt;
  return static_cast<unsigned>(*number);
}

}  // namespace

Result<Names> read_names(std::string_view given, std::string_view family) {
  Names names{.given = tidy_line(given), .family = tidy_line(family)};
  Failure failure{.kind = FailureKind::bad_input, .message = {"web.error.check_answers", {}}};
  if (count_code_points(names.given) > kNameLengthMax) complain(failure, "given_name", "accounts.error.name_long");
  if (names.family.empty()) complain(failure, "family_name", "accounts.error.family_name_missing");
  if (count_code_points(names.family) > kNameLengthMax) complain(failure, "family_name", "accounts.error.name_long");
  if (!failure.fields.empty()) return refuse(std::move(failure));
  return names;
}

Result<Date> read_date_of_birth(std::string_view day, std::string_view month, std::string_view year, Date today) {
  constexpr auto kField = "date_of_birth";
  if (trim(day).empty() && trim(month).empty() && trim(year).empty()) {
    return refuse_field(kField, "accounts.error.birth_date_missing");
  }
  const auto d = number_in(day);
  const auto m = number_in(month);
  const auto y = number_in(year);
  if (!d || !m || !y) return refuse_field(kField, "accounts.error.birth_date_form");
  if (*y < 100) return refuse_field(kField, "accounts.error.birth_date_year");
  const Date date{std::chrono::year{static_cast<int>(*y)}, std::chrono::month{*m}, std::chrono::day{*d}};
  if (!date.ok()) return refuse_field(kField, "accounts.error.birth_date_form");
  if (date > today) return refuse_field(kField, "accounts.error.birth_date_future");
  if (*y < kBirthYearMin) return refuse_field(kField, "accounts.error.birth_date_early");
  return date;
}

}  // namespace waymark::accounts
