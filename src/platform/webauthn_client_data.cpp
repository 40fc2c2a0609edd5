#include <boost/json.hpp>

#include "base/text.hpp"
#include "platform/webauthn_parts.hpp"

namespace waymark::webauthn {
namespace {

namespace json = boost::json;

std::optional<std::string> text_of(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

}  // namespace

std::optional<ClientData> read_client_data(std::string_view text) {
  boost::system::error_code error;
  // Strict: no comments, no trailing commas, well-formed UTF-8, nothing after the end, no deep nesting.
  const auto value = json::parse({text.data(), text.size()}, error, {}, {.max_depth = 8});
  if (error || !value.is_object()) return std::nullopt;
  const auto& object = value.get_object();
  auto type = text_of(object, "type");
  const auto challenge = text_of(object, "challenge");
  auto origin = text_of(object, "origin");
  if (!type || !challenge || !origin) return std::nullopt;
  auto decoded = from_base64url(*challenge);
  if (!decoded) return std::nullopt;
  ClientData data{.type = std::move(*type), .challenge = std::move(*decoded), .origin = std::move(*origin)};
  if (const auto* crossing = object.if_contains("crossOrigin")) {
    if (!crossing->is_bool()) return std::nullopt;
    data.is_cross_origin = crossing->get_bool();
  }
  if (object.contains("topOrigin")) data.is_cross_origin = true;
  return data;
}

}  // namespace waymark::webauthn
