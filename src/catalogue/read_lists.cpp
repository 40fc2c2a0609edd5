#include "catalogue/read_lists.hpp"

#include "catalogue/words.hpp"

namespace waymark::catalogue {
namespace {

bool is_region(std::string_view region) {
  return region.size() == 2 && std::ranges::all_of(region, [](char c) { return c >= 'A' && c <= 'Z'; });
}

// ITU-T E.164: one to three digits, the first not 0.
bool is_calling_code(std::string_view code) {
  return !code.empty() && code.size() <= 3 && code[0] != '0' &&
         std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::vector<Place> read_places(const boost::json::value& value, ProblemSink& sink) {
  std::vector<Place> places;
  std::set<std::string> ids;
  for (JsonObject& object : objects_of_array(value, "place", sink)) {
    Place place;
    place.id = object.text("id");
    object.call("place \"" + place.id + "\"");
    place.name = object.text("name");
    place.street = object.text("street");
    place.city = object.text("city");
    place.state = object.text("state");
    place.postal_code = object.text("postal_code");
    place.time_zone = object.text("time_zone");
    place.directions = object.translated("directions");
    if (!place.time_zone.empty() && !is_time_zone(place.time_zone)) {
      object.problem("time_zone", "is not an IANA time zone");
    }
    if (!ids.insert(place.id).second) object.problem("id", "stands twice");
    object.refuse_unknown();
    places.push_back(std::move(place));
  }
  return places;
}

std::vector<PhoneCountry> read_phone_countries(const boost::json::value& value, ProblemSink& sink) {
  std::vector<PhoneCountry> countries;
  std::set<std::string> regions;
  for (JsonObject& object : objects_of_array(value, "country", sink)) {
    PhoneCountry country;
    country.region = object.text("region");
    object.call("country \"" + country.region + "\"");
    country.calling_code = object.text("calling_code");
    country.name = object.translated("name");
    if (!country.region.empty() && !is_region(country.region)) object.problem("region", "is not two capital letters");
    if (!country.calling_code.empty() && !is_calling_code(country.calling_code)) {
      object.problem("calling_code", "is not one to three digits");
    }
    if (!regions.insert(country.region).second) object.problem("region", "stands twice");
    object.refuse_unknown();
    countries.push_back(std::move(country));
  }
  return countries;
}

}  // namespace waymark::catalogue
