#include "app/settings.hpp"

namespace waymark::app {

namespace {

constexpr std::int64_t kPortMax = 65535;

}  // namespace

const std::vector<Setting>& settings() {
  static const std::vector<Setting> table{
      {"server.origin", &Config::origin, "",
       "The one address people use; links in mails carry it. https, or http on localhost"},
      {"server.address", &Config::listen_address, "", "Address to listen on"},
      {"server.port", &Config::listen_port, "", "Port to listen on; 0 takes any free one", 0, kPortMax},
      {"server.threads", &Config::server_threads, "threads", "Threads that hold sockets, each with a listener", 1, 256},
      {"server.workers", &Config::server_workers, "threads", "Threads for requests that may wait", 1, 1024},
      {"server.waiting_requests_max", &Config::waiting_requests_max, "requests",
       "Waiting for a worker; past that 503 at once", 1, 1'000'000},
      {"server.connections_max", &Config::connections_max, "connections", "Open at once, in all", 1, 1'000'000},
      {"server.connections_per_network_max", &Config::connections_per_network_max, "connections",
       "Open at once from one IPv4 address or IPv6 /64", 1, 1'000'000},
      {"server.head_seconds_max", &Config::head_seconds_max, "s", "For a request's head to arrive", 1, 300},
      {"server.idle_seconds_max", &Config::idle_seconds_max, "s", "A connection without a request is closed", 1, 3600},
      {"server.body_bytes_per_second_min", &Config::body_bytes_per_second_min, "bytes/s", "A slower body is cut off", 1,
       1'000'000},
      {"server.stop_seconds_max", &Config::stop_seconds_max, "s", "For running requests to finish at a stop", 1, 60},
      {"server.trusted_proxies", &Config::trusted_proxies, "addresses or ranges", "Whose X-Forwarded-For counts"},
      {"server.tls_certificate_file", &Config::tls_certificate_file, "", "PEM chain; serve TLS ourselves"},
      {"server.tls_key_file", &Config::tls_key_file, "", "PEM key of that certificate"},
      {"operations.address", &Config::operations_address, "", "Listener of /healthz, /readyz, /metrics"},
      {"operations.port", &Config::operations_port, "", "Its port; 0: no such listener", 0, kPortMax},
      {"operations.log_level", &Config::log_level, "", "debug, info, warning or error"},
      {"data.folder", &Config::data_folder, "", "The embedded database, keys, lock and control socket"},
      {"data.database", &Config::database, "", "\"sqlite\", or postgres://user:password@host:port/name", 0, 0, true},
      {"data.connections_max", &Config::database_connections_max, "connections", "To PostgreSQL; readers of SQLite", 2,
       500},
      {"data.wait_ms_max", &Config::database_wait_ms_max, "ms", "For a free connection; past that 503", 1, 60'000},
      {"data.node_number", &Config::node_number, "", "Different for each server on one PostgreSQL database", 0, 1023},
      {"data.keys_file", &Config::keys_file, "", "The secret keys; default: keys in the data folder"},
      {"audit.checkpoints_file", &Config::audit_checkpoints_file, "",
       "Copy of the audit trail's signed checkpoints; default: audit-checkpoints.jsonl in the data folder"},
      {"catalogue.folder", &Config::catalogue_folder, "",
       "Your brand.json, places.json, forms/*.json over the shipped ones"},
      {"catalogue.pseudo_locales", &Config::pseudo_locales, "",
       "Offer the made-up languages en-XA and en-XB, to test pages"},
      {"mail.url", &Config::mail_url, "", "smtp://host:port or smtps://host:port"},
      {"mail.user", &Config::mail_user, "", "SMTP user"},
      {"mail.password", &Config::mail_password, "", "SMTP password", 0, 0, true},
      {"mail.from_address", &Config::mail_from_address, "", "Sender of every mail"},
      {"mail.from_name", &Config::mail_from_name, "", "Sender's name; default: the agency's"},
      {"mail.authorities_file", &Config::mail_authorities_file, "",
       "PEM file of authorities that vouch for the mail server; default: the system's"},
      {"mail.require_tls", &Config::mail_require_tls, "", "Refuse a mail server without TLS"},
      {"texts.url", &Config::texts_url, "", "Gateway in Twilio's form: https://host, without a path"},
      {"texts.account", &Config::texts_account, "", "Account at the gateway"},
      {"texts.token", &Config::texts_token, "", "Its token", 0, 0, true},
      {"texts.from", &Config::texts_from, "", "Sender's number (E.164)"},
      {"texts.authorities_file", &Config::texts_authorities_file, "",
       "PEM file of authorities that vouch for the gateway; default: the system's"},
      {"security.contact", &Config::security_contact, "",
       "Where weaknesses are reported (security.txt): mailto:… or https://…; default: the agency's email"},
      {"security.policy", &Config::security_policy, "",
       "Page about reporting them: https://…; default: our own page /security"},
      {"network.places_file", &Config::network_places_file, "", "City file in MaxMind's format: rough places"},
      {"passwords.breached_file", &Config::password_breached_file, "",
       "List of stolen passwords that nobody may choose"},
      {"feed.folder", &Config::feed_folder, "", "Feed files (*.ndjson) dropped here are taken in"},
      {"passwords.memory_kib", &Config::password_memory_kib, "KiB", "Argon2id memory a hash", 8 * 1024,
       4 * 1024 * 1024},
      {"passwords.passes", &Config::password_passes, "passes", "Argon2id passes", 1, 100},
      {"passwords.threads", &Config::password_threads, "threads", "Hashes at once", 1, 64},
      {"passwords.waiting_max", &Config::password_waiting_max, "sign-ins", "Waiting for a hash; then 503", 1, 10'000},
      {"passwords.wait_ms_max", &Config::password_wait_ms_max, "ms", "Longest wait for one; then 503", 1, 60'000},
      {"demo.enabled", &Config::demo, "", "The fictional agency, its people, and an outbox page instead of mail"},
      {"demo.beyond_loopback", &Config::demo_beyond_loopback, "",
       "Let the demo listen on other than the loopback address"},
  };
  return table;
}

}  // namespace waymark::app
