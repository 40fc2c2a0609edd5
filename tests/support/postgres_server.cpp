#include "support/postgres_server.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
#include <thread>

namespace waymark::testing {

namespace {

int find_free_port() {
  const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(probe, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(probe);
  return ntohs(address.sin_port);
}

// PostgreSQL refuses to run as root.
const passwd* find_server_user() {
  if (::geteuid() != 0) return nullptr;
  const passwd* user = ::getpwnam("postgres");
  return user != nullptr ? user : ::getpwnam("nobody");
}

// In a child process: becomes the program, quietly, and dies with whoever started it.
[[noreturn]] void become(std::vector<std::string> arguments, uid_t user, gid_t group) {
  if (::geteuid() == 0 && (::setgroups(0, nullptr) != 0 || ::setgid(group) != 0 || ::setuid(user) != 0)) ::_exit(126);
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
  const int nowhere = ::open("/dev/null", O_RDWR);
  for (int descriptor = 0; descriptor <= 2; ++descriptor) ::dup2(nowhere, descriptor);
  std::vector<char*> pointers;
  for (auto& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  ::execv(pointers[0], pointers.data());
  ::_exit(127);
}

int run_to_end(const std::vector<std::string>& arguments) {
  const passwd* user = find_server_user();
  const uid_t uid = user != nullptr ? user->pw_uid : ::getuid();
  const gid_t gid = user != nullptr ? user->pw_gid : ::getgid();
  const pid_t child = ::fork();
  if (child == 0) become(arguments, uid, gid);
  int status = -1;
  ::waitpid(child, &status, 0);
  return status;
}

// Runs the server until the other end of `watched` closes, which the kernel sees to however its owner dies.
[[noreturn]] void guard(const std::vector<std::string>& arguments, int watched, const std::filesystem::path& folder) {
  ::setsid();
  const passwd* user = find_server_user();
  const uid_t uid = user != nullptr ? user->pw_uid : ::getuid();
  const gid_t gid = user != nullptr ? user->pw_gid : ::getgid();
  const pid_t server = ::fork();
  if (server == 0) become(arguments, uid, gid);
  char word = 'x';
  const ssize_t size = ::read(watched, &word, 1);
  ::kill(server, SIGQUIT);
  ::waitpid(server, nullptr, 0);
  // Closed without a word: the owner is gone and nobody else cleans up.
  if (size == 0) {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  ::_exit(0);
}

}  // namespace

std::optional<std::filesystem::path> PostgresServer::find_programs() {
  for (const char* version : {"18", "17", "16", "15"}) {
    const std::filesystem::path programs = std::filesystem::path("/usr/lib/postgresql") / version / "bin";
    if (std::filesystem::exists(programs / "postgres") && std::filesystem::exists(programs / "initdb")) return programs;
  }
  return std::nullopt;
}

PostgresServer::PostgresServer(const std::filesystem::path& programs) : programs_(programs) {
  if (const passwd* user = find_server_user(); user != nullptr) {
    if (::chown(folder_.path().c_str(), user->pw_uid, user->pw_gid) != 0) throw std::runtime_error("chown failed");
  }
  const auto data = (folder_.path() / "data").string();
  if (run_to_end({(programs_ / "initdb").string(), "-D", data, "-U", "waymark", "--auth=trust", "--encoding=UTF8",
                  "--locale=C.UTF-8", "--no-sync", "--no-instructions"}) != 0) {
    throw std::runtime_error("initdb failed");
  }
  port_ = find_free_port();
  start();
}

PostgresServer::~PostgresServer() { kill_at_once(); }

std::string PostgresServer::address(const std::string& database) const {
  return fmt::format("postgres://waymark@127.0.0.1:{}/{}", port_, database);
}

void PostgresServer::start() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe failed");
  const std::vector<std::string> arguments = {(programs_ / "postgres").string(),
                                              "-D",
                                              (folder_.path() / "data").string(),
                                              "-k",
                                              folder_.path().string(),
                                              "-h",
                                              "127.0.0.1",
                                              "-p",
                                              std::to_string(port_),
                                              "-c",
                                              "fsync=off",
                                              "-c",
                                              "full_page_writes=off",
                                              "-c",
                                              "max_connections=200",
                                              "-c",
                                              "shared_buffers=64MB",
                                              "-c",
                                              "log_min_messages=panic"};
  guardian_ = ::fork();
  if (guardian_ == 0) {
    ::close(ends[1]);
    guard(arguments, ends[0], folder_.path());
  }
  ::close(ends[0]);
  guardian_pipe_ = ends[1];
  wait_until_it_answers();
}

void PostgresServer::kill_at_once() {
  if (guardian_ < 0) return;
  const char word = 'q';
  if (::write(guardian_pipe_, &word, 1) != 1) ::kill(guardian_, SIGKILL);
  ::close(guardian_pipe_);
  ::waitpid(guardian_, nullptr, 0);
  guardian_ = -1;
}

void PostgresServer::wait_until_it_answers() const {
  const std::string target = address("postgres");
  for (int attempt = 0; attempt < 1000; ++attempt) {
    if (PQping(target.c_str()) == PQPING_OK) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  throw std::runtime_error("the test server does not answer");
}

std::optional<std::string> shared_postgres(const std::string& database) {
  if (const char* given = std::getenv("WAYMARK_TEST_POSTGRES"); given != nullptr && *given != '\0') {
    const std::string address = given;
    const auto slash = address.rfind('/');
    return address.substr(0, slash + 1) + database;
  }
  static const auto programs = PostgresServer::find_programs();
  if (!programs) return std::nullopt;
  static PostgresServer server(*programs);
  return server.address(database);
}

}  // namespace waymark::testing
