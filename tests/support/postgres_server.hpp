// A PostgreSQL server of the tests' own: on a free loopback port, in a temporary folder, gone with the test program
// however that ends.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>

#include "support/temporary_folder.hpp"

namespace waymark::testing {

class PostgresServer {
 public:
  // Nothing when the server's programs are not installed.
  static std::optional<std::filesystem::path> find_programs();

  // initdb and start; about a second. Throws std::runtime_error with the reason. fsync is off: what survives a killed
  // process lies in the page cache.
  explicit PostgresServer(const std::filesystem::path& programs);
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  std::string address(const std::string& database) const;  // postgres://…
  // SIGQUIT: no goodbye, no checkpoint. start() recovers.
  void kill_at_once();
  void start();

 private:
  void wait_until_it_answers() const;
  TemporaryFolder folder_;
  std::filesystem::path programs_;
  int port_ = 0;
  pid_t guardian_ = -1;
  int guardian_pipe_ = -1;
};

// The server that this program's tests share: the one that WAYMARK_TEST_POSTGRES names (postgres://…, allowed to create
// databases), otherwise one of our own. Gives the address of `database` on it; nothing where PostgreSQL is missing.
std::optional<std::string> shared_postgres(const std::string& database);

}  // namespace waymark::testing
