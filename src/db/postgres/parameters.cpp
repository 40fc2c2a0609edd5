#include "db/postgres/parameters.hpp"

#include "base/text.hpp"

namespace waymark::db::postgres {

SentParameters::SentParameters(Parameters parameters, std::string_view query) {
  values_.reserve(parameters.size());
  lengths_.reserve(parameters.size());
  formats_.reserve(parameters.size());
  texts_.reserve(parameters.size());
  for (const Parameter& parameter : parameters) add(parameter.held(), query, values_.size() + 1);
}

void SentParameters::add(const Parameter::Held& held, std::string_view query, std::size_t number) {
  switch (held.index()) {
    case 0:
      values_.push_back(nullptr);
      lengths_.push_back(0);
      formats_.push_back(0);
      return;
    case 1:
      return add_text(fmt::format_int(std::get<1>(held)).c_str());
    case 2:
      return add_text(std::get<2>(held) ? "t" : "f");
    case 3:
      if (!is_valid_utf8(std::get<3>(held))) {
        throw DatabaseError(fmt::format("query {}: parameter {} is not UTF-8", query, number));
      }
      return add_text(std::get<3>(held));
    default: {
      const auto bytes = std::get<4>(held).value;
      values_.push_back(bytes.data() == nullptr ? "" : bytes.data());
      lengths_.push_back(static_cast<int>(bytes.size()));
      formats_.push_back(1);
    }
  }
}

void SentParameters::add_text(std::string_view text) {
  values_.push_back(texts_.emplace_back(text).c_str());
  lengths_.push_back(static_cast<int>(text.size()));
  formats_.push_back(0);
}

}  // namespace waymark::db::postgres
