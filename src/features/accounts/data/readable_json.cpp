#include "features/accounts/data/readable_json.hpp"

namespace waymark::accounts {
namespace {

void add(std::string& out, const boost::json::value& value, std::size_t depth);

// `each` writes every part behind `begin_part`.
template <typename Parts, typename Each>
void add_parts(std::string& out, const Parts& parts, char open, char close, std::size_t depth, Each&& each) {
  out += open;
  bool is_first = true;
  for (const auto& part : parts) {
    if (!is_first) out += ',';
    is_first = false;
    out += '\n';
    out.append(2 * (depth + 1), ' ');
    each(part);
  }
  if (!is_first) {
    out += '\n';
    out.append(2 * depth, ' ');
  }
  out += close;
}

void add(std::string& out, const boost::json::value& value, std::size_t depth) {
  if (const auto* object = value.if_object()) {
    add_parts(out, *object, '{', '}', depth, [&](const auto& member) {
      out += boost::json::serialize(boost::json::value(member.key()));
      out += ": ";
      add(out, member.value(), depth + 1);
    });
  } else if (const auto* array = value.if_array()) {
    add_parts(out, *array, '[', ']', depth, [&](const auto& item) { add(out, item, depth + 1); });
  } else {
    out += boost::json::serialize(value);
  }
}

}  // namespace

std::string readable_json(const boost::json::value& value) {
  std::string out;
  add(out, value, 0);
  return out + "\n";
}

}  // namespace waymark::accounts
