// Asking a question without signing in: the address is proved by a code first. Whether it has an account is never
// looked at, so that no answer and no time can tell.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "features/help/help.hpp"

namespace waymark::help {

struct HelpAsker {
  std::string token{};     // of the cookie; empty: none
  std::string peer{};      // the client's address, for limits
  std::string language{};  // of the pages; code and answer are written in it
};

struct AskingReply {
  bool is_gone = false;     // there is no such asking any more: lapsed, sent, or another browser's
  std::string new_token{};  // not empty: the asking is named by this from now on
};

std::optional<Asking> find_asking(const Help& help, db::Snapshot& snapshot, std::string_view token, Instant now);

// Mails a code, always.
Result<AskingReply> start_asking(Help& help, const HelpAsker& asker, std::string_view typed_email);
Result<AskingReply> send_asking_code_again(Help& help, const HelpAsker& asker);
// Takes the code, once.
Result<AskingReply> prove_asking(Help& help, const HelpAsker& asker, std::string_view typed_code);

// As typed.
struct Question {
  std::string_view topic{}, text{}, receipt_number{};
};
struct QuestionReply {
  bool is_gone = false;
  std::string reference{};
};
// Keeps the question; the asking ends with it.
Result<QuestionReply> send_question(Help& help, const HelpAsker& asker, const Question& question);

}  // namespace waymark::help
