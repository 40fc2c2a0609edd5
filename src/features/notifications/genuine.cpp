#include "features/notifications/genuine.hpp"

#include "base/code_symbols.hpp"
#include "base/email.hpp"
#include "base/phone.hpp"
#include "base/text.hpp"
#include "catalogue/placeholders.hpp"
#include "features/notifications/limits.hpp"
#include "web/request.hpp"

namespace waymark::notifications {
namespace {

constexpr std::string_view kNotYetReadable = "notifications.error.checked_too_often";

// "+52 55 …", whatever the country that was chosen: the calling code is the one it begins with.
std::optional<std::string> read_international(std::span<const catalogue::PhoneCountry> countries,
                                              const std::string& typed) {
  for (const auto& country : countries) {
    if (auto phone = parse_phone(country.calling_code, typed)) return phone;
  }
  return std::nullopt;
}

std::optional<std::string> read_number(std::span<const catalogue::PhoneCountry> countries, const std::string& typed,
                                       std::string_view region) {
  if (typed.starts_with('+') || typed.starts_with("00")) return read_international(countries, typed);
  const auto country = std::ranges::find(countries, region, &catalogue::PhoneCountry::region);
  if (country != countries.end()) {
    if (auto phone = parse_phone(country->calling_code, typed)) return phone;
  }
  return read_international(countries, "+" + typed);
}

std::optional<std::string> read_receiver(const catalogue::Catalogue& catalogue, const Question& question) {
  const std::string typed(trim(question.receiver));
  if (typed.find('@') == std::string::npos) return read_number(catalogue.phone_countries(), typed, question.country);
  auto email = parse_email(typed);
  return email ? std::optional(std::move(email->canonical)) : std::nullopt;
}

}  // namespace

Result<std::optional<Sent>> check_message(Notifications& notifications, const Question& question) {
  if (trim(question.reference).empty()) return refuse_field("reference", "notifications.error.reference_missing");
  if (trim(question.receiver).empty()) return refuse_field("receiver", "notifications.error.receiver_missing");
  const auto receiver = read_receiver(notifications.parts.catalogue, question);
  if (!receiver) return refuse_field("receiver", "notifications.error.receiver_form");

  // What is no reference at all is looked up like any other: a made-up one deserves the same answer.
  const auto reference = read_code_symbols(question.reference, kReferenceSymbols).value_or(question.reference);
  auto& throttle = notifications.parts.throttle;
  if (auto counted = throttle.count(kChecksFromNetwork, web::network_of(question.peer), kNotYetReadable); !counted) {
    return refuse(std::move(counted).error());
  }
  if (auto counted = throttle.count(kChecksOfReference, reference, kNotYetReadable); !counted) {
    return refuse(std::move(counted).error());
  }
  return notifications.sent.find(*notifications.parts.database.snapshot(), reference, *receiver);
}

std::string description_of(const catalogue::Locale& words, const catalogue::Brand& brand, std::string_view kind) {
  const auto own = fmt::format("notifications.kind.{}", kind);
  if (words.has(own)) return std::string(words.text(own));
  const auto subject = fmt::format("mail.{}.subject", kind);
  if (!words.has(subject)) return std::string(words.text("notifications.kind.other"));
  Message message{.key = subject};
  for (const auto& name : catalogue::placeholders_of(words, subject)) {
    // Anything else is the person's own, and may want to be a number.
    if (name != "agency") return std::string(words.text("notifications.kind.other"));
    message.arguments.push_back({name, brand.agency_name});
  }
  return words.text(message);
}

}  // namespace waymark::notifications
