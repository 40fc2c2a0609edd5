#include "catalogue/read_brand.hpp"

#include <fmt/format.h>

#include "base/email.hpp"
#include "catalogue/contrast.hpp"
#include "catalogue/read_hours.hpp"
#include "catalogue/words.hpp"

namespace waymark::catalogue {
namespace {

// The theme's own colours (assets/styles), light and dark, where a brand's must be readable.
struct Theme {
  std::string_view suffix;  // of the token's name
  std::string_view paper, surface, ink;
  std::string_view way, way_strong, way_soft, on_way;
};
constexpr Theme kThemes[] = {
    {"", "#FBFAF7", "#FFFFFF", "#1B2428", "#0B5563", "#073C47", "#E6EFF0", "#FFFFFF"},
    {"-dark", "#12191C", "#1A2327", "#E8ECEB", "#6CC3D2", "#A5E0EA", "#1A343A", "#06242B"},
};
constexpr std::string_view kTokens[] = {"way", "way-strong", "way-soft", "on-way"};

void check_names(const std::map<std::string, std::string>& colors, JsonObject& object) {
  for (const auto& [name, value] : colors) {
    std::string_view token = name;
    if (token.ends_with("-dark")) token.remove_suffix(5);
    if (std::ranges::find(kTokens, token) == std::end(kTokens)) {
      object.problem(
          "colors/" + name,
          "is not a colour that a brand may change (way, way-strong, way-soft, on-way, and each with -dark)");
    }
    if (!contrast_ratio(value, "#FFFFFF")) object.problem("colors/" + name, "is not of the form #RRGGBB");
  }
}

void check_contrast(const std::map<std::string, std::string>& colors, JsonObject& object) {
  for (const Theme& theme : kThemes) {
    const auto color = [&](std::string_view token, std::string_view own) {
      const auto found = colors.find(std::string(token) + std::string(theme.suffix));
      return found == colors.end() ? own : std::string_view(found->second);
    };
    const auto way = color("way", theme.way);
    const auto strong = color("way-strong", theme.way_strong);
    const auto soft = color("way-soft", theme.way_soft);
    const auto on_way = color("on-way", theme.on_way);
    const struct {
      std::string_view token, text, on_name, on;
    } pairs[] = {
        {"way", way, "paper", theme.paper},
        {"way", way, "surface", theme.surface},
        {"way-strong", strong, "paper", theme.paper},
        {"way-strong", strong, "surface", theme.surface},
        {"way", way, "way-soft", soft},
        {"way-strong", strong, "way-soft", soft},
        {"on-way", on_way, "way", way},
        {"on-way", on_way, "way-strong", strong},
        {"ink", theme.ink, "way-soft", soft},
    };
    for (const auto& pair : pairs) {
      const auto ratio = contrast_ratio(pair.text, pair.on);
      if (!ratio || *ratio >= kTextContrastMin) continue;
      object.problem("colors",
                     fmt::format("{}{} on {}{} has a contrast of {:.2f}:1; at least {}:1 can be read by everybody",
                                 pair.token, theme.suffix, pair.on_name, theme.suffix, *ratio, kTextContrastMin));
    }
  }
}

bool is_receipt_prefix(std::string_view prefix) {
  return prefix.size() == 3 && std::ranges::all_of(prefix, [](char c) { return c >= 'A' && c <= 'Z'; });
}

void read_address(JsonObject& object, Brand& brand) {
  brand.street = object.text("street");
  brand.city = object.text("city");
  brand.state = object.text("state");
  brand.postal_code = object.text("postal_code");
}

void check(const Brand& brand, JsonObject& object) {
  if (!brand.receipt_prefix.empty() && !is_receipt_prefix(brand.receipt_prefix)) {
    object.problem("receipt_prefix", "is not three capital letters");
  }
  if (!brand.time_zone.empty() && !is_time_zone(brand.time_zone))
    object.problem("time_zone", "is not an IANA time zone");
  if (object.has("phone_hours_zone") && !is_time_zone(brand.phone_hours_zone)) {
    object.problem("phone_hours_zone", "is not an IANA time zone");
  }
  if (!brand.languages.empty() && std::ranges::find(brand.languages, brand.default_language) == brand.languages.end()) {
    object.problem("default_language", "is not one of the languages");
  }
  if (!brand.email.empty() && !parse_email(brand.email)) object.problem("email", "is not an email address");
}

}  // namespace

Brand read_brand(const boost::json::value& value, ProblemSink& sink) {
  JsonObject object(value, "", "", sink);
  Brand brand;
  brand.agency_name = object.text("agency_name");
  brand.short_name = object.text("short_name");
  brand.tagline = object.translated("tagline");
  brand.disclaimer = object.translated_or_none("disclaimer");
  brand.receipt_prefix = object.text("receipt_prefix");
  brand.time_zone = object.text("time_zone");
  brand.default_language = object.text("default_language");
  brand.languages = object.texts("languages");
  brand.phone = object.text("phone");
  brand.phone_hours_zone = object.text_or("phone_hours_zone", brand.time_zone);
  brand.phone_hours = object.translated("phone_hours");
  brand.opening_hours = read_hours(object);
  brand.spoken_languages = object.translated_or_none("spoken_languages");
  brand.email = object.text("email");
  read_address(object, brand);
  brand.privacy = object.prose("privacy");
  brand.accessibility = object.prose("accessibility");
  brand.contact = object.prose("contact");
  brand.quick_exit = object.text_or("quick_exit", "https://www.weather.gov/");
  if (!brand.quick_exit.starts_with("https://")) object.problem("quick_exit", "does not begin with https://");
  brand.colors = object.text_map_or_none("colors");
  brand.mark_svg = object.text_or("mark_svg", "");
  check(brand, object);
  check_names(brand.colors, object);
  check_contrast(brand.colors, object);
  object.refuse_unknown();
  return brand;
}

}  // namespace waymark::catalogue
