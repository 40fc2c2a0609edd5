#include "features/messages/answer_thread.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "features/cases/working/case_looks.hpp"
#include "features/messages/limits.hpp"
#include "features/messages/message_store.hpp"
#include "journal/audit.hpp"

namespace waymark::messages {
namespace {

void note(db::Transaction& tx, std::int64_t id, Instant now, const web::OfficeSeat& by, std::string_view event,
          const Thread* thread) {
  const auto actor = fmt::format("officer {}", by.officer.value);
  journal::record(tx, {.id = id,
                       .at = now,
                       .event = event,
                       .account = thread == nullptr ? std::nullopt : std::optional(thread->account),
                       .on_case = thread == nullptr ? std::nullopt : thread->on_case,
                       .actor = actor});
}

std::unexpected<Failure> changed_meanwhile() { return refuse_field("version", "messages.error.changed_meanwhile"); }
std::unexpected<Failure> missing() { return refuse(FailureKind::not_found, "web.error.not_found"); }

enum class Changed { yes, missing, meanwhile };
Result<void> result_of(Changed changed) {
  if (changed == Changed::missing) return missing();
  if (changed == Changed::meanwhile) return changed_meanwhile();
  return {};
}

}  // namespace

std::optional<OpenedThread> open_for_office(Messages& messages, const web::OfficeSeat& by, ThreadId id) {
  std::optional<OpenedThread> opened;
  {
    const auto snapshot = messages.database().snapshot();
    auto thread = find_thread(*snapshot, messages.base().sealer, id);
    if (!thread) return std::nullopt;
    opened = find_opened(messages, *snapshot, thread->account, id);
  }
  auto& ids = messages.base().ids;
  const auto now = messages.base().clock.now();
  const auto look_id = ids.next_value();
  const auto audit_id = ids.next_value();
  messages.database().write([&](db::Transaction& tx) {
    if (opened->thread.on_case) {
      cases::record_look(tx, {.id = look_id,
                              .on_case = *opened->thread.on_case,
                              .by = by,
                              .reason = cases::kReasonMessage,
                              .what = cases::kLookedAtThread,
                              .at = now});
    }
    note(tx, audit_id, now, by, "message.opened_by_office", &opened->thread);
  });
  return opened;
}

Result<void> answer(Messages& messages, const web::OfficeSeat& by, ThreadId id, const Answer& typed) {
  const bool says_something = !trim(typed.text).empty();
  if (!says_something && !typed.closes) return refuse_field("text", "messages.error.text");
  std::string text;
  if (says_something) {
    auto read = read_text("text", typed.text);
    if (!read) return refuse(read.error());
    text = std::move(*read);
  }
  auto& ids = messages.base().ids;
  const auto now = messages.base().clock.now();
  const Message message{.id = ids.next<MessageId>(), .by = by, .text = std::move(text), .at = now};
  const auto nonce = sha256(fmt::format("office {}", message.id.value));
  const auto telling = ids.next<journal::OutboxId>();
  const auto audit_id = ids.next_value();
  const auto changed = messages.database().write([&](db::Transaction& tx) {
    auto thread = find_thread(tx, messages.base().sealer, id);
    if (!thread) return Changed::missing;
    if (thread->version != typed.version) return Changed::meanwhile;
    thread->state = typed.closes ? ThreadState::closed : ThreadState::waiting_for_person;
    thread->waits_since.reset();
    thread->last_at = now;
    thread->closed_at = typed.closes ? std::optional(now) : std::nullopt;
    if (says_something) thread->office_wrote_at = now;
    if (!update_thread(tx, *thread, typed.version)) return Changed::meanwhile;
    note(tx, audit_id, now, by, typed.closes ? "message.closed" : "message.answered", &*thread);
    if (!says_something) return Changed::yes;
    insert_message(tx, messages.base().sealer, id, message, nonce);
    messages.base().outbox.tell(tx, {.id = telling, .kind = "messages.answered", .account = thread->account});
    return Changed::yes;
  });
  if (changed == Changed::yes) messages.accounts.wake_deliverer();
  return result_of(changed);
}

Result<void> assign(Messages& messages, const web::OfficeSeat& by, ThreadId id, std::int64_t version,
                    std::optional<OfficerId> to) {
  if (to) {
    const auto officers = messages.list_officers(*messages.database().snapshot());
    if (std::ranges::find(officers, *to, &web::OfficeSeat::officer) == officers.end())
      return refuse_field("assigned", "messages.error.officer");
  }
  const auto now = messages.base().clock.now();
  const auto audit_id = messages.base().ids.next_value();
  return result_of(messages.database().write([&](db::Transaction& tx) {
    auto thread = find_thread(tx, messages.base().sealer, id);
    if (!thread) return Changed::missing;
    if (thread->version != version) return Changed::meanwhile;
    thread->assigned = to;
    if (!update_thread(tx, *thread, version)) return Changed::meanwhile;
    note(tx, audit_id, now, by, "message.assigned", &*thread);
    return Changed::yes;
  }));
}

Result<void> save_reply(Messages& messages, const web::OfficeSeat& by, const SavedReply& typed) {
  Failure failure{.kind = FailureKind::bad_input, .message = {"web.error.check_answers"}};
  SavedReply reply{.id = typed.id, .title = tidy_line(typed.title)};
  if (reply.title.empty() || count_code_points(reply.title) > kReplyTitleMax)
    failure.fields.push_back({"title", {"messages.error.reply_title"}});
  const auto english = read_text("text_en", typed.text_en);
  const auto spanish = read_text("text_es", typed.text_es);
  for (const auto* text : {&english, &spanish}) {
    if (!*text) failure.fields.push_back(text->error().fields.front());
  }
  if (!failure.fields.empty()) return refuse(std::move(failure));
  reply.text_en = *english;
  reply.text_es = *spanish;
  const auto now = messages.base().clock.now();
  const auto audit_id = messages.base().ids.next_value();
  if (!reply.id) reply.id = messages.base().ids.next<SavedReplyId>();
  return result_of(messages.database().write([&](db::Transaction& tx) {
    if (!typed.id)
      insert_reply(tx, reply, now);
    else if (!update_reply(tx, reply))
      return Changed::missing;
    note(tx, audit_id, now, by, "message.reply_saved", nullptr);
    return Changed::yes;
  }));
}

Result<void> retire_reply(Messages& messages, const web::OfficeSeat& by, SavedReplyId reply) {
  const auto now = messages.base().clock.now();
  const auto audit_id = messages.base().ids.next_value();
  return result_of(messages.database().write([&](db::Transaction& tx) {
    if (!retire_reply(tx, reply, now)) return Changed::missing;
    note(tx, audit_id, now, by, "message.reply_retired", nullptr);
    return Changed::yes;
  }));
}

}  // namespace waymark::messages
