// Search, its results, and the queues.
#pragma once

#include "features/cases/working/office_view.hpp"
#include "features/office/search.hpp"
#include "web/page.hpp"

namespace waymark::office::pages {

web::Response search_page(web::Exchange& exchange, const web::FormState& form);
web::Response results_page(web::Exchange& exchange, const Search& search, const Found& found);

struct QueueShown {
  cases::QueueAsked asked{};
  std::vector<cases::Waiting> waiting{};
  bool has_more = false;
};
web::Response queue_page(web::Exchange& exchange, const QueueShown& shown);
// The same rows, for a spreadsheet.
web::Response queue_csv(web::Exchange& exchange, const QueueShown& shown);

web::Url case_url(std::string_view receipt_number);
// Radio buttons of the reasons for a look.
web::Html reason_field(web::Exchange& exchange, const web::FormState& form);

}  // namespace waymark::office::pages
