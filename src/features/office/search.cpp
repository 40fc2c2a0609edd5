#include "features/office/search.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.hpp"
#include "features/cases/working/case_looks.hpp"
#include "features/office/limits.hpp"

namespace waymark::office {
namespace {

namespace json = boost::json;

constexpr db::Query kAdd{"office_searches.add",
                         "INSERT INTO office_searches (id, officer, reason, asked_sealed, at) "
                         "VALUES ($1, $2, $3, $4, $5)"};
constexpr db::Query kFind{"office_searches.find",
                          "SELECT reason, asked_sealed, at FROM office_searches WHERE id = $1 AND officer = $2 "
                          "AND at > $3"};
constexpr db::Query kDeleteOld{"office_searches.delete_old", "DELETE FROM office_searches WHERE at < $1"};

SealPlace place(SearchId search) { return {"office_searches", "asked_sealed", search.value}; }

std::string to_json(const Search& search) {
  json::object object{{"receipt_number", search.receipt_number}, {"email", search.person.email}};
  json::array names;
  for (const auto& name : search.person.names) names.emplace_back(name);
  object["names"] = std::move(names);
  if (search.person.born_on) object["born_on"] = to_iso(*search.person.born_on);
  return json::serialize(object);
}

void read_json(std::string_view text, Search& into) {
  const auto value = json::parse(json::string_view(text.data(), text.size()));
  const auto& object = value.as_object();
  into.receipt_number = object.at("receipt_number").as_string();
  into.person.email = object.at("email").as_string();
  for (const auto& name : object.at("names").as_array()) into.person.names.emplace_back(name.as_string());
  if (const auto* born_on = object.if_contains("born_on"))
    into.person.born_on = parse_iso_date(std::string_view(born_on->as_string()));
}

std::optional<Date> date_of(const AskedSearch& asked) {
  return parse_iso_date(
      fmt::format("{:0>4}-{:0>2}-{:0>2}", trim(asked.birth_year), trim(asked.birth_month), trim(asked.birth_day)));
}

Result<Search> read(const AskedSearch& asked) {
  Search search{.reason = asked.reason};
  Failure failure{.kind = FailureKind::bad_input, .message = {"web.error.check_answers"}};
  const auto wrong = [&](std::string field, std::string key) {
    failure.fields.push_back({std::move(field), {std::move(key)}});
  };
  if (!trim(asked.receipt_number).empty()) {
    const auto number = catalogue::parse_receipt_number(asked.receipt_number);
    if (number)
      search.receipt_number = *number;
    else
      wrong("receipt_number", "office.error.receipt_number");
  } else if (!trim(asked.email).empty()) {
    const auto email = parse_email(asked.email);
    if (email)
      search.person.email = email->canonical;
    else
      wrong("email", "office.error.email");
  } else {
    for (const auto* name : {&asked.name, &asked.second_name}) {
      if (auto tidy = tidy_line(*name); !tidy.empty()) search.person.names.push_back(std::move(tidy));
    }
    const bool has_date = !(asked.birth_day + asked.birth_month + asked.birth_year).empty();
    if (has_date) search.person.born_on = date_of(asked);
    if (has_date && !search.person.born_on)
      wrong("date_of_birth", "office.error.date_of_birth");
    else if (!accounts::PersonSearch::is_enough(search.person))
      wrong("name", "office.error.too_little");
  }
  if (!cases::is_named_reason(asked.reason)) wrong("reason", "office.error.reason");
  if (!failure.fields.empty()) return refuse(std::move(failure));
  return search;
}

// Every name that was typed is one of the person's as they are now.
bool has_names(const std::vector<std::string>& held, const std::vector<std::string>& asked) {
  const auto tokens = accounts::name_tokens(held);
  return std::ranges::all_of(accounts::name_tokens(asked), [&](const std::string& token) {
    return std::ranges::find(tokens, token) != tokens.end();
  });
}

FoundPerson to_found(const Office& office, db::Snapshot& snapshot, const accounts::Profile& profile) {
  return {.account = profile.id,
          .name = profile.given_name.empty() ? profile.family_name : profile.given_name + " " + profile.family_name,
          .email = profile.email.address,
          .state = profile.state,
          .cases = cases::list_lines_of_account(snapshot, office.base().sealer, profile.id)};
}

}  // namespace

Result<SearchId> ask_search(Office& office, const web::OfficeSeat& by, const AskedSearch& asked) {
  const auto& base = office.base();
  auto search = read(asked);
  if (!search) return refuse(search.error());
  const auto counted = office.parts.accounts.throttle.count(kOfficeSearches, std::to_string(by.officer.value),
                                                            "office.error.many_searches");
  if (!counted) return refuse(counted.error());
  search->id = base.ids.next<SearchId>();
  const auto audit_id = base.ids.next_value();
  const auto now = base.clock.now();
  const auto sealed = base.sealer.seal(place(search->id), to_json(*search));
  office.database().write([&](db::Transaction& tx) {
    tx.run(kAdd, {search->id, by.officer, search->reason, db::Bytes{sealed}, now});
    record(
        tx,
        {.audit_id = audit_id, .at = now, .event = "office.searched", .officer = by.officer, .detail = search->reason});
  });
  return search->id;
}

std::optional<Search> find_search(const Office& office, db::Snapshot& snapshot, OfficerId officer, SearchId id) {
  const auto since = office.base().clock.now() - kSearchHolds;
  return snapshot.find(kFind, {id, officer, since}, [&](const db::Row& row) {
    Search search{.id = id, .officer = officer, .reason = std::string(row.text(0)), .at = row.instant(2)};
    read_json(office.base().sealer.open(place(id), row.bytes(1)), search);
    return search;
  });
}

Found run_search(const Office& office, db::Snapshot& snapshot, const Search& search) {
  Found found;
  const auto& base = office.base();
  if (!search.receipt_number.empty()) {
    if (auto line = cases::find_line(snapshot, search.receipt_number)) found.cases.push_back(std::move(*line));
    return found;
  }
  const accounts::PersonSearch index(base.keys);
  const auto parties = index.find(snapshot, accounts::kSearchParty, search.person, kResultsMax + 1);
  const auto people = index.find(snapshot, accounts::kSearchAccount, search.person, kResultsMax + 1);
  found.is_cut = std::max(parties.size(), people.size()) > static_cast<std::size_t>(kResultsMax);
  std::vector<PartyId> ids;
  for (const auto party : parties) {
    if (ids.size() < static_cast<std::size_t>(kResultsMax)) ids.push_back(PartyId{party});
  }
  found.cases = cases::list_lines_of_parties(snapshot, base.sealer, ids);
  std::erase_if(found.cases, [&](const cases::CaseLine& line) { return !has_names({line.name}, search.person.names); });
  for (const auto person : people) {
    if (found.people.size() == static_cast<std::size_t>(kResultsMax)) break;
    const auto profile = office.parts.accounts.store.find_profile(snapshot, AccountId{person});
    if (profile && has_names({profile->given_name, profile->family_name}, search.person.names))
      found.people.push_back(to_found(office, snapshot, *profile));
  }
  return found;
}

void record_results(Office& office, const web::OfficeSeat& by, const Search& search, const Found& found) {
  std::vector<CaseId> shown;
  for (const auto& line : found.cases) shown.push_back(line.visible.id);
  for (const auto& person : found.people) {
    for (const auto& line : person.cases) shown.push_back(line.visible.id);
  }
  std::ranges::sort(shown);
  shown.erase(std::ranges::unique(shown).begin(), shown.end());
  if (shown.empty()) return;
  auto& ids = office.base().ids;
  std::vector<cases::Look> looks;
  for (const auto on_case : shown) {
    looks.push_back({.id = ids.next_value(),
                     .on_case = on_case,
                     .by = by,
                     .reason = search.reason,
                     .what = cases::kLookedAtResult,
                     .at = office.base().clock.now()});
  }
  office.database().write([&](db::Transaction& tx) {
    for (const auto& look : looks) cases::record_look(tx, look);
  });
}

void delete_old_searches(Office& office) {
  const auto before = office.base().clock.now() - kSearchesKept;
  office.database().write([&](db::Transaction& tx) { tx.run(kDeleteOld, {before}); }, db::Urgency::bulk);
}

}  // namespace waymark::office
