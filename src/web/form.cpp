#include "web/form.hpp"

#include "web/url_encoding.hpp"

namespace waymark::web {
namespace {

constexpr std::size_t kFieldsMax = 200;

std::unexpected<Failure> malformed() { return refuse(FailureKind::malformed, "web.error.malformed_form"); }

}  // namespace

Result<Form> Form::parse(std::string_view body) {
  Form form;
  while (!body.empty()) {
    const std::size_t end = std::min(body.find('&'), body.size());
    const std::string_view field = body.substr(0, end);
    const bool is_last = end == body.size();
    body.remove_prefix(is_last ? end : end + 1);
    const std::size_t equals = field.find('=');
    if (equals == std::string_view::npos || (!is_last && body.empty())) return malformed();

    auto name = decode_form_text(field.substr(0, equals));
    auto value = decode_form_text(field.substr(equals + 1));
    if (!name || !value || name->empty() || name->find_first_of("[]") != std::string::npos) return malformed();
    if (form.has(*name) || form.fields_.size() == kFieldsMax) return malformed();
    form.fields_.emplace_back(std::move(*name), std::move(*value));
  }
  return form;
}

std::string_view Form::get(std::string_view name) const {
  for (const auto& [field, value] : fields_) {
    if (field == name) return value;
  }
  return {};
}

bool Form::has(std::string_view name) const {
  return std::any_of(fields_.begin(), fields_.end(), [&](const auto& field) { return field.first == name; });
}

std::string Form::encoded() const {
  std::string body;
  for (const auto& [name, value] : fields_) {
    if (!body.empty()) body.push_back('&');
    body.append(percent_encode(name)).append("=").append(percent_encode(value));
  }
  return body;
}

void Form::set(std::string name, std::string value) {
  for (auto& [field, held] : fields_) {
    if (field != name) continue;
    held = std::move(value);
    return;
  }
  fields_.emplace_back(std::move(name), std::move(value));
}

const Message* FormState::error_at(std::string_view field) const {
  if (!failure) return nullptr;
  for (const FieldMessage& message : failure->fields) {
    if (message.field == field) return &message.message;
  }
  return nullptr;
}

}  // namespace waymark::web
