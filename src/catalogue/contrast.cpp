#include "catalogue/contrast.hpp"

#include <cmath>

namespace waymark::catalogue {
namespace {

std::optional<int> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

double linear(int channel) {
  const double part = channel / 255.0;
  return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
}

std::optional<double> luminance(std::string_view color) {
  if (color.size() != 7 || color[0] != '#') return std::nullopt;
  double sum = 0;
  constexpr double kWeights[] = {0.2126, 0.7152, 0.0722};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto high = hex_digit(color[1 + 2 * i]);
    const auto low = hex_digit(color[2 + 2 * i]);
    if (!high || !low) return std::nullopt;
    sum += kWeights[i] * linear(*high * 16 + *low);
  }
  return sum;
}

}  // namespace

std::optional<double> contrast_ratio(std::string_view one, std::string_view other) {
  const auto first = luminance(one);
  const auto second = luminance(other);
  if (!first || !second) return std::nullopt;
  return (std::max(*first, *second) + 0.05) / (std::min(*first, *second) + 0.05);
}

}  // namespace waymark::catalogue
