// Which of our languages a person reads: RFC 9110 section 12.5.4 (Accept-Language) and RFC 4647 section 3.4 (look-up).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace waymark::catalogue {

// The languages that the header accepts, best first; those with q=0 left out. At most 32 are looked at.
std::vector<std::string_view> accepted_languages(std::string_view accept_language);

// The tag itself, then without its last part, until `is_ours` says yes: es-MX, es. Empty when none is.
std::string_view look_up_language(std::string_view tag, const std::function<bool(std::string_view)>& is_ours);

}  // namespace waymark::catalogue
