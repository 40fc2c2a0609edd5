// Which of several nodes does what only one should do at a time: a row in the database that its holder renews.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "base/time.hpp"
#include "db/database.hpp"

namespace waymark::journal {

// Takes or renews it; false while another holds it. Inside a unit the row stays locked until the unit ends, so that two
// who hold it by a mistake of their clocks still go one after the other. `holder` is a number of this process alone
// (IdSource). One that would end later than two lengths from now was taken by a clock that has gone back since, and
// does not count.
bool take_lease(db::Transaction& tx, std::string_view name, std::int64_t holder, Instant now,
                std::chrono::milliseconds length);
void give_up_lease(db::Transaction& tx, std::string_view name, std::int64_t holder);

}  // namespace waymark::journal
