// Text in each language.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace waymark::catalogue {

// English is always there, and stands in where a language lacks it.
struct Translated {
  std::map<std::string, std::string, std::less<>> by_language;
  std::string_view in(std::string_view language) const;
};

}  // namespace waymark::catalogue
