// A copy of everything that is kept about a person, for themselves.
#pragma once

#include <string>

#include "base/result.hpp"
#include "features/accounts/accounts.hpp"
#include "web/router.hpp"

namespace waymark::accounts {

// A ZIP file of JSON files and a README.txt in the words given. too_many (with retry_after) after five in a day.
Result<std::string> download_data(Accounts& accounts, AccountId account, const Client& client,
                                  const catalogue::Locale& words);

void add_data_routes(web::Router& router, Accounts& accounts);  // /account/data

}  // namespace waymark::accounts
