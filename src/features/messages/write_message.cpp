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

Result<void> count_one(Messages& messages, AccountId account) {
  return messages.accounts.throttle.count(kMessagesWritten, std::to_string(account.value), "messages.error.many");
}

std::optional<cases::VisibleCase> find_writable_case(db::Snapshot& snapshot, AccountId account,
                                                     std::string_view receipt_number) {
  auto visible = cases::find_visible_to(snapshot, account, receipt_number);
  const bool may = visible && (visible->role == cases::Role::applicant || visible->role == cases::Role::petitioner ||
                               visible->role == cases::Role::representative);
  return may ? visible : std::nullopt;
}

Result<Thread> read(const NewThread& typed) {
  Failure failure{.kind = FailureKind::bad_input, .message = {"web.error.check_answers"}};
  Thread thread{.topic = typed.topic, .subject = tidy_line(typed.subject)};
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

void note(db::Transaction& tx, std::int64_t id, Instant now, AccountId account, const Thread& thread) {
  journal::record(tx, {.id = id, .at = now, .event = "message.written", .account = account, .on_case = thread.on_case});
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

bool may_write_about(db::Snapshot& snapshot, AccountId account, std::string_view receipt_number) {
  return find_writable_case(snapshot, account, receipt_number).has_value();
}

Result<ThreadId> begin_thread(Messages& messages, AccountId account, const NewThread& typed) {
  auto thread = read(typed);
  if (!thread) return refuse(thread.error());
  const auto nonce = hash_of(account, typed.nonce);
  {
    const auto snapshot = messages.database().snapshot();
    if (const auto before = find_thread_by_nonce(*snapshot, nonce)) return *before;
    if (!typed.receipt_number.empty()) {
      const auto visible = find_writable_case(*snapshot, account, typed.receipt_number);
      if (!visible) return refuse_field("case", "messages.error.case");
      thread->on_case = visible->id;
    }
  }
  if (auto counted = count_one(messages, account); !counted) return refuse(counted.error());
  const auto now = messages.base().clock.now();
  const auto ids = make_ids(messages);
  thread->id = messages.base().ids.next<ThreadId>();
  thread->account = account;
  thread->created_at = now;
  const Message message{.id = ids.message, .text = *read_text("text", typed.text), .at = now};
  // Rolls the unit back: the same form was quicker.
  struct Doubled {};
  try {
    const bool is_written = messages.database().write([&](db::Transaction& tx) {
      messages.accounts.sessions.hold(tx, account);
      if (find_thread_by_nonce(tx, nonce)) throw Doubled{};
      if (count_open(tx, account) >= kOpenThreadsMax) return false;
      insert_thread(tx, messages.base().sealer, *thread);
      if (!insert_message(tx, messages.base().sealer, thread->id, message, nonce)) throw Doubled{};
      note(tx, ids.audit, now, account, *thread);
      return true;
    });
    if (!is_written) return refuse(FailureKind::conflict, "messages.error.open_threads");
  } catch (const Doubled&) {
    return find_thread_by_nonce(*messages.database().snapshot(), nonce).value();
  }
  return thread->id;
}

Result<void> reply(Messages& messages, AccountId account, ThreadId id, std::string_view typed,
                   std::string_view typed_nonce) {
  const auto nonce = hash_of(account, typed_nonce);
  {
    const auto snapshot = messages.database().snapshot();
    if (!find_thread_of(*snapshot, messages.base().sealer, account, id))
      return refuse(FailureKind::not_found, "web.error.not_found");
    if (find_thread_by_nonce(*snapshot, nonce)) return {};
  }
  const auto text = read_text("text", typed);
  if (!text) return refuse(text.error());
  if (typed_nonce.size() < kNonceMin) return refuse(FailureKind::malformed, "messages.error.form");
  if (auto counted = count_one(messages, account); !counted) return refuse(counted.error());
  const auto now = messages.base().clock.now();
  const auto ids = make_ids(messages);
  const Message message{.id = ids.message, .text = *text, .at = now};
  enum class Written { yes, missing, closed };
  const auto written = messages.database().write([&](db::Transaction& tx) {
    // Whoever writes to one account's threads takes turns: a version read here is the one that is written.
    messages.accounts.sessions.hold(tx, account);
    auto thread = find_thread_of(tx, messages.base().sealer, account, id);
    if (!thread) return Written::missing;
    if (thread->closed_at && now > *thread->closed_at + kReopens) return Written::closed;
    if (!insert_message(tx, messages.base().sealer, id, message, nonce)) return Written::yes;
    const bool did_wait = thread->state == ThreadState::waiting_for_office;
    thread->state = ThreadState::waiting_for_office;
    thread->waits_since = did_wait ? thread->waits_since : std::optional(now);
    thread->closed_at.reset();
    thread->last_at = now;
    update_thread(tx, *thread, thread->version);
    note(tx, ids.audit, now, account, *thread);
    return Written::yes;
  });
  if (written == Written::missing) return refuse(FailureKind::not_found, "web.error.not_found");
  if (written == Written::closed) return refuse(FailureKind::conflict, "messages.error.closed");
  return {};
}

std::optional<OpenedThread> find_opened(const Messages& messages, db::Snapshot& snapshot, AccountId account,
                                        ThreadId id) {
  auto thread = find_thread_of(snapshot, messages.base().sealer, account, id);
  if (!thread) return std::nullopt;
  return OpenedThread{std::move(*thread), list_messages(snapshot, messages.base().sealer, id)};
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
