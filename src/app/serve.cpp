#include "app/serve.hpp"

#include <pthread.h>
#include <signal.h>

#include "app/commands.hpp"
#include "app/control.hpp"
#include "app/data_folder.hpp"
#include "app/demo.hpp"
#include "app/features.hpp"
#include "app/foundation.hpp"
#include "app/operations.hpp"
#include "app/routes.hpp"
#include "app/version.hpp"
#include "db/migrate.hpp"
#include "features/accounts/upkeep.hpp"
#include "features/cases/intake/guardians.hpp"
#include "features/cases/intake/invite_party.hpp"
#include "features/feed/drop_folder.hpp"
#include "features/office/routes.hpp"
#include "journal/audit_chainer.hpp"
#include "journal/deliverer.hpp"
#include "platform/log.hpp"
#include "platform/scripted_outbox.hpp"
#include "platform/smtp_mailer.hpp"
#include "platform/text_gateway.hpp"
#include "web/site.hpp"

namespace waymark::app {
namespace {

// SIGTERM and SIGINT are waited for, not handled: blocked in every thread from before the first is started.
class StopSignal {
 public:
  StopSignal() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    signal(SIGPIPE, SIG_IGN);
  }
  void wait() {
    int which = 0;
    sigwait(&set_, &which);
  }

 private:
  sigset_t set_{};
};

// How messages leave: by mail server and gateway, or into the demo's outbox.
struct Senders {
  explicit Senders(const Foundation& foundation) : scripted(*foundation.clock) {
    const auto& config = foundation.config;
    if (config.demo) return;
    smtp = std::make_unique<SmtpMailer>(
        SmtpOptions{.url = config.mail_url,
                    .user = config.mail_user,
                    .password = config.mail_password,
                    .from_address = config.mail_from_address,
                    .from_name = config.mail_from_name.empty() ? foundation.catalogue.brand().agency_name
                                                               : config.mail_from_name,
                    .require_tls = config.mail_require_tls,
                    .authorities_file = config.mail_authorities_file},
        *foundation.clock);
    if (config.texts_url.empty()) return;
    gateway = std::make_unique<TextGateway>(TextGatewayOptions{.base_url = config.texts_url,
                                                               .account = config.texts_account,
                                                               .token = config.texts_token,
                                                               .from = config.texts_from,
                                                               .authorities_file = config.texts_authorities_file});
  }
  Mailer& mailer() { return smtp ? static_cast<Mailer&>(*smtp) : scripted; }
  TextSender* texts() { return smtp ? static_cast<TextSender*>(gateway.get()) : &scripted; }

  ScriptedOutbox scripted;
  std::unique_ptr<SmtpMailer> smtp;
  std::unique_ptr<TextGateway> gateway;
};

web::ServerOptions server_options(const Config& config) {
  using std::chrono::seconds;
  web::ServerOptions options;
  options.address = config.listen_address;
  options.port = static_cast<std::uint16_t>(config.listen_port);
  options.spool_folder = config.data_folder;
  options.threads = static_cast<unsigned>(config.server_threads);
  options.workers = static_cast<unsigned>(config.server_workers);
  options.waiting_requests_max = static_cast<std::size_t>(config.waiting_requests_max);
  // As many as may hash or wait for it at once, and as many again in line: some of them wait for a place among the
  // tries of one address instead.
  options.hashing_workers = static_cast<unsigned>(config.password_threads + config.password_waiting_max);
  options.waiting_hashings_max = static_cast<std::size_t>(config.password_waiting_max);
  options.head_time_max = seconds{config.head_seconds_max};
  options.idle_time_max = seconds{config.idle_seconds_max};
  options.body_bytes_per_second_min = static_cast<std::uint32_t>(config.body_bytes_per_second_min);
  options.connections_max = static_cast<std::size_t>(config.connections_max);
  options.connections_per_address_max = static_cast<std::size_t>(config.connections_per_network_max);
  options.stop_time_max = seconds{config.stop_seconds_max};
  options.trusted_proxies = config.trusted_proxies;
  options.tls_certificate_file = config.tls_certificate_file;
  options.tls_key_file = config.tls_key_file;
  return options;
}

LogLevel log_level_of(const Config& config) {
  if (config.log_level == "debug") return LogLevel::debug;
  if (config.log_level == "warning") return LogLevel::warning;
  return config.log_level == "error" ? LogLevel::error : LogLevel::info;
}

// The deliverer is built after the features that wake it.
class Waker {
 public:
  void point_at(journal::Deliverer* deliverer) { deliverer_.store(deliverer); }
  void wake() {
    if (auto* deliverer = deliverer_.load()) deliverer->wake();
  }

