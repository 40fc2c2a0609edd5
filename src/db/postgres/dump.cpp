#include "db/postgres/dump.hpp"

#include <fcntl.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/text.hpp"
#include "db/database.hpp"
#include "db/private_file.hpp"

extern char** environ;

namespace waymark::db::postgres {

namespace {

constexpr std::size_t kReasonBytesMax = 500;

struct Target {
  std::string connection;  // without the password
  std::string password;
};

std::string quoted(std::string_view value) {
  std::string text = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') text += '\\';
    text += c;
  }
  return text + "'";
}

Target parse(const std::string& address) {
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
      PQconninfoParse(address.c_str(), nullptr), PQconninfoFree);
  if (options == nullptr) throw DatabaseError("backup: the database's address can't be read");
  Target target;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    if (std::string_view{option->keyword} == "password") {
      target.password = option->val;
    } else {
      target.connection += fmt::format("{}={} ", option->keyword, quoted(option->val));
    }
  }
  return target;
}

std::vector<std::string> environment_with(const std::string& password) {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) variables.emplace_back(*variable);
  if (!password.empty()) variables.push_back("PGPASSWORD=" + password);
  return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

class Actions {
 public:
  explicit Actions(int errors) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_addopen(&actions_, 0, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions_, 1, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions_, errors, 2);
  }
  ~Actions() { ::posix_spawn_file_actions_destroy(&actions_); }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

std::string read_to_end(int descriptor) {
  std::string text;
  char buffer[512];
  for (ssize_t size = 0; (size = ::read(descriptor, buffer, sizeof buffer)) > 0;) {
    if (text.size() < kReasonBytesMax) text.append(buffer, static_cast<std::size_t>(size));
  }
  return text.substr(0, kReasonBytesMax);
}

}  // namespace

void dump_to(const std::string& address, const std::string& file) {
  const Target target = parse(address);
  PrivateFile copy(file);
  std::vector<std::string> arguments = {"pg_dump", "--format=custom", "--no-password", "--file=" + file,
                                        "--dbname=" + target.connection};
  auto variables = environment_with(target.password);
  int errors[2];
  if (::pipe2(errors, O_CLOEXEC) != 0) throw DatabaseError(fmt::format("backup: {}", std::strerror(errno)));
  pid_t child = 0;
  const int result = ::posix_spawnp(&child, "pg_dump", Actions(errors[1]).get(), nullptr, pointers_to(arguments).data(),
                                    pointers_to(variables).data());
  ::close(errors[1]);
  const std::string reason = result == 0 ? read_to_end(errors[0]) : std::string{std::strerror(result)};
  ::close(errors[0]);
  int status = -1;
  if (result == 0) {
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
  }
  if (status != 0) throw DatabaseError(fmt::format("backup: pg_dump: {}", trim(reason)));
  copy.keep();
}

}  // namespace waymark::db::postgres
