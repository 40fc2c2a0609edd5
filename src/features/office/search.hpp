// Finding cases and people. What was asked for is kept, sealed, with its reason, so that the page of results has an
// address without personal data and an auditor sees what was looked for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "features/accounts/search/person_search.hpp"
#include "features/cases/working/office_view.hpp"
#include "features/office/office.hpp"

namespace waymark::office {

// As typed; what is empty was not asked for.
struct AskedSearch {
  std::string receipt_number{}, email{};
  std::string name{}, second_name{};
  std::string birth_day{}, birth_month{}, birth_year{};
  std::string reason{};
};

struct Search {
  SearchId id{};
  OfficerId officer{};
  std::string reason{};
  std::string receipt_number{};       // normalised; or
  accounts::SearchedPerson person{};  // this
  Instant at{};
};

// Refusals stand at the fields; too_many when the officer searches more than honest work does.
Result<SearchId> ask_search(Office& office, const web::OfficeSeat& by, const AskedSearch& asked);
// The officer's own, for an hour.
std::optional<Search> find_search(const Office& office, db::Snapshot& snapshot, OfficerId officer, SearchId search);

struct FoundPerson {
  AccountId account{};
  std::string name{}, email{};
  accounts::AccountState state{};
  std::vector<cases::CaseLine> cases{};  // that are connected
};
struct Found {
  std::vector<cases::CaseLine> cases{};  // by their parties
  std::vector<FoundPerson> people{};     // with an account
  bool is_cut = false;                   // there are more than are shown: ask more closely
};
// Runs it. Each case that comes out is a look at it, which the caller records before the page goes out.
Found run_search(const Office& office, db::Snapshot& snapshot, const Search& search);
void record_results(Office& office, const web::OfficeSeat& by, const Search& search, const Found& found);

void delete_old_searches(Office& office);

}  // namespace waymark::office
