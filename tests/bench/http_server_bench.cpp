// Serves one page of 20 KB from an inline handler, to measure what a request costs the server alone. Prints the port,
// and at SIGINT or SIGTERM the CPU time and the requests:
//   http_server_bench [THREADS] & wrk -t1 -c64 -d10s http://127.0.0.1:PORT/
// With a SQLite database and a file, the file is the page, and the dashboard's reads are done bare before each answer:
// what a dashboard would cost if its page were made of nothing.
//   http_server_bench 1 FOLDER FILE
#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "platform/keys.hpp"
#include "platform/metrics.hpp"
#include "support/bare_reads.hpp"
#include "web/cookies.hpp"
#include "web/server.hpp"

namespace {

constexpr std::size_t kPageBytes = 20 * 1024;

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

int main(int argc, char** argv) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  namespace web = waymark::web;
  std::atomic<std::uint64_t> requests{0};
  std::string page(kPageBytes, 'x');
  std::optional<waymark::bench::SqliteReads> reads;
  if (argc > 3) {
    reads.emplace(std::filesystem::path(argv[2]) / "waymark.sqlite");
    std::ifstream file(argv[3], std::ios::binary);
    page.assign(std::istreambuf_iterator<char>(file), {});
  }
  web::ServerOptions options;
  options.threads = argc > 1 ? static_cast<unsigned>(std::atoi(argv[1])) : 1;
  options.workers = 1;
  web::RequestHandler handler;
  handler.plan = [](web::Method, std::string_view) { return web::RequestHandler::Plan{web::Place::inline_, 0}; };
  handler.handle = [&](web::Request& request) {
    if (reads) reads->read(waymark::sha256(request.cookie(web::kSessionCookie).value_or("")));
    requests.fetch_add(1, std::memory_order_relaxed);
    web::Response response;
    response.fixed_body = page;
    response.headers.emplace_back("x-content-type-options", "nosniff");
    return response;
  };
  waymark::Metrics metrics;
  web::Server server(options, handler, metrics);
  server.start();
  std::printf("http://127.0.0.1:%u/\n", static_cast<unsigned>(server.port()));
  std::fflush(stdout);

  int signal = 0;
  sigwait(&signals, &signal);
  const double cpu = cpu_seconds();
  server.stop();
  const auto count = static_cast<double>(requests.load());
  std::printf("%.0f requests, %.2f s CPU, %.2f us a request\n", count, cpu, count > 0 ? cpu * 1e6 / count : 0.0);
  return 0;
}
