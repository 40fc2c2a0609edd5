// Opening hours in words.
#pragma once

#include "web/page.hpp"

namespace waymark::help::pages {

// "Open now, until 6:00 pm", "Closed today: Thanksgiving. …"; empty where the hours are not known.
web::Html opening_note(web::Exchange& exchange);
// The hours of each weekday, the zone's city, and the holidays to come; empty where they are not known.
web::Html opening_hours(web::Exchange& exchange);
// "Friday, 27 November 2026, 8:00 am to 12:00 pm"
std::string time_span(const catalogue::Locale& words, Instant from, Instant until, std::string_view zone);

}  // namespace waymark::help::pages
