// Parameters in the form that libpq takes: numbers, truth values and text as text, bytes as they are.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "db/database.hpp"

namespace waymark::db::postgres {

class SentParameters {
 public:
  // Throws DatabaseError when a text is not UTF-8.
  SentParameters(Parameters parameters, std::string_view query);
  int count() const { return static_cast<int>(values_.size()); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  void add(const Parameter::Held& held, std::string_view query, std::size_t number);
  void add_text(std::string_view text);
  std::vector<const char*> values_;
  std::vector<int> lengths_, formats_;
  std::vector<std::string> texts_;  // reserved whole: the pointers into it must stay
};

}  // namespace waymark::db::postgres
