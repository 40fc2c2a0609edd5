#include "app/command_line.hpp"

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

#include "app/backup.hpp"
#include "app/config.hpp"
#include "app/feed_send.hpp"
#include "app/local_commands.hpp"
#include "app/serve.hpp"
#include "app/version.hpp"

extern char** environ;

namespace waymark::app {
namespace {

struct Options {
  std::string config_file;
  std::optional<std::string> data_folder;
  std::optional<std::string> database;
  std::optional<std::int64_t> port;
  bool demo = false;
};

ReadConfig read_settings(const Options& options) {
  std::optional<std::string> text;
  if (!options.config_file.empty()) {
    std::ifstream in(options.config_file, std::ios::binary);
    if (!in) throw StartProblem(options.config_file + ": can't be read");
    text.emplace(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  std::map<std::string, std::string> variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view pair(*entry);
    if (const auto equals = pair.find('='); equals != pair.npos)
      variables.emplace(pair.substr(0, equals), pair.substr(equals + 1));
  }
  // Options of the command line win over file and variables: they go in as the variables of their settings.
  const auto put = [&](const char* variable, const std::optional<std::string>& value) {
    if (value) variables[variable] = *value;
  };
  put("WAYMARK_DATA_FOLDER", options.data_folder);
  put("WAYMARK_DATA_DATABASE", options.database);
  if (options.demo) put("WAYMARK_DEMO_ENABLED", "true");
  if (options.port) {
    put("WAYMARK_SERVER_PORT", std::to_string(*options.port));
    if (options.demo) put("WAYMARK_SERVER_ORIGIN", fmt::format("http://localhost:{}", *options.port));
  }
  return read_config(options.config_file, text, variables);
}

// Builds the words of CLI11 and remembers, in `chosen`, what to run once they are read.
class Grammar {
 public:
  using Action = std::function<int(const ReadConfig&, std::ostream&, std::ostream&)>;

  Grammar()
      : cli_(
            "waymark: the online account through which people follow their immigration cases.\n"
            "Begin with the demo: waymark serve --demo --data /tmp/demo, then open http://localhost:8080.\n"
            "For an agency: waymark config --explain, waymark keys init, waymark migrate, waymark serve.") {
    cli_.set_version_flag("--version", "waymark " + std::string(kVersion));
    cli_.add_option("--config", options_.config_file, "The TOML file with the settings (waymark config --explain)");
    cli_.add_option("--data", options_.data_folder, "The data folder, over the setting data.folder");
    cli_.add_option("--database", options_.database, "\"sqlite\" or postgres://…, over the setting data.database");
    cli_.add_flag("--demo", options_.demo, "The demo agency, its people and an outbox page; nothing is sent");
    cli_.require_subcommand(1);
    cli_.fallthrough();
    cli_.footer("Commands beside serve run while the server runs: they find it through the data folder.");
    add_serving();
    add_beside();
    add_keys();
  }

  int parse(int argc, const char* const* argv, std::ostream& out, std::ostream& errors) {
    try {
      cli_.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return cli_.exit(error, out, errors);
    }
    return chosen_(read_settings(options_), out, errors);
  }

 private:
  // A command that wants its settings good and whole.
  CLI::App* add(CLI::App& parent, const char* name, const char* meaning,
                std::function<int(const Config&, std::ostream&)> action) {
    return add_lenient(parent, name, meaning,
                       [action = std::move(action)](const ReadConfig& read, std::ostream& out, std::ostream&) {
                         return action(checked(read), out);
                       });
  }
  CLI::App* add_lenient(CLI::App& parent, const char* name, const char* meaning, Action action) {
    auto* command = parent.add_subcommand(name, meaning);
    command->callback([this, action = std::move(action)] { chosen_ = action; });
    return command;
  }
  CLI::App* group(const char* name, const char* meaning) {
    auto* command = cli_.add_subcommand(name, meaning);
    command->require_subcommand(1);
    return command;
  }
  // A command that runs in the server when there is one; its one argument, if any, is `argument_`.
  CLI::App* add_beside(CLI::App& parent, const char* name, const char* meaning, std::vector<std::string> words,
                       bool is_path) {
    return add_lenient(parent, name, meaning,
                       [this, words, is_path](const ReadConfig& read, std::ostream& out, std::ostream& errors) {
                         auto all = words;
                         if (!argument_.empty())
                           all.push_back(is_path ? std::filesystem::absolute(argument_).string() : argument_);
                         if (!operator_.empty()) all.push_back(operator_);
                         return run_beside(read, all, out, errors);
                       });
  }

  void add_serving() {
    auto* serve_command = add(cli_, "serve", "Serve people (and, with --demo, the fictional agency)",
                              [](const Config& config, std::ostream& out) { return serve(config, out); });
    serve_command->add_option("--port", options_.port, "Over the setting server.port");
    add(cli_, "migrate", "Bring the database's tables up to date",
        [](const Config& config, std::ostream& out) { return migrate_database(config, out); });
    auto* config_command = add_lenient(
        cli_, "config", "Check the settings", [this](const ReadConfig& read, std::ostream& out, std::ostream&) {
          out << (is_explaining_ ? explain_config(read.config) : std::string());
          checked(read);
          out << (is_explaining_ ? "" : "The settings are good. See them with waymark config --explain.\n");
          return 0;
        });
    config_command->add_flag("--explain", is_explaining_, "Show every setting with meaning, unit, bounds and default");
  }

  void add_beside() {
    auto* feed = group("feed", "The agency's feed");
    add_beside(*feed, "import", "Take in a feed file (docs/feed.md); refused rows are listed, the others go in",
               {"feed", "import"}, true)
        ->add_option("FILE", argument_, "NDJSON, a record a line")
        ->required()
        ->check(CLI::ExistingFile);
    add_feed_keys(*feed);
    add_feed_send(*feed);
    auto* letters = group("letters", "Letters with new access codes");
    add_beside(*letters, "export", "Write the letters that wait to be posted, one file each", {"letters", "export"},
               true)
        ->add_option("DIR", argument_, "A folder for the letters")
        ->required();
    auto* account = group("account", "Help a person with their account");
    for (const char* act : {"unlock", "lock"}) {
      add_beside(*account, act,
                 act == std::string_view("lock") ? "End every session and let nobody in, until unlocked"
                                                 : "Let a locked account sign in again, and forget its failed tries",
                 {"account", act}, false)
          ->add_option("EMAIL", argument_, "The account's address")
          ->required();
    }
    auto* reset = add_beside(*account, "reset-second-factor",
                             "Vouch for a person who lost every second factor; two operators have to",
                             {"account", "reset-second-factor"}, false);
    reset->add_option("EMAIL", argument_, "The account's address")->required();
    reset->add_option("--operator", operator_, "Who vouches: a short name, kept in the audit trail")->required();
    auto* office = group("office", "The office and its officers");
    auto* invite = add_lenient(
        *office, "invite-admin", "Print the one-time link by which somebody becomes the office's administrator",
        [this](const ReadConfig& read, std::ostream& out, std::ostream& errors) {
          std::vector<std::string> words{"office", "invite-admin", argument_, officer_name_, officer_unit_};
          if (even_so_) words.emplace_back("even-so");
          return run_beside(read, words, out, errors);
        });
    invite->add_option("EMAIL", argument_, "Their address")->required();
    invite->add_option("--name", officer_name_, "Their name; only the office sees it")->required();
    invite->add_option("--unit", officer_unit_, "Where they work; people see it")->required();
    invite->add_flag("--even-so", even_so_, "Though there is an administrator: all of them lost their keys");
    auto* outbox = group("outbox", "What must be told to people");
    add_beside(*outbox, "dead", "List what could not be delivered", {"outbox", "dead"}, false);
    auto* audit = group("audit", "The record of who did what");
    add_beside(*audit, "verify", "Find what was changed, removed, moved, put in or cut off in it", {"audit", "verify"},
               false);
    add_beside(cli_, "backup", "Copy the database into DIR, beside the running server", {"backup"}, true)
        ->add_option("DIR", argument_, "A new or empty folder")
        ->required();
    add(cli_, "restore", "Bring a backup into an installation without data",
        [this](const Config& config, std::ostream& out) {
          const auto lock = lock_or_explain(config);
          restore(config, argument_, out);
          return 0;
        })
        ->add_option("DIR", argument_, "The backup's folder")
        ->required()
        ->check(CLI::ExistingDirectory);
  }

  void add_feed_keys(CLI::App& feed) {
    auto* keys = feed.add_subcommand("key", "The keys with which the agency's own systems send batches over HTTP");
    keys->require_subcommand(1);
    auto* issue = add_lenient(
        *keys, "issue", "Make a key; it is printed once",
        [this](const ReadConfig& read, std::ostream& out, std::ostream& errors) {
          return run_beside(read, {"feed", "key", "issue", argument_, prefixes_, std::to_string(days_)}, out, errors);
        });
    issue->add_option("NAME", argument_, "The system that will use it")->required();
    issue->add_option("--prefixes", prefixes_, "Only receipt numbers that begin with these, commas between");
    issue->add_option("--days", days_, "How long it is good; at most 365");
    add_beside(*keys, "list", "List the keys, without their secrets", {"feed", "key", "list"}, false);
    add_beside(*keys, "rotate", "Make a new secret; the one before goes on for a day", {"feed", "key", "rotate"}, false)
        ->add_option("ID", argument_, "The key's number, as list shows it")
        ->required();
    add_beside(*keys, "revoke", "End a key at once", {"feed", "key", "revoke"}, false)
        ->add_option("ID", argument_, "The key's number, as list shows it")
        ->required();
  }

  void add_feed_send(CLI::App& feed) {
    auto* send = add_lenient(feed, "send", "Send a feed file to an installation over HTTP, from anywhere",
                             [this](const ReadConfig&, std::ostream& out, std::ostream& errors) {
                               send_.file = argument_;
                               return send_feed(send_, out, errors);
                             });
    send->add_option("FILE", argument_, "NDJSON, a record a line")->required()->check(CLI::ExistingFile);
    send->add_option("--to", send_.to, "The installation's address: https://account.agency.example")->required();
    send->add_option("--key-file", send_.key_file, "A file whose first line is the key")
        ->required()
        ->check(CLI::ExistingFile);
    send->add_option("--idempotency-key", send_.idempotency_key, "Your name for the batch; the file's hash otherwise");
    send->add_option("--authorities", send_.authorities_file, "PEM: certificates trusted instead of the system's");
  }

  void add_keys() {
    auto* keys = group("keys", "The keys that seal what is sensitive");
    add_lenient(*keys, "init", "Make the keys of a new installation",
                [](const ReadConfig& read, std::ostream& out, std::ostream&) {
                  return init_keys(read.are_understood ? read.config : checked(read), out);
                });
    add(*keys, "rotate", "Make a new root key and seal everything anew; the server must be stopped",
        [](const Config& config, std::ostream& out) { return rotate_keys(config, out); });
    add_beside(*keys, "check", "Try whether the keys open everything that is sealed", {"keys", "check"}, false);
  }

  CLI::App cli_;
  Options options_;
  std::string argument_;
  std::string operator_;
  std::string prefixes_;
  int days_ = 365;
  FeedSend send_;
  std::string officer_name_, officer_unit_;
  bool even_so_ = false;
  bool is_explaining_ = false;
  Action chosen_;
};

}  // namespace

int run_command_line(int argc, const char* const* argv, std::ostream& out, std::ostream& errors) {
  try {
    return Grammar().parse(argc, argv, out, errors);
  } catch (const std::exception& error) {
    errors << "waymark: " << error.what() << "\n";
    return 2;
  }
}

}  // namespace waymark::app
