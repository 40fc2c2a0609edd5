#include <libpq-fe.h>

#include <stdexcept>

#include "base/text.hpp"
#include "support/bulk_table.hpp"

namespace waymark::bench {
namespace {

constexpr std::size_t kSendAt = 256 * 1024;

[[noreturn]] void fail(PGconn* connection) {
  throw std::runtime_error(std::string("PostgreSQL: ") + PQerrorMessage(connection));
}

// COPY's text format: tabs between columns, \N for null.
class PostgresTable final : public BulkTable {
 public:
  explicit PostgresTable(PGconn* connection) : connection_(connection) {}

  void integer(std::int64_t value) override { begin() += std::to_string(value); }
  void boolean(bool value) override { begin() += value ? 't' : 'f'; }
  void text(std::string_view value) override {
    begin();
    for (const char symbol : value) {
      if (symbol == '\\') {
        buffer_ += "\\\\";
      } else if (symbol == '\n') {
        buffer_ += "\\n";
      } else if (symbol == '\t') {
        buffer_ += "\\t";
      } else {
        buffer_ += symbol;
      }
    }
  }
  void bytes(std::string_view value) override { begin().append("\\\\x").append(to_hex(value)); }
  void null() override { begin() += "\\N"; }
  void end_row() override {
    buffer_ += '\n';
    is_first_ = true;
    if (buffer_.size() >= kSendAt) send();
  }
  void send() {
    if (PQputCopyData(connection_, buffer_.data(), static_cast<int>(buffer_.size())) != 1) fail(connection_);
    buffer_.clear();
  }

 private:
  std::string& begin() {
    if (!is_first_) buffer_ += '\t';
    is_first_ = false;
    return buffer_;
  }
  PGconn* connection_;
  std::string buffer_;
  bool is_first_ = true;
};

class PostgresBulk final : public BulkDatabase {
 public:
  explicit PostgresBulk(const std::string& address) : connection_(PQconnectdb(address.c_str())) {
    if (PQstatus(connection_) != CONNECTION_OK) fail(connection_);
    // No look at foreign keys, row by row: the filler knows that they hold.
    execute("SET session_replication_role = replica");
  }
  ~PostgresBulk() override { PQfinish(connection_); }
  PostgresBulk(const PostgresBulk&) = delete;
  PostgresBulk& operator=(const PostgresBulk&) = delete;

  void fill(std::string_view table, std::string_view columns, const std::function<void(BulkTable&)>& rows) override {
    run(fmt::format("COPY {} ({}) FROM STDIN", table, columns), PGRES_COPY_IN);
    PostgresTable open(connection_);
    rows(open);
    open.send();
    if (PQputCopyEnd(connection_, nullptr) != 1) fail(connection_);
    PGresult* result = PQgetResult(connection_);
    const bool is_well = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    if (!is_well) fail(connection_);
    PQclear(PQgetResult(connection_));
  }
  void execute(const std::string& sql) override { run(sql, PGRES_COMMAND_OK); }
  void finish() override { execute("VACUUM ANALYZE"); }

 private:
  void run(const std::string& sql, ExecStatusType expected) {
    PGresult* result = PQexec(connection_, sql.c_str());
    const bool is_well = PQresultStatus(result) == expected;
    PQclear(result);
    if (!is_well) fail(connection_);
  }
  PGconn* connection_;
};

}  // namespace

std::unique_ptr<BulkDatabase> open_bulk_postgres(const std::string& address) {
  return std::make_unique<PostgresBulk>(address);
}

}  // namespace waymark::bench
