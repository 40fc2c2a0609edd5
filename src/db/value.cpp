#include "db/value.hpp"

#include "db/database.hpp"

namespace waymark::db {

Date Row::date(int column) const {
  const auto date = parse_iso_date(text(column));
  if (!date) throw DatabaseError(fmt::format("column {} holds no day", column));
  return *date;
}

}  // namespace waymark::db