 private:
  std::atomic<journal::Deliverer*> deliverer_{nullptr};
};

}  // namespace

int serve(const Config& config, std::ostream& out) {
  StopSignal stop;
  set_log_level(log_level_of(config));
  const auto lock = FolderLock::try_take(config.data_folder);
  if (!lock) throw StartProblem(fmt::format("{}: another waymark serves this data folder", config.data_folder));

  Foundation foundation(config);
  db::migrate(*foundation.database, db::shipped_migrations(foundation.database->kind()));
  Senders senders(foundation);
  Waker waker;
  Features features(foundation, [&waker] { waker.wake(); });
  bring_data_up_to_date(foundation, features);
  if (config.demo) seed_demo(foundation, features);

  journal::AuditChainer chainer({.database = *foundation.database,
                                 .clock = *foundation.clock,
                                 .random = foundation.random,
                                 .metrics = foundation.metrics,
                                 .keys = foundation.keys,
                                 .outside_copy = checkpoints_file_of(config),
                                 .holder = foundation.ids.next_value()});
  chainer.start();
  // Before the deliverer, and so ended after it: what the last turn tells is sent by the next start, and no message is
  // begun while we stop.
  accounts::Upkeep upkeep(
      features.accounts,
      [&features] {
        features.notifications.sent.delete_lapsed();
        features.help.delete_lapsed();
        features.office.delete_lapsed();
        messages::delete_old_threads(features.messages);
        features.feed_door.delete_old_refusals();
        cases::end_guardians_of_grown(features.cases);
      },
      [&features] {
        features.help.write_votes();
        features.office.write_last_seen();
        cases::send_invitations(features.cases);
      });
  const notifications::Parts telling{
      .words = foundation.words,
      .brand = foundation.catalogue.brand(),
      .origin = config.origin,
      .mailer = senders.mailer(),
      .texts = senders.texts(),
      .sent = features.notifications.sent,
      .find_contact = [&](AccountId account) { return find_contact(features, foundation, account); }};
  journal::Deliverer deliverer(foundation.outbox, *foundation.database, foundation.metrics,
                               [&telling](const journal::OutboxItem& item) { notifications::deliver(telling, item); });
  waker.point_at(&deliverer);

  auto router = make_routes(features);
  if (config.demo) add_demo_routes(router, senders.scripted, dynamic_cast<MovableClock&>(*foundation.clock));
  const web::Site site(site_parts(foundation, features), std::move(router));
  web::Server server(server_options(config), site.handler(), foundation.metrics);
  const auto operations = make_operations_server(foundation);
  ControlServer control(control_socket_of(config), [&](const auto& words, std::ostream& to, std::ostream& errors) {
    return run_command(foundation, features, words, to, errors);
  });
  std::optional<feed::DropFolder> dropped;
  server.start();
  if (!config.feed_folder.empty()) dropped.emplace(features.cases, config.feed_folder);
  if (operations) operations->start();
  log(LogLevel::info, "web.started",
      {{"port", std::int64_t{server.port()}}, {"database", foundation.database->kind()}});
  if (config.demo) print_demo(foundation, features, out);

  stop.wait();
  log(LogLevel::info, "web.stopping");
  dropped.reset();
  features.feed_door.stop();
  server.stop();
  if (operations) operations->stop();
  waker.point_at(nullptr);
  log(LogLevel::info, "web.stopped");
  return 0;
}

}  // namespace waymark::app
