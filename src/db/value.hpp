// What goes into a query and what comes out of a row. Times travel as milliseconds, days as "YYYY-MM-DD", ids as
// numbers.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/id.hpp"
#include "base/time.hpp"

namespace waymark::db {

// Bytes are not text: they go in as BYTES.
struct Bytes {
  std::string_view value;
};

// One parameter. Refers to text that must stay alive until the call returns.
class Parameter {
 public:
  Parameter(std::nullptr_t) {}
  Parameter(std::int64_t value) : value_(value) {}
  Parameter(int value) : value_(std::int64_t{value}) {}
  Parameter(bool value) : value_(value) {}
  Parameter(std::string_view value) : value_(value) {}
  Parameter(const std::string& value) : value_(std::string_view{value}) {}
  Parameter(const char* value) : value_(std::string_view{value}) {}
  Parameter(Bytes value) : value_(value) {}
  Parameter(Instant value) : value_(to_millis(value)) {}
  template <typename Tag>
  Parameter(Id<Tag> id) : value_(id.value) {}
  template <typename T>
  Parameter(const std::optional<T>& value) {
    if (value) *this = Parameter(*value);
  }

  using Held = std::variant<std::monostate, std::int64_t, bool, std::string_view, Bytes>;
  const Held& held() const { return value_; }

 private:
  Held value_;
};

// A query: its name (for metrics, slow logs and the statement cache; "cases.find_visible") and its SQL in the subset of
// docs/decisions: $1 placeholders, parameters cast where PostgreSQL could not know the type. A constant above its one
// user.
struct Query {
  std::string_view name;
  std::string_view sql;
};

// The present row; columns by position. Views live until the callback returns. Asking for a type that the column does
// not hold, or for a value where there is NULL, is a broken promise of ours (throws DatabaseError).
class Row {
 public:
  virtual ~Row() = default;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual bool boolean(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual std::string_view bytes(int column) const = 0;

  Instant instant(int column) const { return from_millis(integer(column)); }
  Date date(int column) const;
  template <typename T>
  T id(int column) const {
    return T{integer(column)};
  }
  std::optional<Instant> maybe_instant(int column) const {
    return is_null(column) ? std::nullopt : std::optional{instant(column)};
  }
  std::optional<std::int64_t> maybe_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional{integer(column)};
  }
  std::optional<Date> maybe_date(int column) const {
    return is_null(column) ? std::nullopt : std::optional{date(column)};
  }
  std::optional<std::string> maybe_text(int column) const {
    return is_null(column) ? std::nullopt : std::optional<std::string>{text(column)};
  }
  std::optional<std::string> maybe_bytes(int column) const {
    return is_null(column) ? std::nullopt : std::optional<std::string>{bytes(column)};
  }
};

}  // namespace waymark::db
