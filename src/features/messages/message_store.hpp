// The only SQL of threads, messages and saved replies.
#pragma once

#include <vector>

#include "features/messages/messages.hpp"

namespace waymark::messages {

// --- Threads. ---

void insert_thread(db::Transaction& tx, const Sealer& sealer, const Thread& thread);
// The account's own; missing and another's are the same nothing.
std::optional<Thread> find_thread_of(db::Snapshot& snapshot, const Sealer& sealer, AccountId account, ThreadId thread);
std::optional<Thread> find_thread(db::Snapshot& snapshot, const Sealer& sealer, ThreadId thread);
// Unread ones first, then the newest.
std::vector<Thread> list_threads_of(db::Snapshot& snapshot, const Sealer& sealer, AccountId account, int most);
std::int64_t count_open(db::Snapshot& snapshot, AccountId account);
std::int64_t count_unread(db::Snapshot& snapshot, AccountId account);
// The same once the snapshot is drained.
void queue_unread(db::Snapshot& snapshot, AccountId account, std::int64_t& into);

enum class Whose { everybodys, mine, nobodys };
struct ThreadsAsked {
  ThreadState state = ThreadState::waiting_for_office;
  Whose whose = Whose::everybodys;
  OfficerId asker{};
  std::string topic{};     // empty: all
  std::string language{};  // empty: all
  // The last one of the page before: since when it waits, or, where it does not, when it changed.
  std::optional<Instant> after{};
  ThreadId after_id{};
  int most = 50;
};
// Those that wait for the office: the longest wait first. Others: the newest change first.
std::vector<Thread> list_threads(db::Snapshot& snapshot, const Sealer& sealer, const ThreadsAsked& asked);

// What changes with an answer, an assignment or a closing. False when the version is another by now; nothing is written
// then. Counts the version up.
bool update_thread(db::Transaction& tx, const Thread& thread, std::int64_t version_seen);
// The person wrote: it waits for the office, since then or, where it waited already, since before. On top of whatever
// the office did meanwhile. False when it was closed before `closed_after`; nothing is written then.
bool note_written(db::Transaction& tx, ThreadId thread, std::string_view language, Instant at, Instant closed_after);
// Nothing when the office has written again since `seen`: they can't have read that.
void note_read(db::Transaction& tx, const Thread& seen, Instant at);

// --- Messages. ---

// False when a form with that nonce was taken already.
bool insert_message(db::Transaction& tx, const Sealer& sealer, ThreadId thread, const Message& message,
                    std::string_view nonce_hash);
std::optional<ThreadId> find_thread_by_nonce(db::Snapshot& snapshot, std::string_view nonce_hash);
// When the account wrote the message after which it wrote so many others.
std::optional<Instant> find_written_before(db::Snapshot& snapshot, AccountId account, int others);
std::vector<Message> list_messages(db::Snapshot& snapshot, const Sealer& sealer, ThreadId thread);

void delete_threads_of(db::Transaction& tx, AccountId account);
// How many.
std::int64_t delete_threads_closed_before(db::Transaction& tx, Instant before, int most);

// --- Saved replies. ---

std::vector<SavedReply> list_replies(db::Snapshot& snapshot);
std::optional<SavedReply> find_reply(db::Snapshot& snapshot, SavedReplyId reply);
void insert_reply(db::Transaction& tx, const SavedReply& reply, Instant now);
bool update_reply(db::Transaction& tx, const SavedReply& reply);
bool retire_reply(db::Transaction& tx, SavedReplyId reply, Instant now);

}  // namespace waymark::messages
