#include "web/office.hpp"

#include <array>

namespace waymark::web {

std::string_view to_text(OfficeRole role) {
  static constexpr std::array<std::string_view, 5> kNames{"administrator", "case_officer", "identity_reviewer",
                                                          "support", "auditor"};
  return kNames[static_cast<std::size_t>(role)];
}

std::optional<OfficeRole> find_office_role(std::string_view text) {
  for (const auto role : kOfficeRoles) {
    if (to_text(role) == text) return role;
  }
  return std::nullopt;
}

bool is_office_path(std::string_view path) {
  return path.starts_with(kOfficePath) && (path.size() == kOfficePath.size() || path[kOfficePath.size()] == '/');
}

}  // namespace waymark::web
