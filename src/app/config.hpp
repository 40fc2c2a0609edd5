// The configuration: one TOML file, and WAYMARK_… variables over it. Each setting is declared once (config.cpp) with
// its meaning, unit, default and bounds; `waymark config --explain` prints that table.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waymark::app {

struct Config {
  // server
  std::string origin = "http://localhost:8080";
  std::string listen_address = "127.0.0.1";
  std::int64_t listen_port = 8080;
  std::int64_t server_threads = 2;
  std::int64_t server_workers = 32;
  std::int64_t waiting_requests_max = 1024;
  std::int64_t connections_max = 10'000;
  std::int64_t connections_per_network_max = 256;
  std::int64_t head_seconds_max = 10;
  std::int64_t idle_seconds_max = 60;
  std::int64_t body_bytes_per_second_min = 500;
  std::int64_t stop_seconds_max = 8;
  std::vector<std::string> trusted_proxies{};
  std::string tls_certificate_file{};
  std::string tls_key_file{};
  // operations
  std::string operations_address = "127.0.0.1";
  std::int64_t operations_port = 0;
  std::string log_level = "info";
  // data
  std::string data_folder = "waymark-data";
  std::string database = "sqlite";
  std::int64_t database_connections_max = 16;
  std::int64_t database_wait_ms_max = 2000;
  std::int64_t node_number = 0;
  std::string keys_file{};
  std::string audit_checkpoints_file{};
  // catalogue
  std::string catalogue_folder{};
  bool pseudo_locales = false;
  // mail and texts
  std::string mail_url{};
  std::string mail_user{};
  std::string mail_password{};
  std::string mail_from_address{};
  std::string mail_from_name{};
  std::string mail_authorities_file{};
  bool mail_require_tls = true;
  std::string texts_url{};
  std::string texts_account{};
  std::string texts_token{};
  std::string texts_from{};
  std::string texts_authorities_file{};
  // security
  std::string security_contact{};
  std::string security_policy{};
  // passwords
  std::int64_t password_memory_kib = 19 * 1024;
  std::int64_t password_passes = 2;
  std::int64_t password_threads = 1;
  std::int64_t password_waiting_max = 16;  // each on a thread of the pool for what hashes
  std::int64_t password_wait_ms_max = 900;
  std::string password_breached_file{};
  // network
  std::string network_places_file{};
  // feed
  std::string feed_folder{};  // empty: none
  // demo
  bool demo = false;
  bool demo_beyond_loopback = false;
};

// Everything wrong with the file and the variables, found at once.
struct ReadConfig {
  Config config;
  std::vector<std::string> problems;  // "waymark.toml:12: server.prot: no such setting; did you mean server.port?"
  bool are_understood = true;  // every setting is one of ours with a good value; what is missing may still be missing
};
// `file_text` is none when there is no file. Variables: all of the environment; only WAYMARK_… count, of those
// WAYMARK_TEST_… don't.
ReadConfig read_config(std::string_view file_name, std::optional<std::string_view> file_text,
                       const std::map<std::string, std::string>& variables);
// What single settings can't say: TLS needs both files, the demo stands beside no real mail, https unless loopback …
std::vector<std::string> find_contradictions(const Config& config);

// The table that `waymark config --explain` prints: every setting, variable, unit, bounds, default, meaning; with the
// value now in force where it differs. Secrets are shown as "(set)".
std::string explain_config(const Config& config);

bool is_loopback(std::string_view host);

}  // namespace waymark::app
