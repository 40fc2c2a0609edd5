#include "features/help/request_callback.hpp"

#include "base/text.hpp"
#include "features/accounts/factors/phone_codes.hpp"
#include "features/help/call_times.hpp"
#include "features/help/limits.hpp"
#include "journal/audit.hpp"
#include "web/request.hpp"

namespace waymark::help {
namespace {

// Several fields may be wrong at once, and each says so.
class FieldProblems {
 public:
  void add(std::string field, std::string key) { failure_.fields.push_back({std::move(field), {std::move(key), {}}}); }
  void add_all(const Failure& failure) {
    failure_.fields.insert(failure_.fields.end(), failure.fields.begin(), failure.fields.end());
  }
  bool empty() const { return failure_.fields.empty(); }
  Failure take() { return std::move(failure_); }

 private:
  Failure failure_{.kind = FailureKind::bad_input, .message = {"web.error.check_answers", {}}};
};

void read_name(std::string_view typed, Callback& callback, FieldProblems& problems) {
  callback.name = tidy_line(typed);
  if (callback.name.empty()) problems.add("name", "help.error.name_missing");
  if (count_code_points(callback.name) > kCallerNameLengthMax) problems.add("name", "help.error.name_long");
}

void read_language(const catalogue::Brand& brand, const CallbackAsked& asked, Callback& callback,
                   FieldProblems& problems) {
  callback.language = asked.language;
  if (asked.language != kOtherLanguage) {
    if (std::ranges::find(brand.languages, asked.language) == brand.languages.end()) {
      problems.add("language", "help.error.language_missing");
    }
    return;
  }
  callback.other_language = tidy_line(asked.other_language);
  if (callback.other_language.empty()) problems.add("other_language", "help.error.other_language_missing");
  if (count_code_points(callback.other_language) > kOtherLanguageLengthMax) {
    problems.add("other_language", "help.error.other_language_long");
  }
}

// A form that was open overnight may name a time that has gone.
void read_time(const catalogue::Brand& brand, std::string_view typed, Instant now, Callback& callback,
               FieldProblems& problems) {
  if (typed == kAnyTime) return;
  const auto times = list_call_times(brand.opening_hours, now, brand.phone_hours_zone);
  const auto chosen = std::ranges::find(times, typed, &CallTime::name);
  if (chosen == times.end()) return problems.add("time", "help.error.time_gone");
  callback.wanted_from = chosen->from;
  callback.wanted_until = chosen->until;
}

}  // namespace

Result<std::string> request_callback(Help& help, const CallbackAsked& asked) {
  auto& parts = help.parts;
  const auto now = parts.clock.now();
  Callback callback{.id = parts.ids.next<CallbackId>(), .asked_at = now};
  FieldProblems problems;
  read_name(asked.name, callback, problems);
  if (auto phone = accounts::read_phone(parts.catalogue, {.region = asked.phone_country, .number = asked.phone})) {
    callback.phone = std::move(*phone);
  } else {
    problems.add_all(phone.error());
  }
  read_time(parts.catalogue.brand(), asked.time, now, callback, problems);
  read_language(parts.catalogue.brand(), asked, callback, problems);
  callback.topic = asked.topic;
  if (!is_request_topic(asked.topic)) problems.add("topic", "help.error.topic_missing");
  if (!problems.empty()) return refuse(problems.take());

  constexpr std::string_view kTooOften = "help.error.too_many_callbacks";
  const auto network = web::network_of(asked.peer);
  if (auto counted = parts.throttle.count(kCallbacksFromNetwork, network, kTooOften); !counted) {
    return refuse(std::move(counted).error());
  }
  if (auto counted = parts.throttle.count(kCallbacksToNumber, callback.phone, kTooOften); !counted) {
    return refuse(std::move(counted).error());
  }
  callback.reference = help.make_reference();
  const auto audit = parts.ids.next_value();
  parts.database.write([&](db::Transaction& tx) {
    help.callbacks.insert(tx, callback);
    journal::record(tx, {.id = audit, .at = now, .event = "help.callback_requested", .actor = "stranger"});
  });
  return callback.reference;
}

}  // namespace waymark::help
