#include "base/text.hpp"
#include "features/help/ask_for_help.hpp"
#include "features/help/limits.hpp"
#include "features/help/long_text.hpp"
#include "journal/audit.hpp"

namespace waymark::help {
namespace {

// The same as typed, or what is wrong with it.
Result<HelpRequest> read_question(const Question& question) {
  HelpRequest request{.topic = std::string(question.topic), .text = tidy_lines(question.text)};
  Failure failure{.kind = FailureKind::bad_input, .message = {"web.error.check_answers", {}}};
  const auto note = [&](const char* field, const char* key) { failure.fields.push_back({field, {key, {}}}); };
  if (!is_request_topic(question.topic)) note("topic", "help.error.topic_missing");
  if (request.text.empty()) note("text", "help.error.text_missing");
  if (count_code_points(request.text) > kQuestionLengthMax) note("text", "help.error.text_long");
  if (!trim(question.receipt_number).empty()) {
    const auto number = catalogue::parse_receipt_number(question.receipt_number);
    if (!number) note("receipt_number", "help.error.receipt_form");
    request.receipt_number = number.value_or(std::string{});
  }
  if (!failure.fields.empty()) return refuse(std::move(failure));
  return request;
}

}  // namespace

Result<QuestionReply> send_question(Help& help, const HelpAsker& asker, const Question& question) {
  auto& parts = help.parts;
  const auto now = parts.clock.now();
  const auto found = find_asking(help, *parts.database.snapshot(), asker.token, now);
  if (!found || !found->email_proved_at) return QuestionReply{.is_gone = true};
  auto request = read_question(question);
  if (!request) return refuse(std::move(request).error());
  if (auto counted =
          parts.throttle.count(kQuestionsFromAddress, found->email.canonical, "help.error.too_many_questions");
      !counted) {
    return refuse(std::move(counted).error());
  }
  request->id = parts.ids.next<HelpRequestId>();
  request->reference = help.make_reference();
  request->email = found->email.address;
  request->language = asker.language;
  request->asked_at = now;
  const auto audit = parts.ids.next_value();
  const auto token_hash = sha256(asker.token);
  const bool is_kept = parts.database.write([&](db::Transaction& tx) {
    // One asking is one question, however often it is sent.
    const auto asking = help.askings.lock(tx, token_hash, now);
    if (!asking || !asking->email_proved_at) return false;
    help.askings.remove(tx, asking->id);
    help.requests.insert(tx, *request);
    journal::record(tx, {.id = audit, .at = now, .event = "help.question_asked", .actor = "stranger"});
    return true;
  });
  if (!is_kept) return QuestionReply{.is_gone = true};
  return QuestionReply{.reference = request->reference};
}

}  // namespace waymark::help
