// Parts that pages of the help centre share.
#pragma once

#include <string_view>

#include "catalogue/help_article.hpp"
#include "web/page.hpp"

namespace waymark::help::pages {

// The box to search in, with what was typed.
web::Html search_box(web::Exchange& exchange, std::string_view query);
// Ask by form, by call-back, by phone.
web::Html other_help(web::Exchange& exchange);
// Links to the six problems.
web::Html problem_links(web::Exchange& exchange);
web::Url article_url(std::string_view name);
// The body of an article, by the typed builder.
web::Html article_body(const catalogue::HelpText& text);
// What a request is about, to choose from.
web::Html topic_field(web::Exchange& exchange, const web::FormState& form);
std::string topic_words(const web::Exchange& exchange, std::string_view topic);
// Something was sent: its reference, and what happens next.
web::Response sent_page(web::Exchange& exchange, std::string_view title_key, std::string_view reference,
                        const web::Html& inside);

}  // namespace waymark::help::pages
