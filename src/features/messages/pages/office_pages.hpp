// The office's messages and its saved replies.
#pragma once

#include <vector>

#include "features/messages/answer_thread.hpp"
#include "features/messages/message_store.hpp"
#include "web/page.hpp"

namespace waymark::messages::pages {

struct ThreadsShown {
  ThreadsAsked asked{};
  std::vector<Thread> threads{};
  bool has_more = false;
  std::vector<web::OfficeSeat> officers{};
};
web::Response threads_page(web::Exchange& exchange, const ThreadsShown& shown);

struct ThreadShown {
  const OpenedThread& opened;
  std::string person{};  // their name
  std::vector<web::OfficeSeat> officers{};
  std::vector<SavedReply> replies{};
};
web::Response office_thread_page(web::Exchange& exchange, const web::FormState& form, const ThreadShown& shown);

web::Response replies_page(web::Exchange& exchange, const std::vector<SavedReply>& replies);
web::Response reply_page(web::Exchange& exchange, const web::FormState& form, const SavedReply& reply);

}  // namespace waymark::messages::pages
