// The person's messages.
#pragma once

#include <vector>

#include "features/messages/write_message.hpp"
#include "web/page.hpp"

namespace waymark::messages::pages {

web::Response threads_page(web::Exchange& exchange, const std::vector<Thread>& threads);
// `nonce`: of the form that stands on the page.
web::Response new_thread_page(web::Exchange& exchange, const web::FormState& form, std::string_view receipt_number,
                              std::string_view nonce);
web::Response thread_page(web::Exchange& exchange, const web::FormState& form, const OpenedThread& opened,
                          std::string_view nonce);

// Both sides read a thread alike: the oldest message first, each with who wrote it and when. The office also sees the
// person's name, and what they have read.
web::Html message_list(web::Exchange& exchange, const OpenedThread& opened, bool is_office,
                       std::string_view person = {});
web::Html state_tag(web::Exchange& exchange, const Thread& thread, bool is_office);

}  // namespace waymark::messages::pages
