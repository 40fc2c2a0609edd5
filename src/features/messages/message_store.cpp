#include "features/messages/message_store.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "base/assert.hpp"

#define WAYMARK_THREAD                                                                                    \
  "SELECT t.id, t.account, t.case_id, c.receipt_number, t.topic, t.subject_sealed, t.state, t.assigned, " \
  "t.version, t.created_at, t.last_at, t.waits_since, t.office_wrote_at, t.person_read_at, t.closed_at, " \
  "t.language "                                                                                           \
  "FROM threads t LEFT JOIN cases c ON c.id = t.case_id "

// There is something of the office that the person has not read.
#define WAYMARK_UNREAD "office_wrote_at IS NOT NULL AND (person_read_at IS NULL OR person_read_at < office_wrote_at)"

#define WAYMARK_ASKED                                                                        \
  "(CAST($3 AS TEXT) = '' OR t.topic = CAST($3 AS TEXT)) "                                   \
  "AND (CAST($4 AS TEXT) = '' OR t.language = CAST($4 AS TEXT)) "                            \
  "AND (CAST($5 AS TEXT) = 'everybodys' OR (CAST($5 AS TEXT) = 'mine' AND t.assigned = $6) " \
  "OR (CAST($5 AS TEXT) = 'nobodys' AND t.assigned IS NULL)) "

