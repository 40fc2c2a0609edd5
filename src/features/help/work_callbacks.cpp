#include "features/help/work_callbacks.hpp"

#include "features/help/limits.hpp"
#include "features/help/office_trail.hpp"

namespace waymark::help {
std::vector<Callback> look_at_callbacks(Help& help, const web::OfficeSeat& by) {
  const OfficeTrail trail(help, by, "help.callbacks_listed");
  return help.parts.database.write([&](db::Transaction& tx) {
    trail.record(tx);
    return help.callbacks.list_waiting(tx, kQueueMost);
  });
}

Result<Callback> look_at_callback(Help& help, const web::OfficeSeat& by, CallbackId id) {
  const OfficeTrail trail(help, by, "help.callback_seen");
  auto found = help.parts.database.write([&](db::Transaction& tx) {
    auto callback = help.callbacks.find(tx, id);
    if (callback) trail.record(tx);
    return callback;
  });
  if (!found) return refuse(FailureKind::not_found, "web.error.not_found");
  if (found->officer != by.officer || found->state != RequestState::taken) {
    found->name.clear();
    found->phone.clear();
  }
  return std::move(*found);
}

Result<void> take_callback(Help& help, const web::OfficeSeat& by, CallbackId id) {
  const OfficeTrail trail(help, by, "help.callback_taken");
  const auto stale = trail.at() - kTakenHolds;
  return as_result(help.parts.database.write([&](db::Transaction& tx) {
    if (!help.callbacks.find(tx, id)) return OfficeOutcome::missing;
    if (!help.callbacks.take(tx, id, by.officer, trail.at(), stale)) return OfficeOutcome::not_yours;
    trail.record(tx);
    return OfficeOutcome::done;
  }));
}

Result<void> close_callback(Help& help, const web::OfficeSeat& by, CallbackId id, std::string_view typed) {
  const auto outcome = find_callback_outcome(typed);
  if (!outcome) return refuse_field("outcome", "help.error.outcome_missing");
  const OfficeTrail trail(help, by, "help.callback_closed", to_text(*outcome));
  return as_result(help.parts.database.write([&](db::Transaction& tx) {
    if (!help.callbacks.find(tx, id)) return OfficeOutcome::missing;
    if (!help.callbacks.close(tx, id, by.officer, *outcome, trail.at())) return OfficeOutcome::not_yours;
    trail.record(tx);
    return OfficeOutcome::done;
  }));
}

}  // namespace waymark::help
