#include "features/accounts/recovery/waits.hpp"

#include "features/accounts/recovery/cancel_code.hpp"
#include "journal/audit.hpp"
#include "web/request.hpp"

namespace waymark::accounts {
namespace {

void record_wait(db::Transaction& tx, const WaitKey& key, const Wait& wait, std::string_view event) {
  journal::record(tx, {.id = key.audit_id,
                       .at = key.now,
                       .event = event,
                       .account = wait.account,
                       .actor = event == "wait.reminded" ? "system" : "person",
                       .detail = to_text(wait.kind)});
}

void tell_of_wait(const Accounts& accounts, db::Transaction& tx, const WaitKey& key, const Wait& wait,
                  std::string_view kind, std::chrono::hours left) {
  accounts.notices.tell(tx, key.notice, wait.account,
                        {.kind = kind,
                         .arguments = {{"change", std::string(to_text(wait.kind))},
                                       {"hours", std::to_string(std::max<std::int64_t>(1, left.count()))}},
                         .text_arguments = {{"cancel_code", format_cancel_code(key.cancel_code)}},
                         .link = LinkPurpose::cancel,
                         .link_subject = wait.id.value});
}

std::unexpected<Failure> refuse_code() { return refuse_field("cancel_code", "accounts.error.cancel_code_wrong"); }

}  // namespace

WaitKey make_wait_key(Accounts& accounts) {
  auto& parts = accounts.parts;
  return {.id = parts.ids.next<WaitId>(),
          .cancel_code = make_cancel_code(parts.random),
          .notice = accounts.notices.make_key(),
          .audit_id = parts.ids.next_value(),
          .now = parts.clock.now()};
}

bool start_wait(const Accounts& accounts, db::Transaction& tx, const WaitKey& key, AccountId account, WaitKind kind,
                std::string_view content) {
  const Wait wait{.id = key.id,
                  .account = account,
                  .kind = kind,
                  .content = std::string(content),
                  .started_at = key.now,
                  .ripe_at = key.now + kWaitLasts,
                  .lapses_at = key.now + kWaitLapses};
  if (!accounts.waits.insert(tx, wait, accounts.waits.cancel_code_hash(account, key.cancel_code))) return false;
  tell_of_wait(accounts, tx, key, wait, "accounts.wait_started", kWaitLasts);
  record_wait(tx, key, wait, "wait.started");
  return true;
}

std::optional<Wait> finish_wait(const Accounts& accounts, db::Transaction& tx, const WaitKey& key, WaitId wait) {
  auto finished = accounts.waits.finish(tx, wait, key.now);
  if (finished) record_wait(tx, key, *finished, "wait.finished");
  return finished;
}

bool cancel_wait(const Accounts& accounts, db::Transaction& tx, const WaitKey& key, WaitId wait) {
  const auto cancelled = accounts.waits.cancel(tx, wait, key.now);
  if (!cancelled) return false;
  accounts.notices.tell(
      tx, key.notice, cancelled->account,
      {.kind = "accounts.wait_cancelled", .arguments = {{"change", std::string(to_text(cancelled->kind))}}});
  record_wait(tx, key, *cancelled, "wait.cancelled");
  return true;
}

Result<void> cancel_by_code(Accounts& accounts, std::string_view typed_email, std::string_view typed_code,
                            std::string_view peer) {
  const auto email = parse_email(typed_email);
  if (!email) return refuse_field("email", "accounts.error.email_form");
  const auto code = parse_cancel_code(typed_code);
  if (!code) return refuse_field("cancel_code", "accounts.error.cancel_code_form");
  const auto network = web::network_of(peer);
  auto places = accounts.throttle.reserve_all(
      {{kNetworkTries, network}, {kCancelCodeTries, fmt::format("{} {}", email->canonical, network)}});
  if (!places) return refuse(places.error());

  const auto key = make_wait_key(accounts);
  const bool cancelled = accounts.parts.database.write([&](db::Transaction& tx) {
    const auto account = accounts.store.find_by_email(tx, email->canonical).value_or(AccountId{});
    const auto wait =
        accounts.waits.find_by_cancel_code(tx, account, accounts.waits.cancel_code_hash(account, *code), key.now);
    const bool was_open = wait && cancel_wait(accounts, tx, key, wait->id);
    for (auto& place : *places) {
      if (was_open)
        place.right_in(tx, key.now);
      else
        place.wrong_in(tx, key.now);
    }
    return was_open;
  });
  if (!cancelled) return refuse_code();
  accounts.wake_deliverer();
  return {};
}

void remind_of_waits(Accounts& accounts) {
  const auto due = accounts.waits.list_to_remind(*accounts.parts.database.snapshot(), accounts.parts.clock.now());
  for (const auto id : due) {
    const auto key = make_wait_key(accounts);
    accounts.parts.database.write([&](db::Transaction& tx) {
      const auto wait = accounts.waits.find_open(tx, id, key.now);
      if (!wait) return;
      const auto hash = accounts.waits.cancel_code_hash(wait->account, key.cancel_code);
      if (!accounts.waits.mark_reminded(tx, id, hash, key.now)) return;
      tell_of_wait(accounts, tx, key, *wait, "accounts.wait_soon",
                   std::chrono::floor<std::chrono::hours>(wait->ripe_at - key.now));
      record_wait(tx, key, *wait, "wait.reminded");
    });
  }
  if (!due.empty()) accounts.wake_deliverer();
}

}  // namespace waymark::accounts
