// The office's side of the site: everything under /office is seen by officers, by a session of their own; a person's
// session is nobody there, and an officer's is nobody anywhere else.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"

namespace waymark::web {

// What an officer works as. Enumerators equal the database text and the locale keys "office.role.ROLE".
enum class OfficeRole : std::uint8_t { administrator, case_officer, identity_reviewer, support, auditor };
inline constexpr OfficeRole kOfficeRoles[] = {OfficeRole::administrator, OfficeRole::case_officer,
                                              OfficeRole::identity_reviewer, OfficeRole::support, OfficeRole::auditor};
std::string_view to_text(OfficeRole role);
std::optional<OfficeRole> find_office_role(std::string_view text);

// Which of them may; none may where nothing is said.
class OfficeRoles {
 public:
  constexpr OfficeRoles() = default;
  constexpr OfficeRoles(std::initializer_list<OfficeRole> roles) {
    for (const auto role : roles) bits_ |= bit(role);
  }
  constexpr bool has(OfficeRole role) const { return (bits_ & bit(role)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }

 private:
  static constexpr std::uint8_t bit(OfficeRole role) {
    return static_cast<std::uint8_t>(1U << static_cast<unsigned>(role));
  }
  std::uint8_t bits_ = 0;
};
inline constexpr OfficeRoles kEveryOfficeRole{OfficeRole::administrator, OfficeRole::case_officer,
                                              OfficeRole::identity_reviewer, OfficeRole::support, OfficeRole::auditor};

// The officer who asks.
struct OfficeSeat {
  OfficerId officer{};
  OfficeRole role{};
  std::string name{};  // for the office's own pages alone
  std::string unit{};  // "Northport field office": people see it where an officer looked or wrote
};

inline constexpr std::string_view kOfficePath = "/office";
bool is_office_path(std::string_view path);

// A link of the office's navigation, shown to those who may follow it.
struct OfficeNavLink {
  std::string path;
  std::string words;   // locale key
  std::string active;  // PageOptions::active_nav of its pages
  OfficeRoles roles;
};

}  // namespace waymark::web
