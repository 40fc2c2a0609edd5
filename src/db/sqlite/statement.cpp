#include "db/sqlite/statement.hpp"

#include <sqlite3.h>

#include "base/text.hpp"
#include "db/sqlite/errors.hpp"

namespace waymark::db::sqlite {

namespace {

std::vector<int> find_places(sqlite3_stmt* handle, std::string_view query) {
  const int count = sqlite3_bind_parameter_count(handle);
  std::vector<int> places;
  for (int number = 1; number <= count; ++number) {
    const int place = sqlite3_bind_parameter_index(handle, fmt::format("${}", number).c_str());
    if (place == 0) throw DatabaseError(fmt::format("query {}: parameters are not $1 to ${}", query, count));
    places.push_back(place);
  }
  return places;
}

// A null pointer would bind NULL.
const char* start_of(std::string_view text) { return text.data() == nullptr ? "" : text.data(); }

int bind_one(sqlite3_stmt* handle, int place, const Parameter::Held& held) {
  switch (held.index()) {
    case 0:
      return sqlite3_bind_null(handle, place);
    case 1:
      return sqlite3_bind_int64(handle, place, std::get<1>(held));
    case 2:
      return sqlite3_bind_int(handle, place, std::get<2>(held) ? 1 : 0);
    case 3: {
      const auto text = std::get<3>(held);
      return sqlite3_bind_text64(handle, place, start_of(text), text.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    default: {
      const auto bytes = std::get<4>(held).value;
      return sqlite3_bind_blob64(handle, place, start_of(bytes), bytes.size(), SQLITE_STATIC);
    }
  }
}

}  // namespace

Connection::Statement::Statement(sqlite3* connection, const Query& query, bool is_kept, Metrics& metrics)
    : name(query.name), sql(query.sql), tally(metrics, query.name) {
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()),
                                      is_kept ? SQLITE_PREPARE_PERSISTENT : 0, &handle, &rest);
  if (code != SQLITE_OK) throw_error(connection, code, name);
  if (handle == nullptr) throw DatabaseError(fmt::format("query {}: no statement", name));
  try {
    if (!trim({rest, sql.data() + sql.size()}).empty()) {
      throw DatabaseError(fmt::format("query {}: more than one statement", name));
    }
    places = find_places(handle, name);
  } catch (...) {
    sqlite3_finalize(handle);
    throw;
  }
}

Connection::Statement::~Statement() {
  tally.flush();
  sqlite3_finalize(handle);
}

void Connection::Statement::bind(sqlite3* connection, Parameters parameters) {
  if (parameters.size() != places.size()) {
    throw DatabaseError(
        fmt::format("query {}: {} parameters given, {} expected", name, parameters.size(), places.size()));
  }
  auto place = places.begin();
  for (const Parameter& parameter : parameters) {
    const auto& held = parameter.held();
    if (const auto* text = std::get_if<std::string_view>(&held); text != nullptr && !is_valid_utf8(*text)) {
      throw DatabaseError(fmt::format("query {}: parameter {} is not UTF-8", name, place - places.begin() + 1));
    }
    const int code = bind_one(handle, *place, held);
    if (code != SQLITE_OK) throw_error(connection, code, name);
    ++place;
  }
}

// SQLite's own value of a column: asking for it once, and then for its type and content, costs a third of asking for
// each by column. Connections are used by one thread at a time, for which its "unprotected" values are as good.
sqlite3_value* SqliteRow::value(int column, int type) const {
  auto* const found = sqlite3_column_value(statement_, column);
  if (sqlite3_value_type(found) != type) {
    throw DatabaseError(fmt::format("query {}: column {} is not of the type asked for", query_, column));
  }
  return found;
}

bool SqliteRow::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::int64_t SqliteRow::integer(int column) const { return sqlite3_value_int64(value(column, SQLITE_INTEGER)); }

std::string_view SqliteRow::text(int column) const {
  auto* const found = value(column, SQLITE_TEXT);
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(found));
  return {text, static_cast<std::size_t>(sqlite3_value_bytes(found))};
}

std::string_view SqliteRow::bytes(int column) const {
  auto* const found = value(column, SQLITE_BLOB);
  // Null for an empty value.
  const auto* bytes = static_cast<const char*>(sqlite3_value_blob(found));
  return bytes == nullptr ? std::string_view{}
                          : std::string_view{bytes, static_cast<std::size_t>(sqlite3_value_bytes(found))};
}

}  // namespace waymark::db::sqlite
