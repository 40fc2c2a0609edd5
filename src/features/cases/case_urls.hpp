// Addresses of a case's pages.
#pragma once

#include <string>
#include <string_view>

#include "web/html.hpp"

namespace waymark::cases {

inline web::Url case_url(std::string_view receipt_number) { return web::Url("/cases/").part(receipt_number); }

// The receipt number is one of ours: three letters and ten digits.
inline web::Url disconnection_url(std::string_view receipt_number) {
  return web::Url::local_or("/cases/" + std::string(receipt_number) + "/disconnection", "/cases");
}

inline web::Url looks_url(std::string_view receipt_number) {
  return web::Url::local_or("/cases/" + std::string(receipt_number) + "/looks", "/cases");
}

}  // namespace waymark::cases
