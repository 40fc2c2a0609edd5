// What every command stands on: configuration, clock, keys, catalogue, database. Built in this order, taken down in the
// opposite one. Serving (app/serve) puts the features and the sockets on top.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/config.hpp"
#include "catalogue/catalogue.hpp"
#include "catalogue/words.hpp"
#include "db/database.hpp"
#include "journal/outbox.hpp"
#include "platform/clock.hpp"
#include "platform/ids.hpp"
#include "platform/keys.hpp"
#include "platform/metrics.hpp"
#include "platform/random.hpp"
#include "platform/sealer.hpp"

namespace waymark::app {

// Something the operator can mend: the message is shown as it is, without a stack.
class StartProblem : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Foundation {
 public:
  // Throws StartProblem. In the demo missing keys are made; elsewhere `waymark keys init` does that.
  explicit Foundation(Config config);

  const Config config;
  const std::unique_ptr<Clock> clock;  // a MovableClock in the demo
  SystemRandom random;
  IdSource ids;
  Metrics metrics;
  const KeyRing keys;
  const Sealer sealer;
  const catalogue::Catalogue catalogue;
  const catalogue::Words words;
  const std::unique_ptr<db::Database> database;
  const journal::Outbox outbox;

  std::string_view origin() const { return config.origin; }
};

std::filesystem::path keys_file_of(const Config& config);
std::filesystem::path database_file_of(const Config& config);
std::filesystem::path control_socket_of(const Config& config);
std::filesystem::path checkpoints_file_of(const Config& config);

// The catalogue that this configuration sees: the shipped forms, the demo's brand in the demo, and the agency's own
// folder over both. Throws StartProblem that lists every problem with file, line and reason.
catalogue::Catalogue load_catalogue(const Config& config);
std::unique_ptr<db::Database> open_database(const Config& config, Metrics& metrics);

}  // namespace waymark::app
