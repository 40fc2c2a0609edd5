#include "features/cases/event_details.hpp"

#include <boost/json.hpp>

namespace waymark::cases {
namespace {

namespace json = boost::json;

json::object to_object(const Texts& texts) {
  json::object object;
  for (const auto& [language, text] : texts) object[language] = text;
  return object;
}

Texts to_texts(const json::value& value) {
  Texts texts;
  for (const auto& [language, text] : value.as_object()) {
    texts.emplace_back(std::string(language), std::string(text.as_string()));
  }
  return texts;
}

}  // namespace

std::string to_json(const EventDetails& details) {
  json::object object;
  if (!details.text.empty()) object["text"] = to_object(details.text);
  if (!details.items.empty()) {
    json::array items;
    for (const auto& item : details.items) items.push_back(to_object(item));
    object["items"] = std::move(items);
  }
  if (details.appointment) {
    object["appointment"] = {{"kind", to_text(details.appointment->kind)},
                             {"starts_at", to_millis(details.appointment->starts_at)},
                             {"place", details.appointment->place}};
  }
  return object.empty() ? std::string() : json::serialize(object);
}

EventDetails parse_details(std::string_view text) {
  EventDetails details;
  const auto parsed = json::parse(json::string_view(text.data(), text.size()));
  const auto& object = parsed.as_object();
  if (const auto* sentence = object.if_contains("text")) details.text = to_texts(*sentence);
  if (const auto* items = object.if_contains("items")) {
    for (const auto& item : items->as_array()) details.items.push_back(to_texts(item));
  }
  if (const auto* appointment = object.if_contains("appointment")) {
    const auto& fields = appointment->as_object();
    details.appointment =
        AppointmentDetails{.kind = find_appointment_kind(std::string_view(fields.at("kind").as_string())).value(),
                           .starts_at = from_millis(fields.at("starts_at").as_int64()),
                           .place = std::string(fields.at("place").as_string())};
  }
  return details;
}

std::string_view text_in(const Texts& texts, std::string_view language) {
  std::string_view english;
  for (const auto& [of_language, text] : texts) {
    if (of_language == language) return text;
    if (of_language == "en") english = text;
  }
  return english;
}

}  // namespace waymark::cases
