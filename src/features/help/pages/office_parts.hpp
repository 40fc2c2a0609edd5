// Parts that the office's pages of the help feature share.
#pragma once

#include "features/help/types.hpp"
#include "web/page.hpp"

namespace waymark::help::pages {

// The page of one, or what is done there: "taking", "closure", "reply".
web::Url work_url(CallbackId id, std::string_view act = {});
web::Url work_url(HelpRequestId id, std::string_view act = {});

// A reference is not broken at its dash.
web::Html reference_link(const web::Url& to, std::string_view reference);
web::Html state_tag(web::Exchange& exchange, RequestState state);
std::string waiting_words(const web::Exchange& exchange, Instant since);
// "Español", or what another language is called.
std::string language_words(const web::Exchange& exchange, std::string_view language);
bool is_mine(const web::Exchange& exchange, OfficerId officer);
// Whose it is, where it is not open and not this officer's.
web::Html taken_note(web::Exchange& exchange, std::optional<Instant> taken_at);

}  // namespace waymark::help::pages
