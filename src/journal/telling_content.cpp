#include "journal/telling_content.hpp"

#include <boost/json.hpp>
#include <stdexcept>

namespace waymark::journal {

namespace json = boost::json;

std::string content_of(const Telling& telling) {
  json::array arguments;
  for (const auto& [name, value] : telling.arguments) arguments.push_back(json::array{name, value});
  return json::serialize(json::object{{"email", telling.email},
                                      {"phone", telling.phone},
                                      {"spoken", telling.spoken},
                                      {"language", telling.language},
                                      {"arguments", std::move(arguments)}});
}

void fill_content(Telling& telling, std::string_view content) {
  boost::system::error_code error;
  const json::value parsed = json::parse(content, error);
  if (error) throw std::runtime_error("outbox: the content is not JSON");
  const json::object& object = parsed.as_object();
  const auto text = [&](const char* key) { return std::string{json::string_view(object.at(key).as_string())}; };
  telling.email = text("email");
  telling.phone = text("phone");
  telling.spoken = object.at("spoken").as_bool();
  telling.language = text("language");
  telling.arguments.clear();
  for (const auto& argument : object.at("arguments").as_array()) {
    const auto& pair = argument.as_array();
    telling.arguments.emplace_back(std::string{json::string_view(pair.at(0).as_string())},
                                   std::string{json::string_view(pair.at(1).as_string())});
  }
}

}  // namespace waymark::journal
