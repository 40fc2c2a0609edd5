// kill -9 under load: nothing acknowledged is lost, and no half of a unit stays. The writer is this program again, in a
// process of its own, that reports each acknowledged id through a pipe.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <set>
#include <thread>

#include "platform/clock.hpp"
#include "platform/random.hpp"
#include "support/databases.hpp"
#include "support/postgres_server.hpp"

extern char** environ;

namespace waymark::db {
namespace {

using std::chrono::milliseconds;

constexpr int kKills = 50;
constexpr std::int64_t kIdsARound = 10'000'000;
constexpr const char* kTarget = "WAYMARK_TEST_KILL_TARGET";  // "sqlite:FILE" or an address
constexpr const char* kFirstId = "WAYMARK_TEST_KILL_FIRST_ID";
constexpr int kPipe = 3;  // the descriptor that the child reports through

constexpr Query kTables[] = {{"", "CREATE TABLE IF NOT EXISTS one (id BIGINT PRIMARY KEY)"},
                             {"", "CREATE TABLE IF NOT EXISTS two (id BIGINT PRIMARY KEY)"}};
constexpr Query kInsertOne{"test.one", "INSERT INTO one (id) VALUES ($1)"};
constexpr Query kInsertTwo{"test.two", "INSERT INTO two (id) VALUES ($1)"};
constexpr Query kIds{"test.ids", "SELECT id FROM one"};
constexpr Query kHalves{"test.halves",
                        "SELECT id FROM one WHERE id NOT IN (SELECT id FROM two) "
                        "UNION ALL SELECT id FROM two WHERE id NOT IN (SELECT id FROM one)"};

std::unique_ptr<Database> open(const std::string& target, Metrics& metrics) {
  if (target.starts_with("sqlite:")) return open_sqlite({.file = target.substr(7)}, metrics);
  return open_postgres({.address = target, .wait_max = milliseconds(10'000)}, metrics);
}

// Not a test: what the child process runs.
TEST(KilledWriter, DISABLED_Writes) {
  const char* target = std::getenv(kTarget);
  if (target == nullptr) GTEST_SKIP();
  Metrics metrics;
  const auto database = open(target, metrics);
  std::atomic<std::int64_t> next_id{std::atoll(std::getenv(kFirstId))};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      try {
        for (;;) {
          const std::int64_t id = ++next_id;
          database->write([&](Transaction& tx) {
            tx.run(kInsertOne, {id});
            tx.run(kInsertTwo, {id});
          });
          if (::write(kPipe, &id, sizeof id) != sizeof id) return;
        }
      } catch (const DatabaseError&) {
        return;  // the server was killed: what is not reported was not promised
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

class WriterProcess {
 public:
  WriterProcess(const std::string& target, std::int64_t first_id) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe failed");
    reading_ = ends[0];
    std::vector<std::string> variables = {fmt::format("{}={}", kTarget, target),
                                          fmt::format("{}={}", kFirstId, first_id)};
    for (char** variable = environ; *variable != nullptr; ++variable) {
      // The child runs its one test whatever part of the tests its parent was given.
      if (!std::string_view(*variable).starts_with("GTEST_")) variables.emplace_back(*variable);
    }
    std::vector<std::string> arguments = {"writer", "--gtest_filter=KilledWriter.DISABLED_Writes",
                                          "--gtest_also_run_disabled_tests"};
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], kPipe);
    const int result = ::posix_spawn(&child_, "/proc/self/exe", &actions, nullptr, pointers_to(arguments).data(),
                                     pointers_to(variables).data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (result != 0) throw std::runtime_error("no writer process");
  }
  ~WriterProcess() {
    kill();
    ::close(reading_);
  }

  // Gathers what is acknowledged until `time` has passed since the first.
  void run_for(milliseconds time) {
    read_within(milliseconds(20'000));
    const auto end = SystemClock{}.steady() + time;
    for (auto left = time; left.count() > 0;
         left = std::chrono::duration_cast<milliseconds>(end - SystemClock{}.steady())) {
      if (!read_within(left)) return;
    }
  }
  void kill() {
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
    child_ = 0;
    while (read_within(milliseconds(1000))) {
    }
  }
  const std::vector<std::int64_t>& acknowledged() const { return acknowledged_; }

 private:
  static std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (auto& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
  }
  // False when nothing came, or nothing more will.
  bool read_within(milliseconds time) {
    pollfd watched{.fd = reading_, .events = POLLIN, .revents = 0};
    if (::poll(&watched, 1, static_cast<int>(time.count())) <= 0) return false;
    std::int64_t ids[512];
    const ssize_t size = ::read(reading_, ids, sizeof ids);
    if (size <= 0) return false;
    acknowledged_.insert(acknowledged_.end(), ids, ids + static_cast<std::size_t>(size) / sizeof ids[0]);
    return true;
  }

  pid_t child_ = 0;
  int reading_ = -1;
  std::vector<std::int64_t> acknowledged_;
};

void make_tables(const std::string& target) {
  Metrics metrics;
  open(target, metrics)->write([](Transaction& tx) {
    for (const Query& table : kTables) tx.run(table, {});
  });
}

// Starts the database anew and looks for what this round had acknowledged.
void expect_kept(const std::string& target, const std::vector<std::int64_t>& acknowledged) {
  Metrics metrics;
  const auto database = open(target, metrics);
  const auto found = database->snapshot()->list(kIds, {}, [](const Row& row) { return row.integer(0); });
  const std::set<std::int64_t> there(found.begin(), found.end());
  for (const auto id : acknowledged) ASSERT_TRUE(there.contains(id)) << id;
  ASSERT_FALSE(database->snapshot()->has(kHalves, {}));
  // So that each round looks at its own.
  database->write([](Transaction& tx) {
    tx.run({"test.clear_one", "DELETE FROM one"}, {});
    tx.run({"test.clear_two", "DELETE FROM two"}, {});
  });
}

TEST(KilledProcess, LosesNothingAcknowledgedOnSqlite) {
  const TemporaryFolder folder;
  const std::string target = "sqlite:" + (folder.path() / "kept.db").string();
  make_tables(target);
  SeededRandom random(9);
  std::size_t acknowledged = 0;
  for (int round = 0; round < kKills; ++round) {
    WriterProcess writer(target, round * kIdsARound);
    writer.run_for(milliseconds(random.below(150)));
    writer.kill();
    ASSERT_NO_FATAL_FAILURE(expect_kept(target, writer.acknowledged())) << "round " << round;
    acknowledged += writer.acknowledged().size();
  }
  EXPECT_GT(acknowledged, static_cast<std::size_t>(kKills));
}

TEST(KilledProcess, LosesNothingAcknowledgedOnPostgresWhoeverIsKilled) {
  const auto programs = waymark::testing::PostgresServer::find_programs();
  if (!programs) {
    const char* required = std::getenv("WAYMARK_TEST_REQUIRE_ALL");
    if (required != nullptr && std::string_view{required} == "1") FAIL() << "PostgreSQL's programs are not installed";
    GTEST_SKIP() << "PostgreSQL's programs are not installed";
  }
  waymark::testing::PostgresServer server(*programs);
  const std::string target = server.address("postgres");
  make_tables(target);
  SeededRandom random(9);
  std::size_t acknowledged = 0;
  for (int round = 0; round < kKills; ++round) {
    WriterProcess writer(target, round * kIdsARound);
    writer.run_for(milliseconds(random.below(150)));
    if (round % 2 == 0) server.kill_at_once();
    writer.kill();
    if (round % 2 == 0) server.start();
    ASSERT_NO_FATAL_FAILURE(expect_kept(target, writer.acknowledged())) << "round " << round;
    acknowledged += writer.acknowledged().size();
  }
  EXPECT_GT(acknowledged, static_cast<std::size_t>(kKills));
}

}  // namespace
}  // namespace waymark::db
