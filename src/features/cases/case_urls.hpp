// Addresses of a case's pages.
#pragma once

#include <string>
#include <string_view>

#include "features/cases/case_access.hpp"
#include "web/html.hpp"

namespace waymark::cases {

inline web::Url case_url(std::string_view receipt_number) { return web::Url("/cases/").part(receipt_number); }

// The case as its reader comes to it: who helps or represents by the page that writes their look down.
inline web::Url page_url(const VisibleCase& visible) {
  if (visible.representing != 0) return web::Url("/representing/").part(visible.receipt_number);
  return visible.role == Role::helper ? web::Url("/helping/").part(visible.receipt_number)
                                      : case_url(visible.receipt_number);
}

// The receipt number is one of ours: three letters and ten digits.
inline web::Url disconnection_url(std::string_view receipt_number) {
  return web::Url::local_or("/cases/" + std::string(receipt_number) + "/disconnection", "/cases");
}

inline web::Url helpers_url(std::string_view receipt_number) {
  return web::Url::local_or("/cases/" + std::string(receipt_number) + "/helpers", "/cases");
}

inline web::Url consent_url(std::string_view receipt_number) {
  return web::Url::local_or("/cases/" + std::string(receipt_number) + "/beneficiary", "/cases");
}

inline web::Url representative_url(std::string_view receipt_number) {
  return web::Url::local_or("/cases/" + std::string(receipt_number) + "/representative", "/cases");
}

inline web::Url looks_url(std::string_view receipt_number) {
  return web::Url::local_or("/cases/" + std::string(receipt_number) + "/looks", "/cases");
}

}  // namespace waymark::cases
