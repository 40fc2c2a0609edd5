#include "features/help/work_help_requests.hpp"

#include "base/text.hpp"
#include "features/help/limits.hpp"
#include "features/help/long_text.hpp"
#include "features/help/office_trail.hpp"

namespace waymark::help {
namespace {

Result<std::string> read_reply(std::string_view typed) {
  auto reply = tidy_lines(typed);
  if (reply.empty()) return refuse_field("reply", "help.error.reply_missing");
  if (count_code_points(reply) > kReplyLengthMax) return refuse_field("reply", "help.error.reply_long");
  // A thief's mail looks like ours but for its link.
  if (holds_link(reply)) return refuse_field("reply", "help.error.reply_link");
  return reply;
}

}  // namespace

std::vector<HelpRequest> look_at_help_requests(Help& help, const web::OfficeSeat& by) {
  const OfficeTrail trail(help, by, "help.requests_listed");
  return help.parts.database.write([&](db::Transaction& tx) {
    trail.record(tx);
    return help.requests.list_waiting(tx, kQueueMost);
  });
}

Result<HelpRequest> look_at_help_request(Help& help, const web::OfficeSeat& by, HelpRequestId id) {
  const OfficeTrail trail(help, by, "help.request_seen");
  auto found = help.parts.database.write([&](db::Transaction& tx) {
    auto request = help.requests.find(tx, id);
    if (request) trail.record(tx);
    return request;
  });
  if (!found) return refuse(FailureKind::not_found, "web.error.not_found");
  return std::move(*found);
}

Result<void> take_help_request(Help& help, const web::OfficeSeat& by, HelpRequestId id) {
  const OfficeTrail trail(help, by, "help.request_taken");
  const auto stale = trail.at() - kTakenHolds;
  return as_result(help.parts.database.write([&](db::Transaction& tx) {
    if (!help.requests.find(tx, id)) return OfficeOutcome::missing;
    if (!help.requests.take(tx, id, by.officer, trail.at(), stale)) return OfficeOutcome::not_yours;
    trail.record(tx);
    return OfficeOutcome::done;
  }));
}

Result<void> answer_help_request(Help& help, const web::OfficeSeat& by, HelpRequestId id, std::string_view typed) {
  const auto reply = read_reply(typed);
  if (!reply) return refuse(reply.error());
  const OfficeTrail trail(help, by, "help.request_answered");
  journal::Telling telling{.id = help.parts.ids.next<journal::OutboxId>(), .kind = "help.reply"};
  const auto outcome = help.parts.database.write([&](db::Transaction& tx) {
    const auto request = help.requests.find(tx, id);
    if (!request) return OfficeOutcome::missing;
    if (!help.requests.answer(tx, id, by.officer, *reply, trail.at())) return OfficeOutcome::not_yours;
    telling.email = request->email;
    telling.language = request->language;
    telling.arguments = {{"question", request->reference}, {"reply", *reply}};
    help.parts.outbox.tell(tx, telling);
    trail.record(tx);
    return OfficeOutcome::done;
  });
  if (outcome == OfficeOutcome::done) help.wake_deliverer();
  return as_result(outcome);
}

Result<void> close_help_request(Help& help, const web::OfficeSeat& by, HelpRequestId id) {
  const OfficeTrail trail(help, by, "help.request_closed");
  return as_result(help.parts.database.write([&](db::Transaction& tx) {
    if (!help.requests.find(tx, id)) return OfficeOutcome::missing;
    if (!help.requests.close(tx, id, by.officer, trail.at())) return OfficeOutcome::not_yours;
    trail.record(tx);
    return OfficeOutcome::done;
  }));
}

}  // namespace waymark::help
