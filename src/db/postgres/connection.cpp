#include "db/postgres/connection.hpp"

#include <poll.h>
#include <sys/socket.h>

#include "base/assert.hpp"
#include "db/postgres/errors.hpp"
#include "db/postgres/parameters.hpp"
#include "db/postgres/row.hpp"

namespace waymark::db::postgres {

namespace {

constexpr int kBinary = 1;

// A statement that hangs must not hold a connection for ever; migrations lift these for themselves.
constexpr const char* kSettings =
    "SET statement_timeout = '15s'; SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '60s';"
    "SET timezone = 'UTC'; SET jit = off; SET synchronous_commit = on";

// Waits until the socket can be read or written; false when the patience is at its end.
bool wait_for(PGconn* connection, short events, Patience patience) {
  pollfd watched{.fd = PQsocket(connection), .events = events, .revents = 0};
  int ready = 0;
  do {
    ready = ::poll(&watched, 1, patience ? static_cast<int>(patience->count()) : -1);
  } while (ready < 0 && errno == EINTR);
  return ready > 0;
}

}  // namespace

Connection::Connection(const std::string& address, std::chrono::milliseconds wait_max, Metrics& metrics)
    : metrics_(metrics) {
  connect(address, wait_max);
  configure();
}

void Connection::connect(const std::string& address, std::chrono::milliseconds wait_max) {
  const char* const keywords[] = {"dbname",
                                  "client_encoding",
                                  "fallback_application_name",
                                  "keepalives_idle",
                                  "keepalives_interval",
                                  "keepalives_count",
                                  "tcp_user_timeout",
                                  nullptr};
  const char* const values[] = {address.c_str(), "UTF8", "waymark", "10", "5", "3", "15000", nullptr};
  connection_.reset(PQconnectStartParams(keywords, values, 1));
  if (connection_ == nullptr || PQstatus(connection_.get()) == CONNECTION_BAD) lose("connect");
  const auto deadline = SystemClock{}.steady() + wait_max;
  short events = POLLOUT;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - SystemClock{}.steady());
    if (left.count() <= 0 || !wait_for(connection_.get(), events, left)) {
      throw ConnectionLost("connect: the server did not answer in time");
    }
    switch (PQconnectPoll(connection_.get())) {
      case PGRES_POLLING_OK:
        return;
      case PGRES_POLLING_READING:
        events = POLLIN;
        break;
      case PGRES_POLLING_WRITING:
        events = POLLOUT;
        break;
      default:
        lose("connect");
    }
  }
}

void Connection::configure() {
  // Notices would go to standard error, between the log's lines.
  PQsetNoticeReceiver(connection_.get(), [](void*, const PGresult*) {}, nullptr);
  const Result result(PQexec(connection_.get(), kSettings), PQclear);
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) lose("connect");
  if (PQenterPipelineMode(connection_.get()) != 1) lose("connect");
}

// libpq's message names the host and the reason, never the password.
void Connection::lose(std::string_view what) {
  throw ConnectionLost(fmt::format("{}: {}", what, connection_ ? PQerrorMessage(connection_.get()) : "no memory"));
}

Connection::Statement& Connection::statement_for(const Query& query) {
  if (const auto found = statements_.find(query.name); found != statements_.end()) {
    WAYMARK_ASSERT(found->second->sql == query.sql);  // one name, one query
    return *found->second;
  }
  auto made = std::make_unique<Statement>(Statement{.name = std::string{query.name},
                                                    .sql = std::string{query.sql},
                                                    .label = fmt::format("w{}", statements_.size()),
                                                    .timing = query_timing(metrics_, query.name)});
  const std::string_view name = made->name;
  return *statements_.emplace(name, std::move(made)).first->second;
}

void Connection::prepare_when_new(Statement& statement) {
  if (statement.is_prepared) return;
  if (PQsendPrepare(connection_.get(), statement.label.c_str(), statement.sql.c_str(), 0, nullptr) != 1) {
    lose(statement.name);
  }
  statement.is_prepared = true;
  pending_.push_back({.statement = &statement, .is_preparation = true});
}

void Connection::submit(const Query& query, Parameters parameters, RowFunction row) {
  const SentParameters sent(parameters, query.name);
  const auto start = SystemClock{}.steady();
  if (query.name.empty()) {
    const std::string sql(query.sql);
    if (PQsendQueryParams(connection_.get(), sql.c_str(), sent.count(), nullptr, sent.values(), sent.lengths(),
                          sent.formats(), kBinary) != 1) {
      lose("unnamed");
    }
    pending_.push_back({.row = std::move(row), .start = start});
    return;
  }
  Statement& statement = statement_for(query);
  prepare_when_new(statement);
  if (PQsendQueryPrepared(connection_.get(), statement.label.c_str(), sent.count(), sent.values(), sent.lengths(),
                          sent.formats(), kBinary) != 1) {
    lose(statement.name);
  }
  pending_.push_back({.statement = &statement, .row = std::move(row), .start = start});
}

