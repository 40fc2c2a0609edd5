#include "features/feed/doubled_fields.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "features/feed/fields.hpp"

namespace waymark::feed {
namespace {

// The names of the fields met so far, by how deep their object lies.
class Names {
 public:
  void enter() { starts_.push_back(names_.size()); }
  void leave() {
    names_.resize(starts_.back());
    starts_.pop_back();
  }
  void meet(std::string_view name) {
    const auto begin = names_.begin() + static_cast<std::ptrdiff_t>(starts_.back());
    if (std::find(begin, names_.end(), name) != names_.end()) refuse_field("?", "bad_value");
    names_.push_back(name);
  }
  bool is_inside() const { return !starts_.empty(); }

 private:
  std::vector<std::string_view> names_;
  std::vector<std::size_t> starts_;
};

// The end of the string that begins behind `at`'s quote: the place of its closing quote.
std::size_t closing_quote(std::string_view json, std::size_t at) {
  while (at < json.size() && json[at] != '"') at += json[at] == '\\' ? 2 : 1;
  return std::min(at, json.size());
}

}  // namespace

void refuse_doubled_fields(std::string_view json) {
  Names names;
  for (std::size_t at = 0; at < json.size(); ++at) {
    if (json[at] == '{') names.enter();
    if (json[at] == '}' && names.is_inside()) names.leave();
    if (json[at] != '"') continue;
    const auto begin = at + 1;
    at = closing_quote(json, begin);
    const auto after = json.find_first_not_of(" \t\r\n", at + 1);
    const bool is_field = after != std::string_view::npos && json[after] == ':';
    if (!is_field || !names.is_inside()) continue;
    const auto name = json.substr(begin, at - begin);
    // An escape in a field's name could hide that it is the same one; none of ours needs one.
    if (name.find('\\') != std::string_view::npos) refuse_field("?", "unknown_field");
    names.meet(name);
  }
}

}  // namespace waymark::feed
