#include "db/postgres/row.hpp"

namespace waymark::db::postgres {

namespace {

// pg_type.dat: these numbers never change.
constexpr Oid kBool = 16, kBytea = 17, kName = 19, kInt8 = 20, kInt2 = 21, kInt4 = 23, kText = 25, kVarchar = 1043,
              kNumeric = 1700;

std::int64_t big_endian(std::string_view bytes) {
  std::uint64_t value = bytes.empty() || static_cast<unsigned char>(bytes[0]) < 0x80 ? 0 : ~std::uint64_t{0};
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(value);
}

// sum() of BIGINT is NUMERIC: groups of four digits, the first worth 10000^weight. Nothing when it is no whole number.
std::optional<std::int64_t> whole_number(std::string_view numeric) {
  const auto groups = big_endian(numeric.substr(0, 2));
  const auto weight = big_endian(numeric.substr(2, 2));
  const auto sign = big_endian(numeric.substr(4, 2)) & 0xffff;
  constexpr std::int64_t kNegative = 0x4000;
  if (weight > 3 || groups > weight + 1 || (sign != 0 && sign != kNegative))
    return groups == 0 && sign == 0 ? std::optional{std::int64_t{0}} : std::nullopt;
  std::int64_t value = 0;
  for (std::int64_t group = 0; group <= weight; ++group) {
    const auto digits = group < groups ? big_endian(numeric.substr(8 + 2 * static_cast<std::size_t>(group), 2)) : 0;
    value = value * 10000 + digits;
  }
  return sign == kNegative ? -value : value;
}

}  // namespace

void PostgresRow::refuse(int column) const {
  throw DatabaseError(fmt::format("query {}: column {} is not of the type asked for", query_, column));
}

std::string_view PostgresRow::value(int column) const {
  if (column >= PQnfields(result_) || is_null(column)) refuse(column);
  return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

std::int64_t PostgresRow::integer(int column) const {
  const auto held = value(column);
  switch (PQftype(result_, column)) {
    case kInt8:
    case kInt4:
    case kInt2:
      return big_endian(held);
    case kBool:
      return held[0];
    case kNumeric:
      if (const auto whole = whole_number(held)) return *whole;
      [[fallthrough]];
    default:
      refuse(column);
  }
}

bool PostgresRow::boolean(int column) const { return integer(column) != 0; }

std::string_view PostgresRow::text(int column) const {
  const auto held = value(column);
  const Oid type = PQftype(result_, column);
  if (type != kText && type != kVarchar && type != kName) refuse(column);
  return held;
}

std::string_view PostgresRow::bytes(int column) const {
  const auto held = value(column);
  if (PQftype(result_, column) != kBytea) refuse(column);
  return held;
}

}  // namespace waymark::db::postgres