namespace waymark::messages {
namespace {

constexpr std::array<std::string_view, 3> kStates{"waiting_for_office", "waiting_for_person", "closed"};

constexpr db::Query kInsert{"threads.insert",
                            "INSERT INTO threads (id, account, case_id, topic, subject_sealed, state, version, "
                            "created_at, last_at, waits_since, language) "
                            "VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $7, $7, $8)"};
constexpr db::Query kFindOf{"threads.find_of", WAYMARK_THREAD "WHERE t.id = $1 AND t.account = $2"};
constexpr db::Query kFind{"threads.find", WAYMARK_THREAD "WHERE t.id = $1"};
constexpr db::Query kListOf{"threads.list_of", WAYMARK_THREAD "WHERE t.account = $1 ORDER BY CASE WHEN " WAYMARK_UNREAD
                                                              " THEN 0 ELSE 1 END, t.last_at DESC, t.id DESC LIMIT $2"};
constexpr db::Query kCountOpen{"threads.count_open",
                               "SELECT COUNT(*) FROM threads WHERE account = $1 AND state <> 'closed'"};
constexpr db::Query kCountUnread{"threads.count_unread",
                                 "SELECT COUNT(*) FROM threads WHERE account = $1 AND " WAYMARK_UNREAD};
constexpr db::Query kWaiting{"threads.list_waiting", WAYMARK_THREAD
                             "WHERE t.state = 'waiting_for_office' AND (t.waits_since, t.id) > (CAST($1 AS BIGINT), "
                             "CAST($2 AS BIGINT)) AND " WAYMARK_ASKED "ORDER BY t.waits_since, t.id LIMIT $7"};
constexpr db::Query kOthers{"threads.list_others", WAYMARK_THREAD
                            "WHERE t.state = $8 AND t.state <> 'waiting_for_office' AND (t.last_at, t.id) < "
                            "(CAST($1 AS BIGINT), CAST($2 AS BIGINT)) AND " WAYMARK_ASKED
                            "ORDER BY t.last_at DESC, t.id DESC LIMIT $7"};
constexpr db::Query kUpdate{"threads.update",
                            "UPDATE threads SET state = $3, assigned = $4, version = version + 1, last_at = $5, "
                            "waits_since = $6, office_wrote_at = $7, closed_at = $8 WHERE id = $1 AND version = $2"};
constexpr db::Query kWritten{"threads.note_written",
                             "UPDATE threads SET state = 'waiting_for_office', version = version + 1, last_at = $2, "
                             "waits_since = CASE WHEN state = 'waiting_for_office' THEN waits_since ELSE $2 END, "
                             "closed_at = NULL, language = $4 WHERE id = $1 "
                             "AND (closed_at IS NULL OR closed_at >= $3)"};
constexpr db::Query kRead{"threads.note_read",
                          "UPDATE threads SET person_read_at = $3 WHERE id = $1 AND office_wrote_at = $2"};
constexpr db::Query kInsertMessage{"messages.insert",
                                   "INSERT INTO messages (id, thread, officer, role, unit, text_sealed, nonce_hash, "
                                   "at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (nonce_hash) DO NOTHING"};
constexpr db::Query kByNonce{"messages.thread_by_nonce", "SELECT thread FROM messages WHERE nonce_hash = $1"};
constexpr db::Query kWrittenBefore{"messages.written_before",
                                   "SELECT m.at FROM messages m JOIN threads t ON t.id = m.thread "
                                   "WHERE t.account = $1 AND m.officer IS NULL ORDER BY m.at DESC LIMIT 1 OFFSET $2"};
constexpr db::Query kMessages{"messages.list",
                              "SELECT id, officer, role, unit, text_sealed, at FROM messages WHERE thread = $1 "
                              "ORDER BY id"};
constexpr db::Query kDeleteMessagesOf{
    "messages.delete_of", "DELETE FROM messages WHERE thread IN (SELECT t.id FROM threads t WHERE t.account = $1)"};
constexpr db::Query kDeleteThreadsOf{"threads.delete_of", "DELETE FROM threads WHERE account = $1"};
constexpr db::Query kOld{
    "threads.list_old", "SELECT id FROM threads WHERE state = 'closed' AND closed_at < $1 ORDER BY closed_at LIMIT $2"};
constexpr db::Query kDeleteMessages{"messages.delete", "DELETE FROM messages WHERE thread = $1"};
constexpr db::Query kDeleteThread{"threads.delete", "DELETE FROM threads WHERE id = $1"};

constexpr db::Query kReplies{"saved_replies.list",
                             "SELECT id, title, text_en, text_es FROM saved_replies WHERE retired_at IS NULL "
                             "ORDER BY title, id"};
constexpr db::Query kFindReply{"saved_replies.find",
                               "SELECT id, title, text_en, text_es FROM saved_replies WHERE id = $1 "
                               "AND retired_at IS NULL"};
constexpr db::Query kInsertReply{"saved_replies.insert",
                                 "INSERT INTO saved_replies (id, title, text_en, text_es, created_at) "
                                 "VALUES ($1, $2, $3, $4, $5)"};
constexpr db::Query kUpdateReply{"saved_replies.update",
                                 "UPDATE saved_replies SET title = $2, text_en = $3, text_es = $4 WHERE id = $1 "
                                 "AND retired_at IS NULL"};
constexpr db::Query kRetireReply{"saved_replies.retire",
                                 "UPDATE saved_replies SET retired_at = $2 WHERE id = $1 AND retired_at IS NULL"};

SealPlace place(ThreadId thread) { return {"threads", "subject_sealed", thread.value}; }
SealPlace place(MessageId message) { return {"messages", "text_sealed", message.value}; }

Thread read_thread(const db::Row& row, const Sealer& sealer) {
  const auto id = row.id<ThreadId>(0);
  const auto state = find_thread_state(row.text(6));
  WAYMARK_ASSERT(state.has_value());
  Thread thread{.id = id,
                .account = row.id<AccountId>(1),
                .receipt_number = row.maybe_text(3).value_or(""),
                .topic = std::string(row.text(4)),
                .subject = sealer.open(place(id), row.bytes(5)),
                .state = *state,
                .version = row.integer(8),
                .created_at = row.instant(9),
                .last_at = row.instant(10),
                .waits_since = row.maybe_instant(11),
                .office_wrote_at = row.maybe_instant(12),
                .person_read_at = row.maybe_instant(13),
                .closed_at = row.maybe_instant(14)};
  thread.language = row.text(15);
  if (!row.is_null(2)) thread.on_case = row.id<CaseId>(2);
  if (!row.is_null(7)) thread.assigned = row.id<OfficerId>(7);
  return thread;
}

SavedReply read_reply(const db::Row& row) {
  return {.id = row.id<SavedReplyId>(0),
          .title = std::string(row.text(1)),
          .text_en = std::string(row.text(2)),
          .text_es = std::string(row.text(3))};
}

std::string_view to_text(Whose whose) {
  return whose == Whose::mine ? "mine" : whose == Whose::nobodys ? "nobodys" : "everybodys";
}

}  // namespace

std::string_view to_text(ThreadState state) { return kStates[static_cast<std::size_t>(state)]; }

std::optional<ThreadState> find_thread_state(std::string_view text) {
  const auto found = std::ranges::find(kStates, text);
  return found == kStates.end() ? std::nullopt : std::optional(static_cast<ThreadState>(found - kStates.begin()));
}

bool is_topic(std::string_view text) { return std::ranges::find(kTopics, text) != std::end(kTopics); }

void insert_thread(db::Transaction& tx, const Sealer& sealer, const Thread& thread) {
  const auto subject = sealer.seal(place(thread.id), thread.subject);
  tx.run(kInsert, {thread.id, thread.account, thread.on_case, thread.topic, db::Bytes{subject}, to_text(thread.state),
                   thread.created_at, thread.language});
}

std::optional<Thread> find_thread_of(db::Snapshot& snapshot, const Sealer& sealer, AccountId account, ThreadId thread) {
  return snapshot.find(kFindOf, {thread, account}, [&](const db::Row& row) { return read_thread(row, sealer); });
}

std::optional<Thread> find_thread(db::Snapshot& snapshot, const Sealer& sealer, ThreadId thread) {
  return snapshot.find(kFind, {thread}, [&](const db::Row& row) { return read_thread(row, sealer); });
}

std::vector<Thread> list_threads_of(db::Snapshot& snapshot, const Sealer& sealer, AccountId account, int most) {
  return snapshot.list(kListOf, {account, most}, [&](const db::Row& row) { return read_thread(row, sealer); });
}

std::int64_t count_open(db::Snapshot& snapshot, AccountId account) {
  return snapshot.find(kCountOpen, {account}, [](const db::Row& row) { return row.integer(0); }).value_or(0);
}

void queue_unread(db::Snapshot& snapshot, AccountId account, std::int64_t& into) {
  snapshot.queue(kCountUnread, {account}, [&into](const db::Row& row) { into = row.integer(0); });
}

std::int64_t count_unread(db::Snapshot& snapshot, AccountId account) {
  std::int64_t count = 0;
  queue_unread(snapshot, account, count);
  snapshot.drain();
  return count;
}

std::vector<Thread> list_threads(db::Snapshot& snapshot, const Sealer& sealer, const ThreadsAsked& asked) {
  const auto read = [&](const db::Row& row) { return read_thread(row, sealer); };
  const auto whose = to_text(asked.whose);
  if (asked.state == ThreadState::waiting_for_office) {
    const auto after = asked.after ? to_millis(*asked.after) : std::numeric_limits<std::int64_t>::min();
    return snapshot.list(kWaiting, {after, asked.after_id, asked.topic, asked.language, whose, asked.asker, asked.most},
                         read);
  }
  const auto before = asked.after ? to_millis(*asked.after) : std::numeric_limits<std::int64_t>::max();
  return snapshot.list(
      kOthers,
      {before, asked.after_id, asked.topic, asked.language, whose, asked.asker, asked.most, to_text(asked.state)},
      read);
}

bool update_thread(db::Transaction& tx, const Thread& thread, std::int64_t version_seen) {
  return tx.run(kUpdate, {thread.id, version_seen, to_text(thread.state), thread.assigned, thread.last_at,
                          thread.waits_since, thread.office_wrote_at, thread.closed_at}) == 1;
}

bool note_written(db::Transaction& tx, ThreadId thread, std::string_view language, Instant at, Instant closed_after) {
  return tx.run(kWritten, {thread, at, closed_after, language}) == 1;
}

void note_read(db::Transaction& tx, const Thread& seen, Instant at) {
  tx.run(kRead, {seen.id, seen.office_wrote_at, at});
}

bool insert_message(db::Transaction& tx, const Sealer& sealer, ThreadId thread, const Message& message,
                    std::string_view nonce_hash) {
  const auto text = sealer.seal(place(message.id), message.text);
  const auto& by = message.by;
  return tx.run(kInsertMessage, {message.id, thread, by ? std::optional(by->officer) : std::nullopt,
                                 by ? std::optional(web::to_text(by->role)) : std::nullopt,
                                 by ? std::optional(std::string_view(by->unit)) : std::nullopt, db::Bytes{text},
                                 db::Bytes{nonce_hash}, message.at}) == 1;
}

std::optional<ThreadId> find_thread_by_nonce(db::Snapshot& snapshot, std::string_view nonce_hash) {
  return snapshot.find(kByNonce, {db::Bytes{nonce_hash}}, [](const db::Row& row) { return row.id<ThreadId>(0); });
}

std::optional<Instant> find_written_before(db::Snapshot& snapshot, AccountId account, int others) {
  return snapshot.find(kWrittenBefore, {account, others}, [](const db::Row& row) { return row.instant(0); });
}

std::vector<Message> list_messages(db::Snapshot& snapshot, const Sealer& sealer, ThreadId thread) {
  return snapshot.list(kMessages, {thread}, [&](const db::Row& row) {
    const auto id = row.id<MessageId>(0);
    Message message{.id = id, .text = sealer.open(place(id), row.bytes(4)), .at = row.instant(5)};
    if (!row.is_null(1)) {
      const auto role = web::find_office_role(row.text(2));
      WAYMARK_ASSERT(role.has_value());
      message.by = web::OfficeSeat{.officer = row.id<OfficerId>(1), .role = *role, .unit = std::string(row.text(3))};
    }
    return message;
  });
}

void delete_threads_of(db::Transaction& tx, AccountId account) {
  tx.run(kDeleteMessagesOf, {account});
  tx.run(kDeleteThreadsOf, {account});
}

std::int64_t delete_threads_closed_before(db::Transaction& tx, Instant before, int most) {
  const auto old = tx.list(kOld, {before, most}, [](const db::Row& row) { return row.id<ThreadId>(0); });
  for (const auto thread : old) {
    tx.run(kDeleteMessages, {thread});
    tx.run(kDeleteThread, {thread});
  }
  return static_cast<std::int64_t>(old.size());
}

std::vector<SavedReply> list_replies(db::Snapshot& snapshot) { return snapshot.list(kReplies, {}, read_reply); }

std::optional<SavedReply> find_reply(db::Snapshot& snapshot, SavedReplyId reply) {
  return snapshot.find(kFindReply, {reply}, read_reply);
}

void insert_reply(db::Transaction& tx, const SavedReply& reply, Instant now) {
  tx.run(kInsertReply, {reply.id, reply.title, reply.text_en, reply.text_es, now});
}

bool update_reply(db::Transaction& tx, const SavedReply& reply) {
  return tx.run(kUpdateReply, {reply.id, reply.title, reply.text_en, reply.text_es}) == 1;
}

bool retire_reply(db::Transaction& tx, SavedReplyId reply, Instant now) {
  return tx.run(kRetireReply, {reply, now}) == 1;
}

}  // namespace waymark::messages
