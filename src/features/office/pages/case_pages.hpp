// A case as the office works it, the forms of its acts, and the page that asks why somebody wants to see it.
#pragma once

#include <vector>

#include "features/cases/working/case_looks.hpp"
#include "features/cases/working/office_guests.hpp"
#include "features/office/case_acts.hpp"
#include "web/page.hpp"

namespace waymark::office::pages {

struct CaseShown {
  const cases::OfficeCase& of;
  const cases::CasePicture& picture;
  const std::vector<cases::LookRow>& looks;
  std::string_view reason;
  cases::Guests guests{};
  std::vector<std::string> representatives{};  // the names of those in `guests`
};
web::Response case_page(web::Exchange& exchange, const CaseShown& shown);
web::Response act_page(web::Exchange& exchange, const web::FormState& form, Act act, const cases::OfficeCase& of,
                       const cases::CasePicture& picture);
web::Response why_page(web::Exchange& exchange, const web::FormState& form, std::string_view receipt_number);

web::Url act_url(std::string_view receipt_number, Act act);
// "Case officer, Northport field office"
std::string seat_words(const web::Exchange& exchange, web::OfficeRole role, std::string_view unit);

// Who looked, for the auditor: with the officer's name where `name_of` knows it.
web::Response looks_page(web::Exchange& exchange, const web::FormState& form, std::string_view receipt_number,
                         const std::vector<cases::LookRow>& looks,
                         const std::vector<std::pair<OfficerId, std::string>>& names);

}  // namespace waymark::office::pages
