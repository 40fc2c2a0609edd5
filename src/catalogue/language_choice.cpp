#include "catalogue/language_choice.hpp"

#include "base/text.hpp"

namespace waymark::catalogue {
namespace {

constexpr std::size_t kAcceptedMax = 32;
constexpr int kThousand = 1000;

// A weight in thousandths, or -1 when it is not one: "0.8", "1", "0.123".
int parse_weight(std::string_view text) {
  if (text.empty() || (text[0] != '0' && text[0] != '1') || text.size() > 5) return -1;
  int weight = (text[0] - '0') * kThousand;
  if (text.size() == 1) return weight;
  if (text[1] != '.') return -1;
  int unit = kThousand / 10;
  for (const char digit : text.substr(2)) {
    if (digit < '0' || digit > '9') return -1;
    weight += (digit - '0') * unit;
    unit /= 10;
  }
  return weight <= kThousand ? weight : -1;
}

struct Accepted {
  std::string_view tag;
  int weight = kThousand;
};

Accepted parse_range(std::string_view range) {
  const std::size_t semicolon = range.find(';');
  Accepted accepted{trim(range.substr(0, semicolon))};
  if (semicolon == std::string_view::npos) return accepted;
  const std::string_view parameter = trim(range.substr(semicolon + 1));
  const bool is_weight = parameter.size() > 2 && (parameter[0] == 'q' || parameter[0] == 'Q') && parameter[1] == '=';
  accepted.weight = is_weight ? parse_weight(trim(parameter.substr(2))) : -1;
  return accepted;
}

}  // namespace

std::vector<std::string_view> accepted_languages(std::string_view accept_language) {
  std::vector<Accepted> ranges;  // heaviest first; of equals, the one named first
  std::size_t looked_at = 0;
  for (const std::string_view range : split(accept_language, ',')) {
    if (++looked_at > kAcceptedMax) break;
    const Accepted accepted = parse_range(range);
    if (accepted.tag.empty() || accepted.weight <= 0) continue;
    ranges.insert(std::ranges::upper_bound(ranges, accepted.weight, std::greater{}, &Accepted::weight), accepted);
  }
  std::vector<std::string_view> tags;
  for (const Accepted& accepted : ranges) tags.push_back(accepted.tag);
  return tags;
}

std::string_view look_up_language(std::string_view tag, const std::function<bool(std::string_view)>& is_ours) {
  while (!tag.empty()) {
    if (is_ours(tag)) return tag;
    const std::size_t dash = tag.rfind('-');
    tag = dash == std::string_view::npos ? std::string_view{} : tag.substr(0, dash);
  }
  return {};
}

}  // namespace waymark::catalogue
