// Commands beside a running server. The server listens on DIR/control.sock (0600); a command that finds the folder's
// lock taken sends its words there and shows what comes back. So one process alone touches the embedded database.
//
// The exchange: the client sends one JSON array of words and a line feed; the server answers lines that begin with "o"
// (for standard output) or "e" (for standard error), and last "x" and the exit status.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

namespace waymark::app {

// Runs the words (["feed", "import", "/path/file.ndjson"]) and gives the exit status.
using CommandRunner =
    std::function<int(const std::vector<std::string>& words, std::ostream& out, std::ostream& errors)>;

class ControlServer {
 public:
  // Answers one client at a time, on a thread of its own; the runner is called there.
  ControlServer(std::filesystem::path socket, CommandRunner run);
  ~ControlServer();  // waits for the command in hand, removes the socket

 private:
  void serve();
  void answer(int client);
  std::filesystem::path socket_;
  CommandRunner run_;
  int listener_ = -1;
  int wake_[2] = {-1, -1};
  std::thread thread_;
};

// The exit status of the command; throws std::runtime_error when nobody answers at the socket.
int run_in_server(const std::filesystem::path& socket, const std::vector<std::string>& words, std::ostream& out,
                  std::ostream& errors);

}  // namespace waymark::app
