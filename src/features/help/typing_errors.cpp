#include "features/help/typing_errors.hpp"

#include <algorithm>

namespace waymark::help {

bool is_one_error_apart(std::string_view left, std::string_view right) {
  if (left.size() > right.size()) std::swap(left, right);
  if (right.size() - left.size() > 1) return false;
  const auto at =
      static_cast<std::size_t>(std::ranges::mismatch(left, right).in1 - left.begin());  // the first that differs
  if (left.size() < right.size()) return left.substr(at) == right.substr(at + 1);
  if (at == left.size()) return false;  // the same word
  if (left.substr(at + 1) == right.substr(at + 1)) return true;
  return at + 1 < left.size() && left[at] == right[at + 1] && left[at + 1] == right[at] &&
         left.substr(at + 2) == right.substr(at + 2);
}

std::vector<std::string> trigrams_of(std::string_view word) {
  const auto padded = "  " + std::string(word) + " ";
  std::vector<std::string> trigrams;
  for (std::size_t at = 0; at + 3 <= padded.size(); ++at) trigrams.push_back(padded.substr(at, 3));
  std::ranges::sort(trigrams);
  trigrams.erase(std::ranges::unique(trigrams).begin(), trigrams.end());
  return trigrams;
}

}  // namespace waymark::help
