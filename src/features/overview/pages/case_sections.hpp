// The parts of a case's page. Each is empty where there is nothing to show.
#pragma once

#include "features/cases/case_access.hpp"
#include "features/overview/case_words.hpp"
#include "web/page.hpp"

namespace waymark::overview::pages {

web::Html asked_section(web::Exchange& exchange, const CaseWords& words, const cases::VisibleCase& visible,
                        const cases::CasePicture& picture);
web::Html way_section(web::Exchange& exchange, const CaseWords& words, const cases::VisibleCase& visible,
                      const cases::CasePicture& picture);
web::Html next_section(const CaseWords& words, const cases::VisibleCase& visible, const cases::CasePicture& picture,
                       Instant now);
web::Html history_section(web::Exchange& exchange, const CaseWords& words, const cases::VisibleCase& visible,
                          const cases::CasePicture& picture);
web::Html appointments_section(const CaseWords& words, const cases::VisibleCase& visible,
                               const cases::CasePicture& picture, Instant now);
web::Html parties_section(const CaseWords& words, const cases::VisibleCase& visible, const cases::CasePicture& picture);
web::Html actions_section(const CaseWords& words, const cases::VisibleCase& visible);

}  // namespace waymark::overview::pages
