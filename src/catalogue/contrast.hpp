// How well one colour reads on another: WCAG 2.2, "relative luminance" and "contrast ratio".
#pragma once

#include <optional>
#include <string_view>

namespace waymark::catalogue {

inline constexpr double kTextContrastMin = 4.5;  // success criterion 1.4.3 (AA)

// 1 to 21; none when one of them is not "#RRGGBB".
std::optional<double> contrast_ratio(std::string_view one, std::string_view other);

}  // namespace waymark::catalogue
