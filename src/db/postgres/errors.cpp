#include "db/postgres/errors.hpp"

namespace waymark::db::postgres {

namespace {

std::string_view field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text == nullptr ? std::string_view{} : std::string_view{text};
}

// Broken SQL, missing objects and the server's state; data errors quote the datum.
bool may_be_quoted(std::string_view state) {
  return state.starts_with("42") || state.starts_with("53") || state.starts_with("55") || state.starts_with("57") ||
         state.starts_with("0A");
}

std::string describe(const PGresult* result, std::string_view state, std::string_view query) {
  std::string what = fmt::format("query {}: {}", query.empty() ? "unnamed" : query, state.empty() ? "failed" : state);
  for (const int code : {PG_DIAG_TABLE_NAME, PG_DIAG_COLUMN_NAME, PG_DIAG_CONSTRAINT_NAME}) {
    if (const auto name = field(result, code); !name.empty()) what += fmt::format(" {}", name);
  }
  if (may_be_quoted(state)) what += fmt::format(": {}", field(result, PG_DIAG_MESSAGE_PRIMARY));
  return what;
}

}  // namespace

void throw_error(const PGresult* result, std::string_view query) {
  const auto state = field(result, PG_DIAG_SQLSTATE);
  const std::string what = describe(result, state, query);
  if (state.starts_with("23")) throw ConstraintViolation(what, std::string{field(result, PG_DIAG_CONSTRAINT_NAME)});
  if (state == "40001" || state == "40P01") throw MustRunAgain(what);
  // The server is going, the connection is broken; or the plans of this connection are older than the tables.
  const bool is_stale_plan = state == "26000" || (state == "0A000" && what.contains("cached plan"));
  if (state.empty() || state.starts_with("57P") || state.starts_with("08") || state == "25P03" || is_stale_plan) {
    throw ConnectionLost(what);
  }
  if (state == "57014" || state == "55P03" || state.starts_with("53")) throw DatabaseBusy(what);
  throw DatabaseError(what);
}

}  // namespace waymark::db::postgres
