// A row of a PostgreSQL result in the binary format.
#pragma once

#include <libpq-fe.h>

#include <string_view>

#include "db/database.hpp"

namespace waymark::db::postgres {

class PostgresRow final : public Row {
 public:
  PostgresRow(const PGresult* result, int row, std::string_view query) : result_(result), row_(row), query_(query) {}
  bool is_null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }
  std::int64_t integer(int column) const override;
  bool boolean(int column) const override;
  std::string_view text(int column) const override;
  std::string_view bytes(int column) const override;

 private:
  [[noreturn]] void refuse(int column) const;
  std::string_view value(int column) const;
  const PGresult* result_;
  int row_;
  std::string_view query_;
};

}  // namespace waymark::db::postgres