void Connection::send_sync() {
  if (PQpipelineSync(connection_.get()) != 1) lose("send");
  is_sync_due_ = true;
}

std::int64_t Connection::finish(Patience patience) {
  end_waits_since_.reset();
  send_sync();
  return read_all(patience);
}

void Connection::forget_rows() {
  for (Pending& pending : pending_) pending.row = nullptr;
}

void Connection::end_later(const Query& query) {
  submit(query, {}, {});
  forget_rows();
  pending_.back().is_timed = false;  // it waits for us, not for the server
  end_waits_since_ = SystemClock{}.steady();
}

void Connection::send_end() {
  end_waits_since_.reset();
  send_sync();
}

// Whether the server, or the end of it, has said something that nobody asked for.
bool Connection::has_news() const {
  char first = 0;
  const auto got = ::recv(PQsocket(connection_.get()), &first, 1, MSG_PEEK | MSG_DONTWAIT);
  return got >= 0 || errno != EAGAIN;
}

bool Connection::settle() {
  try {
    if (is_sync_due_) read_all({});
  } catch (const ConnectionLost&) {
    return false;
  } catch (const DatabaseError&) {
    return PQtransactionStatus(connection_.get()) == PQTRANS_IDLE;
  }
  if (!has_news()) return PQstatus(connection_.get()) == CONNECTION_OK;
  // A server that went away has left its farewell and an end of file: the first call reads the one, the second the
  // other.
  for (int reading = 0; reading < 2; ++reading) {
    if (PQconsumeInput(connection_.get()) != 1) return false;
  }
  return PQstatus(connection_.get()) == CONNECTION_OK;
}

std::int64_t Connection::read_all(Patience patience) {
  std::vector<Pending> due;
  due.swap(pending_);
  failure_ = nullptr;
  for (Pending& pending : due) read_one(pending, patience);
  const Result sync = next_result(patience);
  is_sync_due_ = false;
  if (PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC) lose("sync");
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  const std::int64_t changes = due.empty() ? 0 : note_outcome(due.back().result.get());
  // Only now: a callback may ask the next query on this connection.
  for (const Pending& pending : due) {
    if (!pending.row) continue;
    for (int row = 0; row < PQntuples(pending.result.get()); ++row) {
      pending.row(PostgresRow(pending.result.get(), row, pending.name()));
    }
  }
  return changes;
}

void Connection::read_one(Pending& pending, Patience patience) {
  while (Result result = next_result(patience)) pending.result = std::move(result);
  expect_success(pending);
  if (pending.statement != nullptr && !pending.is_preparation && pending.is_timed) {
    pending.statement->timing.record(SystemClock{}.steady() - pending.start);
  }
}

// Keeps the first error, and goes on so that the connection's results are read to the end.
void Connection::expect_success(const Pending& pending) {
  const auto status = PQresultStatus(pending.result.get());
  if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return;
  if (pending.is_preparation) pending.statement->is_prepared = false;
  if (failure_) return;
  try {
    throw_error(pending.result.get(), pending.name());
  } catch (const ConnectionLost&) {
    throw;
  } catch (...) {
    failure_ = std::current_exception();
  }
}

std::int64_t Connection::note_outcome(PGresult* result) {
  last_tag_ = PQcmdStatus(result);
  std::int64_t changes = 0;
  if (last_tag_.starts_with("SELECT")) return changes;
  for (const char digit : std::string_view{PQcmdTuples(result)}) changes = changes * 10 + (digit - '0');
  return changes;
}

Connection::Result Connection::next_result(Patience patience) {
  while (PQisBusy(connection_.get()) != 0) {
    if (!wait_for(connection_.get(), POLLIN, patience)) throw ConnectionLost("the server did not answer in time");
    if (PQconsumeInput(connection_.get()) != 1) lose("receive");
  }
  Result result(PQgetResult(connection_.get()), PQclear);
  // The server's farewell says more than the end of file behind it.
  if (PQstatus(connection_.get()) == CONNECTION_BAD && PQresultStatus(result.get()) != PGRES_FATAL_ERROR)
    lose("receive");
  return result;
}

}  // namespace waymark::db::postgres
