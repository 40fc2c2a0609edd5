#include "features/messages/write_message.hpp"

#include "base/text.hpp"
#include "features/cases/case_access.hpp"
#include "features/messages/limits.hpp"
#include "features/messages/message_store.hpp"
#include "journal/audit.hpp"

namespace waymark::messages {
namespace {

constexpr std::size_t kNonceMin = 16;

// Two accounts never share one, whatever their browsers send.
std::string hash_of(AccountId account, std::string_view nonce) {
  return sha256(fmt::format("{} {}", account.value, nonce));
}

std::optional<cases::VisibleCase> find_writable_case(db::Snapshot& snapshot, AccountId account,
                                                     std::string_view receipt_number, Instant now) {
  auto visible = cases::find_visible_to(snapshot, account, receipt_number, now);
  return visible && may_act(*visible, cases::Act::write) ? visible : std::nullopt;
}

bool may_go_on(db::Snapshot& snapshot, const Thread& thread, Instant now) {
  return thread.receipt_number.empty() || may_write_about(snapshot, thread.account, thread.receipt_number, now);
}

// When the account may write again; none: now.
std::optional<Instant> find_pause(db::Transaction& tx, AccountId account, Instant now) {
  const auto first = find_written_before(tx, account, kMessagesMax - 1);
  return first && *first + kMessagesCounted > now ? std::optional(*first + kMessagesCounted) : std::nullopt;
}

Result<Thread> read(const NewThread& typed) {
  Failure failure{.kind = FailureKind::bad_input, .message = {"web.error.check_answers"}};
  Thread thread{.topic = typed.topic, .subject = tidy_line(typed.subject), .language = typed.language};
  if (!is_topic(typed.topic)) failure.fields.push_back({"topic", {"messages.error.topic"}});
  if (thread.subject.empty() || count_code_points(thread.subject) > kSubjectMax)
    failure.fields.push_back({"subject", {"messages.error.subject"}});
  if (const auto text = read_text("text", typed.text); !text) failure.fields.push_back(text.error().fields.front());
  if (typed.nonce.size() < kNonceMin) return refuse(FailureKind::malformed, "messages.error.form");
  if (!failure.fields.empty()) return refuse(std::move(failure));
  return thread;
}

struct NoteIds {
  MessageId message{};
  std::int64_t audit = 0;
};
NoteIds make_ids(const Messages& messages) {
  return {messages.base().ids.next<MessageId>(), messages.base().ids.next_value()};
}

std::unexpected<Failure> wrote_a_lot(Instant::duration wait) {
  return refuse(Failure{.kind = FailureKind::too_many,
                        .message = {"messages.error.many"},
                        .retry_after = std::chrono::ceil<std::chrono::seconds>(wait)});
}

void note(db::Transaction& tx, std::int64_t id, Instant now, const Thread& thread) {
  journal::record(
      tx, {.id = id, .at = now, .event = "message.written", .account = thread.account, .on_case = thread.on_case});
}

}  // namespace

Result<std::string> read_text(std::string_view field, std::string_view typed) {
  std::string text;
  for (const char letter : trim(typed)) {
    if (letter != '\r') text += letter;
  }
  if (text.empty()) return refuse_field(std::string(field), "messages.error.text");
  if (count_code_points(text) > kTextMax) return refuse_field(std::string(field), "messages.error.text_long");
  return to_nfc(text);
}

bool may_write_about(db::Snapshot& snapshot, AccountId account, std::string_view receipt_number, Instant now) {
  return find_writable_case(snapshot, account, receipt_number, now).has_value();
}

Result<ThreadId> begin_thread(Messages& messages, AccountId account, const NewThread& typed) {
  auto thread = read(typed);
  if (!thread) return refuse(thread.error());
  const auto nonce = hash_of(account, typed.nonce);
  const auto now = messages.base().clock.now();
  const auto ids = make_ids(messages);
  thread->id = messages.base().ids.next<ThreadId>();
  thread->account = account;
  thread->created_at = now;
  const Message message{.id = ids.message, .text = *read_text("text", typed.text), .at = now};
  using Begun = Result<ThreadId>;
  return messages.database().write([&](db::Transaction& tx) -> Begun {
    // Whoever writes from one account takes turns: the same form twice finds itself, and the limits hold.
    messages.accounts.sessions.hold(tx, account);
    if (const auto before = find_thread_by_nonce(tx, nonce)) return *before;
    thread->on_case.reset();
    if (!typed.receipt_number.empty()) {
      const auto visible = find_writable_case(tx, account, typed.receipt_number, now);
      if (!visible) return refuse_field("case", "messages.error.case");
      thread->on_case = visible->id;
    }
    if (const auto until = find_pause(tx, account, now)) return wrote_a_lot(*until - now);
    if (count_open(tx, account) >= kOpenThreadsMax) return refuse_field("topic", "messages.error.open_threads");
    insert_thread(tx, messages.base().sealer, *thread);
    insert_message(tx, messages.base().sealer, thread->id, message, nonce);
    note(tx, ids.audit, now, *thread);
    return thread->id;
  });
}

Result<void> reply(Messages& messages, AccountId account, ThreadId id, const Reply& typed) {
  const auto nonce = hash_of(account, typed.nonce);
  const auto text = read_text("text", typed.text);
  const auto now = messages.base().clock.now();
  const auto ids = make_ids(messages);
  return messages.database().write([&](db::Transaction& tx) -> Result<void> {
    messages.accounts.sessions.hold(tx, account);
    const auto thread = find_thread_of(tx, messages.base().sealer, account, id);
    if (!thread) return refuse(FailureKind::not_found, "web.error.not_found");
    if (typed.nonce.size() < kNonceMin) return refuse(FailureKind::malformed, "messages.error.form");
    if (find_thread_by_nonce(tx, nonce)) return {};
    if (!text) return refuse(text.error());
    if (!may_go_on(tx, *thread, now)) return refuse(FailureKind::conflict, "messages.error.not_on_case");
    if (const auto until = find_pause(tx, account, now)) return wrote_a_lot(*until - now);
    if (!note_written(tx, id, typed.language, now, now - kReopens))
      return refuse(FailureKind::conflict, "messages.error.closed");
    insert_message(tx, messages.base().sealer, id, {.id = ids.message, .text = *text, .at = now}, nonce);
    note(tx, ids.audit, now, *thread);
    return {};
  });
}

std::optional<OpenedThread> find_opened(const Messages& messages, db::Snapshot& snapshot, AccountId account,
                                        ThreadId id) {
  auto thread = find_thread_of(snapshot, messages.base().sealer, account, id);
  if (!thread) return std::nullopt;
  const bool may_write = may_go_on(snapshot, *thread, messages.base().clock.now());
  return OpenedThread{std::move(*thread), list_messages(snapshot, messages.base().sealer, id), may_write};
}

void delete_old_threads(Messages& messages) {
  constexpr int kAtOnce = 100;
  const auto before = messages.base().clock.now() - kClosedKept;
  while (
      messages.database().write([&](db::Transaction& tx) { return delete_threads_closed_before(tx, before, kAtOnce); },
                                db::Urgency::bulk) == kAtOnce) {
  }
}

}  // namespace waymark::messages
