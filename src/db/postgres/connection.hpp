// One PostgreSQL connection, always in libpq's pipeline mode: what is submitted goes out together with the next
// finish(). For one thread at a time.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "db/database.hpp"
#include "db/query_tally.hpp"

namespace waymark::db::postgres {

using Patience = std::optional<std::chrono::milliseconds>;  // none: as long as the server's own limits let it

class Connection {
 public:
  // Throws DatabaseBusy when the server can't be reached within `wait_max`.
  Connection(const std::string& address, std::chrono::milliseconds wait_max, Metrics& metrics);

  // Copies the parameters. `row` (may be empty) is called from finish().
  void submit(const Query& query, Parameters parameters, RowFunction row);
  std::size_t submitted() const { return pending_.size(); }
  // Sends, waits for every result, and gives the rows changed by the last. The first error is thrown when all is read,
  // so that the connection stays usable unless that was ConnectionLost.
  std::int64_t finish(Patience patience = {});
  // What was submitted runs, but nobody hears of its rows.
  void forget_rows();
  // Submits what ends a transaction that nobody asks anything more of. It goes out with what is submitted next, and so
  // costs no way of its own to the server, or with send_end().
  void end_later(const Query& query);
  // Since when an end waits to be sent; none where there is none.
  std::optional<std::chrono::steady_clock::time_point> end_waits_since() const { return end_waits_since_; }
  // Sends it, and leaves its result for settle().
  void send_end();
  // Reads what send_end left. False when the connection is not to be used any more.
  bool settle();
  // The command tag of the last result: "COMMIT", "ROLLBACK", …
  const std::string& last_tag() const { return last_tag_; }

 private:
  struct Statement {
    std::string name, sql, label;
    bool is_prepared = false;
    Timing timing;
  };
  using Result = std::unique_ptr<PGresult, void (*)(PGresult*)>;
  struct Pending {
    Statement* statement = nullptr;  // null: a query without a name
    bool is_preparation = false;
    bool is_timed = true;
    RowFunction row{};
    std::chrono::steady_clock::time_point start{};
    Result result{nullptr, PQclear};

    std::string_view name() const {
      return statement != nullptr ? std::string_view{statement->name} : std::string_view{};
    }
  };
  struct Closing {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };

  void connect(const std::string& address, std::chrono::milliseconds wait_max);
  void configure();
  Statement& statement_for(const Query& query);
  void prepare_when_new(Statement& statement);
  void send_sync();
  std::int64_t read_all(Patience patience);
  void read_one(Pending& pending, Patience patience);
  void expect_success(const Pending& pending);
  std::int64_t note_outcome(PGresult* result);
  Result next_result(Patience patience);
  bool has_news() const;
  [[noreturn]] void lose(std::string_view what);

  std::unique_ptr<PGconn, Closing> connection_;
  Metrics& metrics_;
  std::unordered_map<std::string_view, std::unique_ptr<Statement>> statements_;
  std::vector<Pending> pending_;
  bool is_sync_due_ = false;
  std::optional<std::chrono::steady_clock::time_point> end_waits_since_;
  std::exception_ptr failure_;
  std::string last_tag_;
};

}  // namespace waymark::db::postgres
